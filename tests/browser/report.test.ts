import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { folderWith, run } from '../support/command.ts';
import { metabase, server, service } from '../support/metabase.ts';
import { axeViolations, countTabStops, layoutFaults, NARROW, openBrowser, openPage, WIDE } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/${name}/input.xml`, import.meta.url));

function reportOf(files: Readonly<Record<string, Uint8Array | string>>, ...options: string[]): string {
  const cwd = folderWith(files);
  run(['-n', '-q', ...options, '--report', 'page.html', ...Object.keys(files)], { cwd });
  return join(cwd, 'page.html');
}

/** Where an element is on the page. */
type Place = Readonly<Record<'top' | 'bottom' | 'left' | 'right', number>>;

/** A virtual server's key with as many properties around the value as real ones have. */
const realKey = /<IIsSmtpServer\t[^]*?<\/IIsSmtpServer>\r\n/.exec(fixture('windows-server-2003').toString())?.[0] ?? '';

function manyServers(count: number): string {
  const keys = Array.from({ length: count }, (_, i) => realKey.replace('/LM/SmtpSvc/1"', `/LM/SmtpSvc/${i + 1}"`));
  return metabase(service(7697601), ...keys);
}

const one = reportOf({ 'MetaBase.xml': fixture('windows-server-2003') });
const several = reportOf(
  {
    'a.xml': fixture('several-virtual-servers'),
    '<script>alert(1)<b>.xml': fixture('insert-custom-lf'),
    'bad.xml': fixture('malformed-mismatched-tag'),
    'off.xml': fixture('already-off'),
    [`${'a-long-name-'.repeat(12)}.xml`]: metabase(server(1, 7697601)),
  },
  '--disable',
  'chunking,0x1',
);
const forty = reportOf({ 'MetaBase.xml': manyServers(40) });

const reports = { one, several, forty };
const REPORTS = Object.keys(reports) as (keyof typeof reports)[];

const STATES: Record<string, object> = {
  wide: WIDE,
  'of 360 pixels': NARROW,
  dark: { colorScheme: 'dark' },
  'in forced colours': { forcedColors: 'active' },
  'on paper': { media: 'print' },
};

async function openIn(path: string, state: keyof typeof STATES): Promise<Page> {
  const { page } = await openPage(browser, path, STATES[state]);
  if (state === 'on paper') await page.emulateMedia({ media: 'print' });
  return page;
}

async function openAllDetails(page: Page): Promise<void> {
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
}

const EACH = REPORTS.flatMap((report) => Object.keys(STATES).map((state) => [report, state] as const));

