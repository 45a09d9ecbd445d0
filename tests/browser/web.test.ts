import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { folderWith, run } from '../support/command.ts';
import { largeMetabase, metabase, OFF, ON, server, service } from '../support/metabase.ts';
import { axeViolations, countTabStops, layoutFaults, NARROW, openBrowser, openPage, WIDE } from './browser.ts';

const PAGE = fileURLToPath(new URL('../../dist/web/iis-metabase-patch.html', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));
const fixture = (name: string, file = 'input.xml'): string => join(FIXTURES, name, file);

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function done(page: Page): Promise<void> {
  await page.getByText(/^Done:/).waitFor({ timeout: 60_000 });
}

/** Opens the page and chooses files, which are there already or are made. */
async function openWith(files: readonly string[] | Readonly<Record<string, string>>, options = {}): Promise<Page> {
  const { page } = await openPage(browser, PAGE, options);
  const paths = Array.isArray(files) ? (files as string[]) : pathsOf(files as Record<string, string>);
  await page.setInputFiles('#files', paths);
  await done(page);
  return page;
}

function pathsOf(files: Readonly<Record<string, string>>): string[] {
  const cwd = folderWith(files);
  return Object.keys(files).map((name) => join(cwd, name));
}

/** Clicks on a link. @returns The bytes that are saved, and under which name. */
async function save(page: Page, name: string | RegExp): Promise<{ bytes: Buffer; name: string }> {
  const link = page.getByRole('link', { name });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { bytes: readFileSync(await download.path()), name: download.suggestedFilename() };
}

const verb = (page: Page, name: string, state: 'keep' | 'off' | 'on'): Locator =>
  page.getByRole('radiogroup', { name }).getByLabel(state);

