import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { patch, type PatchOptions } from '../../src/index.ts';
import { custom, key, metabase, value } from '../locator/metabase-text.ts';
import { folderWith, runProgram } from '../support/command.ts';
import { testWith } from '../support/platform.ts';

/* The diff is proved by its readers: git and patch must make exactly the bytes of the output from it. */

const ONE = '/LM/SmtpSvc/1';
const ON = value(7697601);
const CONTEXTS = [0, 1, 2, 3, 4];

const PROGRAMS: [string, (context: number) => string[]][] = [
  [
    'git',
    (context) => [
      ...['-c', 'core.autocrlf=false', '-c', 'core.quotePath=true', 'apply', '--whitespace=nowarn'],
      ...(context === 0 ? ['--unidiff-zero', 'change.diff'] : ['change.diff']),
    ],
  ],
  ['patch', () => ['-s', '-p1', '--binary', '-i', 'change.diff']],
];

/** The input after git or patch has applied the diff. */
function applied(program: string, words: readonly string[], name: string, input: string, diff: string): string {
  const cwd = folderWith({ [name]: input, 'change.diff': diff });
  expect(runProgram(program, words, { cwd })).toMatchObject({ status: 0, out: '', err: '' });
  return readFileSync(join(cwd, name), 'utf8');
}

const server = (number: number, attributes = ON): string => key(`/LM/SmtpSvc/${number}`, attributes);
const fillers = (count: number): string[] => Array.from({ length: count }, (_, i) => key(`/LM/W3SVC/${i + 1}`));
const smtp = (attributes = ''): string => key(ONE, attributes, '', 'IIsSmtpServer');
const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
const SET = { setMissing: 7697601 };

const INPUTS: [string, string, PatchOptions?][] = [
  ['one value', metabase(server(1))],
  ['CRLF', crlf(metabase(...fillers(5), server(1), ...fillers(5)))],
  [
    'mixed line ends and a CR alone',
    `<configuration>\r\n<MBProperty\r>\n${server(1)}\r\n</MBProperty>\n</configuration>`,
  ],
  ['one line', metabase(server(1)).replaceAll('\n', '')],
  ['one line with a line end', `${metabase(server(1), server(2)).replaceAll('\n', '')}\n`],
  ['the first line changed', `<configuration><MBProperty>${server(1)}\n</MBProperty>\n</configuration>\n`],
  ['the last line changed', `<configuration>\n<MBProperty>\n${server(1)}</MBProperty></configuration>\n`],
  ['the last line changed, without an end', `<configuration>\n<MBProperty>\n${server(1)}</MBProperty></configuration>`],
  ['the last line as context, without an end', metabase(server(1)).trimEnd()],
  ['CRLF without a final one', crlf(metabase(server(1)).trimEnd())],
  ['two values on one line', metabase(server(1) + server(2))],
  ['values on neighbouring lines', metabase(server(1), server(2), server(3))],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((gap): [string, string] => [
    `values ${gap} lines apart`,
    metabase(server(1), ...fillers(gap), server(2), ...fillers(gap), server(3)),
  ]),
  [
    'equal lines all around',
    metabase(...Array<string>(9).fill(key('/LM/W3SVC')), server(1), ...Array<string>(9).fill(key('/LM/W3SVC'))),
  ],
  ['a byte order mark', `\ufeff${metabase(server(1), 'ä😀')}`],
  ['a line of 1 MB', metabase(key('/LM/W3SVC', `A="${'é'.repeat(500_000)}"`), server(1), 'b')],
  ['an attribute inserted on a line', metabase(smtp('A="1" z="2"')), SET],
  ['an attribute inserted as a line', metabase(smtp('\n\t\tA="1"\n\t\tz="2"')), SET],
  ['an attribute inserted last, CRLF', crlf(metabase(smtp('\n\t\tA="1"\n\t'))), SET],
  ['a Custom inserted before an end tag', metabase(key(ONE, '', '\n'), ...fillers(3)), SET],
  ['a Custom inserted after one', metabase(key(ONE, '', `\n${custom(1).replaceAll('3699800"', '36880"')}\n`)), SET],
  ['a Custom inserted in a line', metabase(key(ONE, '', 'x')), SET],
  ['a Custom inserted in a self-closing key', metabase(key(ONE)), SET],
  ['a Custom inserted in a file of one line', metabase(key(ONE)).replaceAll('\n', ''), SET],
  [
    'a Custom inserted in the last line',
    `<configuration>\n<MBProperty>\n<A Location="${ONE}">\n</A></MBProperty></configuration>`,
    SET,
  ],
  ['an insertion above a changed line', metabase(key(ONE, '', '\n'), server(2)), SET],
  ['an insertion below a changed line', metabase(server(2), smtp('\n\t\tz="1"')), SET],
  [
    'insertions in neighbouring keys',
    metabase(key(ONE, '', '\n'), key('/LM/SmtpSvc/2', '', '\n'), key('/LM/SmtpSvc/3')),
    SET,
  ],
  ['two insertions in one line', metabase(key(ONE) + key('/LM/SmtpSvc/2')), SET],
  [
    'growth above other hunks',
    metabase(key(ONE), ...fillers(9), server(2), ...fillers(9), key('/LM/SmtpSvc/3', '', '\n')),
    SET,
  ],
  [
    'lines that look like a diff',
    metabase('--- a/x', server(1), '+++ b/x', '@@ -1 +1 @@', '\\ No newline at end of file', '-', ''),
  ],
];

