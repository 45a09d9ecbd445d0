import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { patch } from '../../src/index.ts';
import { html } from '../../src/report/html.ts';
import { PAGE_STYLE } from '../../src/report/page-style.ts';
import { toRows } from '../../src/report/side-by-side.ts';
import { folderWith, run } from '../support/command.ts';
import { testWith } from '../support/platform.ts';

const server = (value: string, comment = 'one'): string =>
  `<configuration>\n<MBProperty>\n<IIsSmtpServer Location="/LM/SmtpSvc/1"\n ServerComment="${comment}"\n Secret="hunter2"\n SmtpInboundCommandSupportOptions="${value}"/>\n</MBProperty></configuration>\n`;

function report(args: readonly string[], files: Readonly<Record<string, string>>): string {
  const cwd = folderWith(files);
  run([...args, '-q', '--report', 'page.html', ...Object.keys(files)], { cwd });
  return readFileSync(join(cwd, 'page.html'), 'utf8');
}

const page = report(['-n'], {
  'a.xml': server('7697601'),
  'b.xml': server('3503297'),
  'bad.xml': '<a',
  'c.xml': server('x'),
});

describe('the page', () => {
  test('loads nothing and runs nothing: its policy lets in one style by its hash', () => {
    const hash = createHash('sha256').update(PAGE_STYLE).digest('base64');
    expect(page).toContain(`<style>${PAGE_STYLE}</style>`);
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page).not.toMatch(/<script|<img|<link|style=|\bon\w+=|https?:/);
  });

  test('has a verdict for each file, a summary with links, and unique ids', () => {
    for (const word of ['1 value to change', 'Nothing to change', 'Refused', 'VALUE_INVALID', 'XML_UNEXPECTED_END']) {
      expect(page).toContain(word);
    }
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  test('says what becomes of the bits that have no name', () => {
    expect(page).toContain('; unnamed bits 0x56001 are kept</p>');
    const changed = report(['-n', '--disable', '0x1'], { 'a.xml': server('7697601') });
    expect(changed).toContain('; unnamed bits 0x56001 become 0x56000</p>');
    expect(report(['-n'], { 'a.xml': server('4194304') })).not.toContain('unnamed');
  });

  test('has headings in order, table heads with a scope, a language and a title', () => {
    const levels = [...page.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    expect(levels[0]).toBe(1);
    levels.slice(1).forEach((level, i) => {
      expect(level - levels[i]).toBeLessThanOrEqual(1);
    });
    expect([...page.matchAll(/<th(?![a-z])(?! scope="(col|row)")/g)]).toEqual([]);
    expect(page).toMatch(/<html lang="en">[^]*<title>SMTP verbs: 4 metabases<\/title>/);
  });

  test('is well-formed, but for the elements that HTML leaves open', () => {
    const closed = page
      .replace('<!doctype html>', '')
      .replace(/<(meta|col)\b(?!g)([^>]*)>/g, '<$1$2/>')
      .replace(/<style>[^]*<\/style>/, '');
    const errors: string[] = [];
    const parser = new SaxesParser();
    parser.on('error', ({ message }) => errors.push(message));
    parser.write(closed).close();
    expect(errors).toEqual([]);
  });

  test('shows values of other properties in the lines around a change alone', () => {
    expect(page.match(/hunter2/g)).toHaveLength(2);
    expect(report(['-n', '-U', '0'], { 'a.xml': server('7697601') })).not.toContain('hunter2');
    expect(report(['-n'], { 'b.xml': server('3503297') })).not.toContain('hunter2');
  });

  test('shows what EHLO will and will not offer', () => {
    const text = page.replaceAll(/<[^>]+>/g, '');
    expect(text).toContain('250-8BITMIME no longer offered');
    expect(text).toContain('7697601 (0x7574C1)');
    expect(text).toContain('3503297 (0x3574C1)');
  });

  test('is written by show and check too, and made anew', () => {
    const cwd = folderWith({ 'a.xml': server('7697601') });
    for (const [command, status] of [
      ['show', 0],
      ['check', 1],
    ] as const) {
      expect(run([command, '-q', '--report', 'page.html', 'a.xml'], { cwd }).status).toBe(status);
      expect(readFileSync(join(cwd, 'page.html'), 'utf8')).toContain('1 value to change');
    }
  });

  testWith('any character in names')('takes hostile names and comments as text', () => {
    const hostile = report(['-n'], {
      '<img src=x onerror=alert(1)>.xml': server('7697601', '&lt;script>&#x202e;"').replace(';"', ';'),
    });
    expect(hostile).not.toMatch(/<img|<script/);
    expect(hostile).toContain('&lt;img src=x onerror=alert(1)&gt;.xml');
    expect(hostile).toContain('&lt;script&gt;&lt;U+202E&gt;');
  });
});

test('the template escapes texts and shows control characters', () => {
  expect(html`<p title="${'"\'<&>'}">${'a\u0007b'}${null}${1}${[html`<b>`, html`</b>`]}</p>`.html).toBe(
    '<p title="&quot;\'&lt;&amp;&gt;">a^Gb1<b></b></p>',
  );
});

test('the rows of a diff pair removed and added lines, and mark what differs', () => {
  const bytes = new TextEncoder().encode(server('7697601').replaceAll('\n', '\r\n'));
  const { diff } = patch(bytes);
  const lines = diff.split(/(?<=\n)/).slice(3);
  const rows = toRows({ oldStart: 3, oldCount: 6, newStart: 3, newCount: 6, lines });
  expect(rows).toHaveLength(5);
  expect(rows[3]).toEqual({
    isChange: true,
    old: { line: 6, before: ' SmtpInboundCommandSupportOptions="', changed: '7697601', after: '"/>' },
    new: { line: 6, before: ' SmtpInboundCommandSupportOptions="', changed: '3503297', after: '"/>' },
  });
  const added = toRows({ oldStart: 1, oldCount: 1, newStart: 1, newCount: 2, lines: [' a\n', '+b\n'] });
  expect(added[1]).toEqual({ isChange: true, old: null, new: { line: 2, before: '', changed: 'b', after: '' } });
});