describe('the browser page in Chromium', () => {
  test.each([
    'windows-server-2003',
    'utf-8-bom',
    'custom-by-id',
    'references-in-value',
    'no-final-newline-changed',
    'several-values',
    'largest-value',
  ])('%s: what is saved is the expected file, byte for byte, and the diff', async (name) => {
    const { page, complaints } = await openPage(browser, PAGE);
    await page.setInputFiles('#files', fixture(name));
    await done(page);
    expect((await save(page, /patched/)).bytes.equals(readFileSync(fixture(name, 'expected.xml')))).toBe(true);
    expect((await save(page, /diff/)).bytes.toString()).toBe(readFileSync(fixture(name, 'expected.diff'), 'utf8'));
    expect(complaints).toEqual([]);
  });

  test('other verbs', async () => {
    const page = await openWith([fixture('disable-chunking')]);
    await verb(page, '8bitmime', 'keep').check();
    await verb(page, 'CHUNKING', 'off').check();
    await page.getByText('BINARYMIME_WITHOUT_CHUNKING').waitFor();
    const { bytes } = await save(page, /patched/);
    expect(bytes.equals(readFileSync(fixture('disable-chunking', 'expected.xml')))).toBe(true);
  });

  test('a missing value is inserted if that is chosen', async () => {
    const page = await openWith([fixture('set-missing')]);
    expect(await page.locator('.chip').innerText()).toBe('✕ Refused');
    await page.getByLabel('insert one: the default').check();
    await page.getByText('1 value to change').waitFor();
    expect((await save(page, /patched/)).bytes.equals(readFileSync(fixture('set-missing', 'expected.xml')))).toBe(true);
  });

  test('the report that is saved is the one of the command, with the hashes of the files', async () => {
    const [path] = pathsOf({ 'a.xml': ON });
    const page = await openWith([path]);
    const report = await save(page, /report/);
    expect(report.name).toBe('change-report.html');
    const text = report.bytes.toString();
    for (const content of [ON, OFF]) expect(text).toContain(createHash('sha256').update(content).digest('hex'));
    run(['-n', '-q', '--report', 'page.html', 'a.xml'], { cwd: dirname(path) });
    const withoutTime = (html: string): string => html.replace(/<time.*<\/time>/, '');
    expect(withoutTime(text)).toBe(withoutTime(readFileSync(join(dirname(path), 'page.html'), 'utf8')));
  });

  test('the report that is saved violates no policy', async () => {
    const { bytes } = await save(await openWith({ 'a.xml': ON }), /report/);
    const [path] = pathsOf({ 'report.html': bytes.toString() });
    const { page, complaints } = await openPage(browser, path);
    expect(await page.evaluate('getComputedStyle(document.body).fontFamily')).toContain('system-ui');
    expect(complaints).toEqual([]);
  });

  test('several files, one bad among them: the place, and the line with the place marked', async () => {
    const { page, complaints } = await openPage(browser, PAGE);
    const paths = pathsOf({
      'good.xml': readFileSync(fixture('attribute-form'), 'utf8'),
      'off.xml': readFileSync(fixture('already-off'), 'utf8'),
      '<img src=x>.xml': readFileSync(fixture('malformed-mismatched-tag'), 'utf8'),
    });
    await page.setInputFiles('#files', paths);
    await done(page);
    expect(await page.locator('.chip').allInnerTexts()).toEqual([
      '→ 1 value to change',
      '✓ Nothing to change',
      '✕ Refused',
    ]);
    expect(await page.locator('.message').innerText()).toMatch(/^✕ Error: line 3, column 9: .* XML_MISMATCHED_TAG$/);
    expect(await page.locator('.message + pre').innerText()).toBe('<a><b></a></b>');
    expect(await page.locator('.message + pre mark').innerText()).toBe('a');
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('a file that was changed after it was chosen cannot be read', async () => {
    const [path] = pathsOf({ 'a.xml': ON });
    const page = await openWith([path]);
    writeFileSync(path, `${ON} `);
    await verb(page, 'DSN', 'off').check();
    await page.getByText('✕ Refused').waitFor();
    expect(await page.locator('.message').innerText()).toMatch(/^✕ Error: a\.xml cannot be read: .* FILE_UNREADABLE$/);
    await page.setInputFiles('#patched', pathsOf({ 'b.xml': OFF }));
    await page.getByText('✕ Not compared: a.xml cannot be read').waitFor();
  });

  test('a fault of the page itself is said to be one, with a line to report', async () => {
    const page = await browser.newPage();
    const fault = `Array.prototype.flatMap = () => { throw new TypeError('broken\\n by a test'); };`;
    // The worker is made of a blob.
    await page.addInitScript(`window.Blob = class extends Blob {
      constructor(parts, options) { super([${JSON.stringify(fault)}, ...parts], options); }
    }`);
    await page.goto(`file://${PAGE}`);
    await page.setInputFiles('#files', pathsOf({ 'a.xml': ON }));
    await done(page);
    const report =
      /a fault of iis-metabase-patch itself; please report this line: TypeError: broken by a test INTERNAL_ERROR$/;
    expect(await page.locator('.message').innerText()).toMatch(report);
    await page.setInputFiles('#patched', pathsOf({ 'b.xml': OFF }));
    await page.locator('#verdict strong').waitFor();
    expect(await page.locator('#verdict').innerText()).toMatch(report);
  });

  test('the commands for a live server, and the next steps with the name of the file and the keyword to look for', async () => {
    const page = await openWith({ 'My Base.xml': ON });
    await page.getByText('commands that do the same on a live server').click();
    await page.getByText('SET "SmtpSvc/1/SmtpInboundCommandSupportOptions" 3503297').waitFor();
    expect(await page.getByText("-Filter 'Name=''SmtpSvc/1'''").isVisible()).toBe(true);
    const next = page.getByRole('region', { name: 'What next' });
    expect(await next.innerText()).toContain(
      'copy /y "C:\\work\\My Base.patched.xml" %windir%\\system32\\inetsrv\\MetaBase.xml',
    );
    expect(await next.innerText()).toContain('fc /b "C:\\work\\My Base.xml" C:\\work\\before.xml');
    expect(await next.innerText()).toContain('The answer must not have 250-8BITMIME any more, in capitals or not.');
    expect(await next.innerText()).not.toContain('other files');
    await verb(page, '8bitmime', 'on').check();
    await page.getByText('✓ Nothing to change').waitFor();
    expect(await next.count()).toBe(0);
  });

  test('a file that is chosen again is read again: a click on its field empties it first', async () => {
    const page = await openWith({ 'a.xml': ON });
    for (const field of ['#files', '#patched']) {
      await page.setInputFiles(field, pathsOf({ 'b.xml': OFF }));
      await Promise.all([page.waitForEvent('filechooser'), page.locator(field).click()]);
      expect(await page.locator(field).inputValue()).toBe('');
    }
  });

  test('dropped files are accepted', async () => {
    const { page } = await openPage(browser, PAGE);
    const transfer = await page.evaluateHandle(
      `(() => { const t = new DataTransfer(); t.items.add(new File([${JSON.stringify(ON)}], 'dropped.xml')); return t; })()`,
    );
    await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
    await done(page);
    expect((await save(page, 'Save dropped.patched.xml')).bytes.toString()).toBe(OFF);
  });

  test('files of the same name are distinguished, and so is what is saved for them', async () => {
    const cwd = folderWith();
    const contents = [ON, metabase(server(1, 7697601), server(2, 1))];
    const paths = contents.map((content, i) => {
      const path = join(cwd, `${i}`, 'MetaBase.xml');
      mkdirSync(dirname(path));
      writeFileSync(path, content);
      return path;
    });
    const page = await openWith(paths);
    expect(await page.getByRole('heading', { level: 2, name: /^MetaBase/ }).allInnerTexts()).toEqual([
      'MetaBase.xml (1) → 1 value to change',
      'MetaBase.xml (2) → 1 value to change',
    ]);
    expect(await page.getByText(`${contents[1].length} bytes, last changed`).count()).toBe(1);
    const first = await save(page, 'Save MetaBase (1).patched.xml');
    expect([first.name, first.bytes.toString()]).toEqual(['MetaBase (1).patched.xml', OFF]);
    const { bytes } = await save(page, 'Save MetaBase (2).xml.diff');
    expect(bytes.toString()).toMatch(/^--- a\/MetaBase.xml\n\+\+\+ b\/MetaBase.xml\n/);
    const report = await save(page, /report/);
    expect(report.bytes.toString()).toContain('MetaBase.xml (2)');
    const next = page.getByRole('region', { name: 'What next' });
    expect(await next.innerText()).toContain('These are the steps for MetaBase.xml (1).');
    await page.setInputFiles('#patched', pathsOf({ 'b.xml': OFF }));
    expect(await page.locator('#verdict').innerText()).toBe('Choose the original too.');
  });

  test('100 MB do not freeze it: there is progress, and the page responds in the meantime', async () => {
    const cwd = folderWith({ 'large.xml': largeMetabase(100) });
    const { page } = await openPage(browser, PAGE);
    await page.setInputFiles('#files', join(cwd, 'large.xml'));
    const seen = new Set<number>();
    while ((await page.getByText(/^Done:/).count()) === 0) {
      const bar = page.locator('progress');
      if ((await bar.count()) > 0)
        seen.add(Number(await bar.getAttribute('value', { timeout: 1000 }).catch(() => '0')));
    }
    expect([...seen].filter((part) => part > 0 && part < 1).length).toBeGreaterThan(3);
    await done(page);
    expect((await save(page, /patched/)).bytes.equals(largeMetabase(100, 3503297))).toBe(true);
  });
});

describe('the servers that were found', () => {
  const THREE = metabase(service(), server(1, 7697601), server(2, 7697601), server(3, 7697601));

  test('are ticked as a request without servers has them, and can be chosen', async () => {
    const page = await openWith({ 'a.xml': THREE });
    expect(await page.locator('#servers').getByRole('checkbox').count()).toBe(4);
    expect(await page.getByLabel('/LM/SmtpSvc/2 Server 2').isChecked()).toBe(true);
    await page.getByLabel('/LM/SmtpSvc/2 Server 2').uncheck();
    await page.getByLabel('/LM/SmtpSvc', { exact: true }).uncheck();
    await page.getByText('2 values to change').waitFor();
    expect(await page.locator('.servers tbody tr').nth(2).innerText()).toContain('none: not selected');
    const expected = THREE.replace('7697601', '3503297').replace(/7697601(?![^]*7697601)/, '3503297');
    expect((await save(page, /patched/)).bytes.toString()).toBe(expected);
    expect(await page.getByLabel('/LM/SmtpSvc/2 Server 2').isChecked()).toBe(false);
  });

  test('of several files have all their names, each once; if none is left, the field says so', async () => {
    const named = (comment: string): string => ON.replace(/ServerComment="[^"]*"/, `ServerComment="${comment}"`);
    const paths = pathsOf({ 'a.xml': named('A'), 'b.xml': named('B'), 'c.xml': named('B'), 'd.xml': named('A') });
    const page = await openWith(paths);
    expect(await page.locator('#servers label').allInnerTexts()).toEqual(['/LM/SmtpSvc/1 A, B']);
    for (const path of paths) writeFileSync(path, '');
    await verb(page, 'DSN', 'off').check();
    await page.getByText('will be listed here').waitFor();
  });

  test('no server ticked, or no verb: the field says so and is invalid, until one is chosen', async () => {
    const page = await openWith({ 'a.xml': THREE });
    await page.getByRole('button', { name: 'Tick none' }).click();
    await page.getByText('choose at least one server').waitFor();
    const box = page.getByLabel('/LM/SmtpSvc/1 Server 1');
    expect(await box.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('.chip').count()).toBe(0);
    await page.getByRole('button', { name: 'Tick all' }).click();
    await done(page);
    expect(await box.getAttribute('aria-invalid')).toBeNull();
    await verb(page, '8bitmime', 'keep').check();
    const group = page.getByRole('radiogroup', { name: '8bitmime' });
    expect(await group.getAttribute('aria-invalid')).toBe('true');
    const described = (await group.getAttribute('aria-describedby')) ?? '';
    expect(await page.locator(`#${described}`).innerText()).toContain('choose off or on for at least one');
    expect(await page.locator('.chip').count()).toBe(0);
    await verb(page, 'DSN', 'off').check();
    await done(page);
    expect(await group.getAttribute('aria-invalid')).toBeNull();
    expect(await page.locator('#verbs-problem').innerText()).toBe('');
  });

  test('one that another file does not have: that file is refused, and the field says so', async () => {
    const page = await openWith({ 'a.xml': metabase(server(1, 7697601), server(2, 7697601)), 'b.xml': ON });
    await page.getByLabel('/LM/SmtpSvc/1').uncheck();
    await page.getByText('UNKNOWN_SERVER').waitFor();
    expect(await page.locator('#servers-problem').innerText()).toContain('b.xml: there is no /LM/SmtpSvc/2 here');
    expect(await page.getByLabel('/LM/SmtpSvc/2').getAttribute('aria-invalid')).toBe('true');
    await page.setInputFiles('#original', pathsOf({ 'a.xml': ON }));
    expect(await page.locator('#servers-problem').innerText()).not.toBe('');
    expect(await page.locator('.chip').allInnerTexts()).toEqual(['→ 1 value to change', '✕ Refused']);
  });

  test('are listed again for other files', async () => {
    const page = await openWith({ 'a.xml': THREE });
    await page.getByLabel('/LM/SmtpSvc/2 Server 2').uncheck();
    await page.setInputFiles('#files', pathsOf({ 'b.xml': ON }));
    await page.getByRole('heading', { name: 'b.xml' }).waitFor();
    expect(await page.locator('#servers').getByRole('checkbox').count()).toBe(1);
    expect(await page.locator('.chip').innerText()).toBe('→ 1 value to change');
  });

  test('more than a few are folded away, so that Tab passes them in one step', async () => {
    const many = metabase(...Array.from({ length: 20 }, (_, i) => server(i + 1, 3503297)));
    const page = await openWith({ 'a.xml': many });
    expect(await page.getByLabel('/LM/SmtpSvc/7').isVisible()).toBe(false);
    await page.getByText('Choose among the 20 servers').click();
    expect(await page.getByLabel('/LM/SmtpSvc/7').isVisible()).toBe(true);
  });
});

describe('the comparison', () => {
  const compare = async (page: Page, patched: string, original?: string): Promise<string> => {
    if (original !== undefined) await page.setInputFiles('#original', pathsOf({ 'original.xml': original }));
    await page.setInputFiles('#patched', pathsOf({ 'patched.xml': patched }));
    const verdict = page.locator('#verdict');
    await verdict.locator('strong').waitFor();
    return verdict.innerText();
  };

  test('says that a patched file is what the page makes of the original', async () => {
    const { page } = await openPage(browser, PAGE);
    expect(await compare(page, OFF, ON)).toBe(
      '✓ The same: patched.xml is, byte for byte, what this page makes of original.xml.',
    );
  });

  test('says where it is not, and compares again when the request changes', async () => {
    const { page } = await openPage(browser, PAGE);
    expect(await compare(page, OFF.replace('Server 1', 'Server x'), ON)).toMatch(
      /^✕ Different: patched.xml, line 5, column 25, in \/LM\/SmtpSvc\/1: /,
    );
    await page.setInputFiles('#patched', pathsOf({ 'patched.xml': ON }));
    await page.getByText('✕ Different').waitFor();
    await verb(page, '8bitmime', 'on').check();
    await page.getByText('✓ The same').waitFor();
  });

  test('uses the file chosen above as the original, and says why it cannot be patched', async () => {
    const page = await openWith({ 'a.xml': ON });
    expect(await compare(page, OFF)).toContain('what this page makes of a.xml.');
    expect(await compare(await openWith({ 'a.xml': '<a' }), OFF)).toMatch(
      /^✕ Not compared: a.xml: line 1, column 3: .* XML_UNEXPECTED_END$/,
    );
  });
});

describe('whatever the browser', () => {
  const STATES: Record<string, object> = {
    wide: WIDE,
    'of 360 pixels': NARROW,
    dark: { colorScheme: 'dark' },
    'in forced colours': { forcedColors: 'active' },
  };

  test.each(Object.keys(STATES))('%s: axe finds nothing wrong, nothing is cut, no value breaks', async (state) => {
    const { page } = await openPage(browser, PAGE, STATES[state]);
    const look = async (): Promise<void> => {
      expect(await axeViolations(page)).toEqual([]);
      expect(await layoutFaults(page)).toEqual([]);
    };
    await look();
    const many = metabase(...Array.from({ length: 12 }, (_, i) => server(i + 1, 7697601)));
    await page.setInputFiles('#files', pathsOf({ 'a.xml': many, 'b.xml': '<a', [`${'long-'.repeat(40)}.xml`]: ON }));
    await done(page);
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    await look();
    await page.getByRole('button', { name: 'Tick none' }).click();
    await verb(page, '8bitmime', 'keep').check();
    await look();
  });

  test('everything is reached by keyboard: one stop for a verb', async () => {
    const { page } = await openPage(browser, PAGE);
    // The skip link, the files, seven verbs, the missing value, and the two files to be compared.
    expect(await countTabStops(page)).toBe(12);
  });

  test('without JavaScript it says what to do instead', async () => {
    const { page } = await openPage(browser, PAGE, { javaScriptEnabled: false });
    const notice = page.locator('#unsupported');
    expect(await notice.isVisible()).toBe(true);
    for (const words of ['Chrome 96', 'Firefox 94', 'Safari 15.1', 'iis-metabase-patch.exe', 'adsutil.vbs SET']) {
      expect(await notice.innerText()).toContain(words);
    }
    expect(await page.locator('form').first().isVisible()).toBe(false);
    expect(await layoutFaults(page)).toEqual([]);
  });

  test.each([
    ['lacks workers', 'delete window.Worker'],
    [
      'cannot run the worker',
      'window.Worker = class extends Worker { constructor() { super("data:text/javascript,(") } }',
    ],
    ['cannot run the script', 'delete URL.createObjectURL'],
  ])('in a browser that %s, it says what to do instead', async (_, fault) => {
    const page = await browser.newPage();
    await page.addInitScript(fault);
    await page.goto(`file://${PAGE}`);
    await page.locator('#unsupported').waitFor();
    expect(await page.locator('form').first().isVisible()).toBe(false);
  });

  test('what Safari of 2021 lacks is filled in', async () => {
    const page = await browser.newPage();
    await page.addInitScript('delete Array.prototype.at; delete Object.hasOwn');
    await page.goto(`file://${PAGE}`);
    await page.setInputFiles('#files', fixture('attribute-form'));
    await done(page);
    expect(await page.locator('.chip').innerText()).toBe('→ 1 value to change');
  });
});
