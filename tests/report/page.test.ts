import { SaxesParser } from 'saxes';
import type { RequestOptions } from '../../src/patch/request.ts';
import { fileText, html } from '../../src/report/html.ts';
import style from '../../src/report/report.css';
import type { FileResult } from '../../src/report/result.ts';
import { metabase, PROPERTY, server, service } from '../support/metabase.ts';
import { pageOf, resultOf, STYLE_HASH, wordsOf } from './result-and-page.ts';

const one = (value: string, comment = 'one'): string =>
  `<configuration>\n<MBProperty>\n<IIsSmtpServer Location="/LM/SmtpSvc/1"\n ServerComment="${comment}"\n Secret="hunter2"\n ${PROPERTY}="${value}"/>\n</MBProperty></configuration>\n`;

const files = [
  resultOf('a.xml', one('7697601')),
  resultOf('b.xml', one('3503297')),
  resultOf('bad.xml', '<a'),
  resultOf('c.xml', one('x')),
];
const page = pageOf(files);

/** @returns The page about one file. */
function pageOn(text: string, options: RequestOptions = {}, context = 3): string {
  return pageOf([resultOf('a.xml', text, options, context)], options);
}

describe('the page', () => {
  test('loads nothing and runs nothing: its policy allows one style, by its hash', () => {
    expect(page).toContain(`<style>${style}</style>`);
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page).not.toMatch(/<script|<img|<link|style=|\bon\w+=|https?:/);
  });

  test('says which version made it, and when, in UTC', () => {
    expect(page).toContain('<time class="value" datetime="2026-03-04T05:06:07Z">2026-03-04 at 05:06:07 UTC</time>');
    expect(wordsOf(page)).toContain('Made by iis-metabase-patch 1.2.3 on 2026-03-04 at 05:06:07 UTC.');
  });

  test('repeats the request', () => {
    expect(wordsOf(page)).toContain('Requested: turn off 8bitmime on the SMTP service and every virtual server.');
    const options = { enable: ['dsn'], servers: ['1', '/LM/SmtpSvc'], setMissing: 5 };
    expect(wordsOf(pageOn(one('7697601'), options))).toContain(
      'Requested: turn on DSN on /LM/SmtpSvc/1 and /LM/SmtpSvc. Where a server has no value, the new one is made from 5.',
    );
  });

  test('has name, size and SHA-256 of each input, and of the output that it would have', () => {
    const { digests } = files[0];
    const table = wordsOf(page, /<table class="files">[^]*?<\/table>/);
    const [size, input, output] = [
      digests?.input.size ?? 0,
      digests?.input.sha256 ?? '',
      digests?.output?.sha256 ?? '',
    ];
    expect(table).toContain(`a.xml → 1 value to change${size} bytes${input}`);
    expect(table).toContain(`a.patched.xml the patched file, not written yet${size} bytes${output}`);
    expect(table).toContain('bad.xml ✕ Refusednot read');
    expect(table).not.toContain('b.patched.xml');
  });

  test('has a verdict for each file, links to each, and unique ids', () => {
    for (const word of [
      '→ 1 value to change',
      '✓ Nothing to change',
      '✕ Refused',
      'VALUE_INVALID',
      'XML_UNEXPECTED_END',
    ]) {
      expect(wordsOf(page)).toContain(word);
    }
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  test('marks the place of an error in its line', () => {
    expect(pageOn('<a>\n<b></a>')).toContain('<pre>&lt;b&gt;&lt;/<mark>a</mark>&gt;</pre>');
    expect(pageOn('<a')).toContain('<pre>&lt;a<mark> </mark></pre>');
  });

  test('has headings in order, table heads with a scope, a language and a title', () => {
    const levels = [...page.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    expect(levels[0]).toBe(1);
    levels.slice(1).forEach((level, i) => {
      expect(level - levels[i]).toBeLessThanOrEqual(1);
    });
    expect([...page.matchAll(/<th(?![a-z])(?! scope="(col|row)")/g)]).toEqual([]);
    expect(page).toMatch(/<html lang="en">[^]*<title>Turn off 8bitmime in 4 metabases<\/title>/);
    expect(pageOn(one('1'))).toContain('<h1>Turn off 8bitmime in a.xml</h1>');
  });

  test('is well-formed, except for the elements that HTML leaves open', () => {
    const closed = page
      .replace('<!doctype html>', '')
      .replace(/<(meta|wbr)\b([^>]*)>/g, '<$1$2/>')
      .replace(/<style>[^]*<\/style>/, '');
    const errors: string[] = [];
    const parser = new SaxesParser();
    parser.on('error', ({ message }) => errors.push(message));
    parser.write(closed).close();
    expect(errors).toEqual([]);
  });

  test('shows values of other properties only in the lines around a change', () => {
    expect(page.match(/hunter2/g)).toHaveLength(1);
    expect(pageOn(one('7697601'), {}, 0)).not.toContain('hunter2');
    expect(pageOn(one('3503297'))).not.toContain('hunter2');
  });

  test('treats hostile names and comments as text', () => {
    const hostile = pageOf([resultOf('<img src=x onerror=alert(1)>.xml', one('7697601', '&lt;script>&#x202e;'))]);
    expect(hostile).not.toMatch(/<img|<script/);
    expect(hostile).toContain('&lt;img src=x onerror=alert(1)&gt;.xml');
    expect(hostile).toContain('&lt;script&gt;&lt;U+202E&gt;');
  });
});

describe('the servers', () => {
  const rows = (text: string, options: RequestOptions = {}): string[] => {
    const table = /<table class="servers">[^]*?<\/table>/.exec(pageOn(text, options))?.[0] ?? '';
    return [...table.matchAll(/<tr><th scope="row">[^]*?<\/tr>/g)].map(([row]) =>
      wordsOf(row.replaceAll('<td', ' <td'), /[^]*/),
    );
  };

  test('each has its value before and after, and the verbs that change', () => {
    expect(rows(metabase(service(7697601), server(1), server(2, 3503297)))).toEqual([
      '/LM/SmtpSvc 7697601 (0x7574C1) 3503297 (0x3574C1) 8bitmime off',
      '/LM/SmtpSvc/1 Server 1 7697601 (0x7574C1) from /LM/SmtpSvc 3503297 (0x3574C1) 8bitmime off',
      '/LM/SmtpSvc/2 Server 2 3503297 (0x3574C1) the same none',
    ]);
  });

  test('what is not selected, inserted, or has no name', () => {
    const two = metabase(server(1, 7697601), server(2, 7697601));
    expect(rows(two, { servers: ['2'], enable: ['0x2'], disable: ['dsn'] })).toEqual([
      '/LM/SmtpSvc/1 Server 1 7697601 (0x7574C1) the same none: not selected',
      '/LM/SmtpSvc/2 Server 2 7697601 (0x7574C1) 7697539 (0x757483) DSN off, bits 0x2 on',
    ]);
    expect(rows(metabase(server(1)), { setMissing: true })).toEqual([
      '/LM/SmtpSvc/1 Server 1 none 3503297 (0x3574C1) the value is inserted',
    ]);
    expect(rows(metabase(service(), server(1)), { setMissing: true })).toEqual([
      '/LM/SmtpSvc none 3503297 (0x3574C1) the value is inserted',
      '/LM/SmtpSvc/1 Server 1 none 3503297 (0x3574C1) the value is inherited',
    ]);
  });

  test('a second value that changes, while the one that counts does not', () => {
    expect(rows(metabase(server(1, 3503297), server(1, 7697601)))).toEqual([
      '/LM/SmtpSvc/1 Server 1 3503297 (0x3574C1) the same none; a second value changes, which does not count',
    ]);
  });

  test('a value from outside the file', () => {
    const section = `<IIsInheritedProperties Location="/LM/SmtpSvc/1" ${PROPERTY}="7697601"/>`;
    expect(rows(metabase(server(1), section))).toEqual([
      '/LM/SmtpSvc/1 Server 1 7697601 (0x7574C1) from outside the file (IIsInheritedProperties) 3503297 (0x3574C1) 8bitmime off',
    ]);
  });

  test('a selected one without a value is marked', () => {
    const result = resultOf('a.xml', metabase(server(1), server(2)), { servers: ['1'] }, 3, 'report');
    const page = wordsOf(pageOf([result], { servers: ['1'] }).replaceAll('<td', ' <td'));
    expect(page).toContain('/LM/SmtpSvc/1 Server 1 none the same ✕ no value');
    expect(page).toContain('/LM/SmtpSvc/2 Server 2 none the same none: not selected');
  });

  test('the bits that Microsoft does not document are shown, and whether they are kept', () => {
    const kept = wordsOf(pageOn(metabase(server(1, 7697601))).replaceAll('<td', ' <td'));
    expect(kept).toContain('unnamed bits, kept 0x56001 0x56001');
    const changed = wordsOf(pageOn(metabase(server(1, 7697601)), { disable: ['0x1'] }).replaceAll('<td', ' <td'));
    expect(changed).toContain('unnamed bits 0x56001 0x56000');
    expect(pageOn(metabase(server(1, 4194304)))).not.toContain('unnamed bits');
  });

  test('the details say where a key is, where its value comes from, and each verb', () => {
    const details = wordsOf(pageOn(metabase(service(7697601), server(1))), /<div class="details">[^]*<\/div>/);
    expect(details).toContain('/LM/SmtpSvc Class IIsSmtpService, at line 4, column 1. The value is its own.');
    expect(details).toContain('Class IIsSmtpServer, at line 8, column 1. The value is inherited from /LM/SmtpSvc.');
    expect(details).toContain('8bitmimeonoffBINARYMIMEononCHUNKINGonon');
    const missing = wordsOf(pageOn(metabase(server(1)), { setMissing: true }));
    expect(missing).toContain('It has no valid value, and inherits none. It gets 3503297 (0x3574C1).');
  });

  test('the details of more than a few are folded away as one, and so are all but the first changes', () => {
    const many = (count: number): string =>
      pageOn(metabase(...Array.from({ length: count }, (_, i) => server(i + 1, 7697601))), {}, 0);
    expect(many(3)).not.toContain('<details');
    expect(many(4).match(/<details[^>]*><summary>[^<]*/g)).toEqual([
      '<details class="fold"><summary>Details of each of the 4 servers',
    ]);
    expect(many(11).match(/<details[^>]*><summary>[^<]*/g)).toEqual([
      '<details class="rest"><summary>Show 1 more change',
      '<details class="fold"><summary>Details of each of the 11 servers',
    ]);
  });
});

test('warnings are shown with their places; the sixth of one kind is folded away', () => {
  const deeper = (count: number): FileResult => {
    const keys = Array.from(
      { length: count },
      (_, i) => `<IIsConfigObject Location="/LM/SmtpSvc/1/x${i}" ${PROPERTY}="1"/>\n`,
    );
    return resultOf('a.xml', metabase(server(1, 3503297), ...keys));
  };
  expect(wordsOf(pageOf([deeper(1)]))).toMatch(/⚠ Warning: line 9, column \d+: \/LM\/SmtpSvc\/1\/x0 [^]* DEEPER_VALUE/);
  expect(pageOf([deeper(5)])).not.toContain('<details');
  expect(pageOf([deeper(7)])).toContain('<summary>Show 2 more DEEPER_VALUE warnings</summary>');
});

test('an error and its warnings are shown together', () => {
  const words = wordsOf(pageOn(metabase(server(1)), { disable: ['0x2'] }));
  expect(words).toMatch(/✕ Error: line 4, column 1: [^]* VALUE_MISSING [^]*⚠ Warning: [^]* UNNAMED_MASK/);
});

test('the diff names the key, numbers the lines, and has a sign for what is removed and what is added', () => {
  const diff = /<div class="diff">[^]*?<\/div><\/div>/.exec(pageOn(one('7697601'), {}, 0))?.[0];
  expect(diff).toContain('<p class="place">/LM/SmtpSvc/1</p>');
  expect(diff).toContain(
    `<div class="line del" data-line="6"><span class="sign">−</span> ${PROPERTY}=<wbr>&quot;<del><span class="value">7697601</span></del>&quot;/&gt;</div>`,
  );
  expect(diff).toContain('<div class="line ins" data-line="6"><span class="sign">+</span>');
});

test('the template escapes texts and shows control characters', () => {
  expect(html`<p title="${'"\'<&>'}">${'a\u0007b'}${null}${1}${[html`<b>`, html`</b>`]}</p>`.html).toBe(
    '<p title="&quot;\'&lt;&amp;&gt;">a^Gb1<b></b></p>',
  );
  expect(fileText('\ta="<\u0007"').html).toBe('\ta=<wbr>&quot;&lt;^G&quot;');
});