describe.each(INPUTS)('%s', (_, input, options = {}) => {
  testWith('git', 'patch').each(CONTEXTS)('with %d lines of context', (context) => {
    const { bytes, diff } = patch(Buffer.from(input), { ...options, context });
    const output = Buffer.from(bytes).toString();
    expect(output).not.toBe(input);
    for (const [program, words] of PROGRAMS) {
      expect(applied(program, words(context), 'MetaBase.xml', input, diff)).toBe(output);
    }
  });
});

describe('the diff is the one that git makes', () => {
  const same = INPUTS.filter(([name]) => !/after one|equal lines|neighbouring keys/.test(name));

  testWith('git').each(same)('%s', (_, input, options = {}) => {
    for (const context of CONTEXTS) {
      const { bytes, diff } = patch(Buffer.from(input), { ...options, context });
      const cwd = folderWith({ 'a/MetaBase.xml': input, 'b/MetaBase.xml': bytes });
      const words = ['-c', 'core.autocrlf=false', 'diff', '--no-index', '--no-prefix', '--no-color', `-U${context}`];
      const { out } = runProgram('git', [...words, 'a/MetaBase.xml', 'b/MetaBase.xml'], { cwd });
      const withoutHead = out.slice(out.indexOf('--- ')).replace(/^(@@ [^@]* @@).*$/gm, '$1');
      expect(diff).toBe(withoutHead);
    }
  });
});

describe('names that must be quoted, or end in a tab', () => {
  const input = metabase(server(1));

  testWith('git', 'patch', 'any character in names').each([
    'my export.xml',
    'my exports/Meta Base.xml',
    'it\u2019s \u00e9 \ud83d\ude00.xml',
    'a"b.xml',
    'back\\slash.xml',
    'tab\tand\u0007bell.xml',
    'line\nend.xml',
    '-n.xml',
  ])('%j', (name) => {
    const { bytes, diff } = patch(Buffer.from(input), { name });
    for (const [program, words] of PROGRAMS) {
      expect(applied(program, words(3), name, input, diff)).toBe(Buffer.from(bytes).toString());
    }
  });
});

testWith('git')('git refuses a diff of another file: what is applied above was checked', () => {
  const { diff } = patch(Buffer.from(metabase(server(1))), {});
  const cwd = folderWith({ 'MetaBase.xml': metabase(server(2)) });
  writeFileSync(join(cwd, 'change.diff'), diff);
  expect(runProgram('git', ['apply', 'change.diff'], { cwd }).status).toBe(1);
});