describe('the report in Chromium', () => {
  test.each(EACH)('%s, %s: axe finds nothing wrong, nothing is cut, no value breaks', async (report, state) => {
    const page = await openIn(reports[report], state);
    expect(await axeViolations(page)).toEqual([]);
    expect(await layoutFaults(page)).toEqual([]);
    await openAllDetails(page);
    expect(await axeViolations(page)).toEqual([]);
    expect(await layoutFaults(page)).toEqual([]);
    await page.close();
  });

  test.each(REPORTS)('%s is shown without a request, an error or a violation of its policy', async (report) => {
    const { page, complaints } = await openPage(browser, reports[report]);
    expect(await page.evaluate('getComputedStyle(document.body).fontFamily')).toContain('system-ui');
    expect(complaints).toEqual([]);
  });

  test('the verdict, the servers, the verbs and the change', async () => {
    const { page } = await openPage(browser, one);
    expect(await page.locator('.chip').innerText()).toBe('→ 2 values to change');
    expect(await page.locator('.servers').getByRole('row').nth(2).innerText()).toMatch(
      /^\/LM\/SmtpSvc\/1 Default SMTP Virtual Server\s+7697601 \(0x7574C1\)\s+3503297 \(0x3574C1\)\s+8bitmime off$/,
    );
    expect(await page.getByRole('article').count()).toBe(2);
    const row = page.getByRole('article').first().getByRole('row', { name: '8bitmime' });
    expect(await row.innerText()).toMatch(/8bitmime\s+on\s+off/);
    expect(await page.locator('.diff del').allInnerTexts()).toEqual(['7697601', '7697601']);
    expect(await page.locator('.diff ins').allInnerTexts()).toEqual(['3503297', '3503297']);
  });

  test('what is on or off, removed or added, has a sign, because paper and forced colours have no backgrounds', async () => {
    const { page } = await openPage(browser, one, { forcedColors: 'active' });
    const sign = (selector: string): Promise<string> =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}'), '::before').content`);
    expect([await sign('.on'), await sign('.off')]).toEqual(['"● "', '"○ "']);
    expect(await page.locator('.del .sign').first().innerText()).toBe('−');
    expect(await page.locator('.ins .sign').first().innerText()).toBe('+');
    const underline = 'getComputedStyle(document.querySelector("del")).textDecorationLine';
    expect(await page.evaluate(underline)).toBe('underline');
    await page.emulateMedia({ media: 'print', forcedColors: 'none' });
    expect(await page.evaluate(underline)).toBe('underline');
  });

  test('the diff has two columns where it is wide; where it is narrow or on paper, before is over after', async () => {
    const places = async (page: Page): Promise<[Place, Place]> =>
      page.evaluate(
        `['.line.del', '.line.ins'].map((line) => document.querySelector(line).getBoundingClientRect().toJSON())`,
      );
    const [del, ins] = await places(await openIn(one, 'wide'));
    expect(ins.top).toBe(del.top);
    expect(ins.left).toBeGreaterThanOrEqual(del.right);
    for (const state of ['of 360 pixels', 'on paper']) {
      const [before, after] = await places(await openIn(one, state));
      expect(after.left).toBe(before.left);
      expect(after.top).toBeGreaterThanOrEqual(before.bottom);
    }
  });

  test('few stops for Tab: the skip link, what is folded, and a link to each of several files', async () => {
    const stops = async (path: string): Promise<number> => countTabStops((await openPage(browser, path)).page);
    expect(await stops(one)).toBe(1);
    expect(await stops(forty)).toBe(3);
    const { page } = await openPage(browser, several);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    // The page scrolls there in its own time.
    await page.waitForURL(/#file-1$/);
  });

  test('forty servers make at most 8000 pixels, wide and narrow', async () => {
    for (const state of ['wide', 'of 360 pixels']) {
      const page = await openIn(forty, state);
      expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThan(8000);
    }
  });

  test('three thousand servers stay light: few elements each', async () => {
    const { page } = await openPage(browser, reportOf({ 'MetaBase.xml': manyServers(3000) }));
    expect(await page.locator('.servers tbody tr').count()).toBe(3001);
    expect(await page.evaluate('document.querySelectorAll("*").length / 3001')).toBeLessThan(85);
  });

  test('is printed whole: each file on a page of its own, all changes, but no details that are folded away', async () => {
    const print = async (path: string): Promise<{ page: Page; sheets: number }> => {
      const { page } = await openPage(browser, path);
      const pdf = await page.pdf({ format: 'A4' });
      await page.emulateMedia({ media: 'print' });
      return { page, sheets: pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0 };
    };
    const ofSeveral = await print(several);
    expect(ofSeveral.sheets).toBeGreaterThanOrEqual(5);
    const breaks = `[...document.querySelectorAll('.file')].map((file) => getComputedStyle(file).breakBefore)`;
    expect(await ofSeveral.page.evaluate(breaks)).toEqual(['auto', 'page', 'page', 'page', 'page']);
    const { page, sheets } = await print(forty);
    expect(sheets).toBeLessThanOrEqual(9);
    expect(await page.locator('.hunk').last().isVisible()).toBe(true);
    expect(await page.getByRole('article').last().isVisible()).toBe(false);
    expect(
      await page.evaluate('getComputedStyle(document.querySelector(".fold > summary"), "::after").content'),
    ).toContain('not printed');
  });

  test('is light on paper, even if the screen is dark', async () => {
    const page = await openIn(one, 'on paper');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  });

  test('has landmarks and headings that a screen reader can use', async () => {
    const { page } = await openPage(browser, several);
    for (const role of ['banner', 'main', 'contentinfo'] as const) expect(await page.getByRole(role).count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.getByRole('heading', { name: 'What changes in the file' }).count()).toBe(4);
  });
});
