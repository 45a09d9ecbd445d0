import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { folderWith, run } from '../support/command.ts';
import { openBrowser, openPage } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/${name}/input.xml`, import.meta.url));

function reportOf(files: Readonly<Record<string, Uint8Array>>): string {
  const cwd = folderWith(files);
  run(['-n', '-q', '--report', 'page.html', ...Object.keys(files)], { cwd });
  return join(cwd, 'page.html');
}

const one = reportOf({ 'MetaBase.xml': fixture('windows-server-2003') });
const many = reportOf({
  'a.xml': fixture('several-virtual-servers'),
  '<script>alert(1)<b>.xml': fixture('insert-custom-lf'),
  'bad.xml': fixture('malformed-mismatched-tag'),
});

describe('the report in Chromium', () => {
  test.each([one, many])('%# is drawn without a request, an error or a violation of its policy', async (path) => {
    const { page, complaints } = await openPage(browser, path);
    const [width, scroll] = await page.evaluate<[number, number]>(
      '[document.documentElement.clientWidth, document.documentElement.scrollWidth]',
    );
    expect(scroll).toBeLessThanOrEqual(width);
    expect(await page.evaluate('getComputedStyle(document.body).fontFamily')).toContain('system-ui');
    expect(complaints).toEqual([]);
  });

  test('shows the verdict, the verbs and the change', async () => {
    const { page } = await openPage(browser, one);
    expect(await page.locator('.verdict').innerText()).toBe('2 values to change');
    expect(await page.locator('article').count()).toBe(2);
    expect(
      await page
        .locator('article')
        .first()
        .getByRole('row', { name: /8bitmime/ })
        .innerText(),
    ).toMatch(/on\s+off\s+250-8BITMIME no longer offered/);
    expect(await page.locator('.diff del').allInnerTexts()).toEqual(['7697601', '7697601']);
    expect(await page.locator('.diff ins').allInnerTexts()).toEqual(['3503297', '3503297']);
  });

  test('is dark where the system is, and readable: the contrast of every text is 4.5 at least', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await openPage(browser, many, { colorScheme });
      const worst = await page.evaluate(WORST_CONTRAST);
      expect([colorScheme, worst]).toEqual([colorScheme, []]);
    }
  });

  test('a narrow window does not scroll sideways', async () => {
    const { page } = await openPage(browser, many, { viewport: { width: 380, height: 700 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(380);
  });

  test('is reached by keyboard: skip link, file links, and the diff that scrolls', async () => {
    const { page } = await openPage(browser, many);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('a.xml');
    await page.keyboard.press('Enter');
    // The page goes there in its own time.
    await page.waitForURL(/#file-1$/);
    expect(page.url()).toMatch(/#file-1$/);
  });

  test('prints', async () => {
    const { page } = await openPage(browser, one);
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('has a table of contents that a screen reader can use', async () => {
    const { page } = await openPage(browser, many);
    for (const role of ['banner', 'main', 'contentinfo'] as const) expect(await page.getByRole(role).count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.getByRole('region', { name: 'What changes in the file' }).count()).toBe(2);
  });
});

/** Runs in the page: the texts whose contrast with what is behind them is below 4.5 (WCAG 2, AA). */
const WORST_CONTRAST = `(() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = parse(getComputedStyle(each).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const element of document.body.querySelectorAll('*')) {
    const text = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim() !== '').map((node) => node.data.trim()).join(' ');
    if (text === '') continue;
    const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) low.push(text.slice(0, 30) + ' ' + ratio.toFixed(2));
  }
  return low;
})()`;
