import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { folderWith } from '../support/command.ts';
import { largeMetabase } from '../support/large.ts';
import { openBrowser, openPage } from './browser.ts';

const PAGE = fileURLToPath(new URL('../../dist/web/iis-metabase-patch.html', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));
const fixture = (name: string, file = 'input.xml'): string => join(FIXTURES, name, file);

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function choose(page: Page, paths: readonly string[]): Promise<void> {
  await page.setInputFiles('#files', [...paths]);
  await page.getByText(/^Done:/).waitFor({ timeout: 60_000 });
}

/** Clicks on the link. @returns The bytes that are saved. */
async function save(page: Page, name: RegExp): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  return readFileSync(await download.path());
}

describe('the offline page in Chromium', () => {
  test.each([
    'windows-server-2003',
    'utf-8-bom',
    'custom-by-id',
    'references-in-value',
    'no-final-newline-changed',
    'several-values',
    'largest-value',
  ])('%s: what is saved is the expected file, byte for byte', async (name) => {
    const { page, complaints } = await openPage(browser, PAGE);
    await choose(page, [fixture(name)]);
    expect((await save(page, /input\.patched\.xml$/)).equals(readFileSync(fixture(name, 'expected.xml')))).toBe(true);
    const diff = await save(page, /input\.xml\.diff$/);
    expect(diff.toString()).toBe(readFileSync(fixture(name, 'expected.diff'), 'utf8'));
    expect(complaints).toEqual([]);
  });

  test('insertions, servers and other verbs', async () => {
    const { page } = await openPage(browser, PAGE);
    await page.getByLabel('Servers').fill('1');
    await choose(page, [fixture('insert-self-closing')]);
    expect((await save(page, /patched/)).equals(readFileSync(fixture('insert-self-closing', 'expected.xml')))).toBe(
      true,
    );
    await page.getByLabel('Servers').fill('');
    await page.getByRole('row', { name: '8bitmime' }).getByLabel('keep').check();
    await page.getByRole('row', { name: 'CHUNKING' }).getByLabel('off').check();
    await choose(page, [fixture('disable-chunking')]);
    expect(await page.getByText('BINARYMIME_WITHOUT_CHUNKING').count()).toBe(1);
    expect((await save(page, /patched/)).equals(readFileSync(fixture('disable-chunking', 'expected.xml')))).toBe(true);
  });

  test('a missing value is inserted where that is chosen', async () => {
    const { page } = await openPage(browser, PAGE);
    await choose(page, [fixture('set-missing')]);
    expect(await page.locator('.verdict').innerText()).toBe('Refused');
    await page.getByLabel('Insert the default').check();
    await page.getByText('1 value to change').waitFor();
    expect((await save(page, /patched/)).equals(readFileSync(fixture('set-missing', 'expected.xml')))).toBe(true);
  });

  test('several files, one bad among them: the place, the line and a caret', async () => {
    const { page, complaints } = await openPage(browser, PAGE);
    const cwd = folderWith({
      'good.xml': readFileSync(fixture('attribute-form')),
      'off.xml': readFileSync(fixture('already-off')),
      '<img src=x>.xml': readFileSync(fixture('malformed-mismatched-tag')),
    });
    await choose(
      page,
      ['good.xml', 'off.xml', '<img src=x>.xml'].map((name) => join(cwd, name)),
    );
    expect(await page.locator('.verdict').allInnerTexts()).toEqual([
      '1 value to change',
      'Nothing to change',
      'Refused',
    ]);
    expect(await page.locator('.message.bad').innerText()).toMatch(/^Error: line 3, column 9: .* XML_MISMATCHED_TAG$/);
    expect(await page.locator('pre').innerText()).toBe('<a><b></a></b>\n        ^');
    expect(await page.getByRole('link', { name: /^Save/ }).count()).toBe(2);
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('a wrong server is told at once', async () => {
    const { page } = await openPage(browser, PAGE);
    await page.getByLabel('Servers').fill('x');
    await page.getByLabel('Servers').press('Tab');
    expect(await page.getByRole('alert').innerText()).toContain('a server is a number');
  });

  test('dropped files are taken', async () => {
    const { page } = await openPage(browser, PAGE);
    const text = readFileSync(fixture('attribute-form'), 'utf8');
    const transfer = await page.evaluateHandle(
      `(() => { const t = new DataTransfer(); t.items.add(new File([${JSON.stringify(text)}], 'dropped.xml')); return t; })()`,
    );
    await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
    await page.getByText(/^Done:/).waitFor();
    expect(
      (await save(page, /dropped\.patched\.xml/)).equals(readFileSync(fixture('attribute-form', 'expected.xml'))),
    ).toBe(true);
  });

  test('100 MB do not freeze it: there is progress, and the page answers meanwhile', async () => {
    const cwd = folderWith({ 'large.xml': largeMetabase(100) });
    const { page } = await openPage(browser, PAGE);
    await page.setInputFiles('#files', [join(cwd, 'large.xml')]);
    const seen = new Set<number>();
    while ((await page.getByText(/^Done:/).count()) === 0) {
      const bar = page.locator('progress');
      if ((await bar.count()) > 0)
        seen.add(Number(await bar.getAttribute('value', { timeout: 1000 }).catch(() => '0')));
    }
    expect([...seen].filter((part) => part > 0 && part < 1).length).toBeGreaterThan(3);
    await page.getByText(/^Done:/).waitFor({ timeout: 60_000 });
    expect((await save(page, /large\.patched\.xml/)).equals(largeMetabase(100, 3503297))).toBe(true);
  });

  test('everything is reached by keyboard, and has a name', async () => {
    const { page } = await openPage(browser, PAGE);
    const names: string[] = [];
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate<string>(
          `document.activeElement.id || document.activeElement.name || document.activeElement.className`,
        ),
      );
    }
    expect(names.slice(0, 11)).toEqual([
      'skip',
      'files',
      '8bitmime',
      'BINARYMIME',
      'CHUNKING',
      'ENHANCEDSTATUSCODES',
      'TURN/ATRN',
      'ETRN',
      'DSN',
      'servers',
      'set-missing',
    ]);
  });
});
