import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, readText, type Run, run } from '../support/command.ts';
import { metabase, OFF, ON, server } from '../support/metabase.ts';
import { LEAD, wordsOf } from './result-and-page.ts';

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** The table of files: each row without spaces between its cells. */
const FILES = /<table class="files">[^]*?<\/table>/;

/** Runs the command with a report. */
function reported(
  args: readonly string[],
  files: Readonly<Record<string, string>>,
  more: object = {},
): { page: string; cwd: string; result: Run } {
  const cwd = folderWith(files);
  const result = run([...args, '-q', '--report', 'page.html'], { cwd, ...more });
  return { page: readText(cwd, 'page.html'), cwd, result };
}

const row = (name: string, content: string | Buffer): string => `${name}${content.length} bytes${sha256(content)}`;

describe('the report of a run', () => {
  test.each([
    ['patch', ['-n', 'a.xml'], 'a.patched.xml the patched file, not written yet'],
    ['show', ['show', 'a.xml'], 'the patched file, not written yet'],
    ['check', ['check', 'a.xml'], 'the patched file, not written yet'],
  ])('%s: the output that would be written, with its hash', (_, args, name) => {
    const { page } = reported(args, { 'a.xml': ON });
    expect(wordsOf(page, FILES)).toContain(row('a.xml the original', ON));
    expect(wordsOf(page, FILES)).toContain(row(name, OFF));
    expect(wordsOf(page, LEAD)).toMatch(/^Proposed: turn off 8bitmime on 1 virtual server in a.xml\./);
    expect(wordsOf(page)).toContain('at line 4, column 1');
  });

  test('of files that were written: the output really has this hash', () => {
    const { page, cwd } = reported(['a.xml'], { 'a.xml': ON });
    const output = readFileSync(join(cwd, 'a.patched.xml'));
    expect(wordsOf(page, FILES)).toContain(row('a.patched.xml the patched file', output));
    expect(wordsOf(page, LEAD)).toMatch(/^Patched: turned off 8bitmime/);
  });

  test('in place: the hashes of the file before and after, and the backup', () => {
    const { page, cwd } = reported(['-i', 'a.xml'], { 'a.xml': ON });
    expect(wordsOf(page, FILES)).toContain(row('a.xml the original', ON));
    const patched = readFileSync(join(cwd, 'a.xml'));
    expect(wordsOf(page, FILES)).toContain(row('a.xml the patched file; the original is kept as a.xml.bak', patched));
  });

  test('of standard input, by that name', () => {
    const { page } = reported(['-o', 'b.xml', '-'], {}, { input: ON });
    expect(wordsOf(page, FILES)).toContain(row('standard input the original', ON));
    expect(wordsOf(page, LEAD)).toMatch(/^Patched: turned off 8bitmime on 1 virtual server in standard input\./);
  });

  test('on standard output', () => {
    const { page, result } = reported(['-o', '-', 'a.xml'], { 'a.xml': ON });
    expect(wordsOf(page, FILES)).toContain(row('standard output the patched file', result.bytes));
    expect(wordsOf(page, LEAD)).toMatch(/^Patched: /);
  });

  test('an output that is the input, and one that is not written', () => {
    const { page } = reported(['-o', 'b.xml', 'a.xml'], { 'a.xml': OFF });
    expect(wordsOf(page, FILES)).toContain(row('b.xml an unchanged copy', OFF));
    const { page: other } = reported(['a.xml'], { 'a.xml': OFF });
    expect(wordsOf(other, FILES)).not.toContain('patched');
  });

  test('a file that is refused has a hash too, if it can be read', () => {
    const { page } = reported(['-n', 'bad.xml', 'none.xml'], { 'bad.xml': '<a' });
    expect(wordsOf(page, FILES)).toContain(row('bad.xml ✕ Refused', '<a'));
    expect(wordsOf(page, FILES)).toContain('none.xml ✕ Refusednot read');
  });

  test('a missing value is not as requested to check', () => {
    const { page, result } = reported(['check', 'a.xml'], { 'a.xml': metabase(server(1)) });
    expect(result.status).toBe(1);
    expect(wordsOf(page)).toContain('✕ Not as requested');
  });

  test('says the version, and the time of the run or of SOURCE_DATE_EPOCH', () => {
    const before = Date.now();
    const { page } = reported(['-n', 'a.xml'], { 'a.xml': ON });
    const time = /<time class="value" datetime="([^"]+)">/.exec(page)?.[1] ?? '';
    expect(Math.abs(Date.parse(time) - before)).toBeLessThan(600_000);
    const fixed = { env: { SOURCE_DATE_EPOCH: '1700000000' } };
    const pages = [1, 2].map(() => reported(['-n', 'a.xml'], { 'a.xml': ON }, fixed).page);
    expect(pages[0]).toContain('2023-11-14 at 22:13:20 UTC');
    expect(pages[0]).toBe(pages[1]);
    expect(wordsOf(page)).toContain(`Made by iis-metabase-patch ${run(['--version']).out.trim()} on`);
  });

  test('-U decides how many lines around a change it shows', () => {
    const { page } = reported(['-n', '-U', '0', 'a.xml'], { 'a.xml': ON });
    expect(page).not.toContain('ServerComment');
  });
});
