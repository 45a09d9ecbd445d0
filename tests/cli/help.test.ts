import { readFileSync } from 'node:fs';
import { help } from '../../src/cli/commands/help.ts';
import { COMMAND_WORDS, FILE_COMMANDS } from '../../src/cli/options.ts';
import { folderWith, run } from '../support/command.ts';
import { ON } from '../support/metabase.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const helpOf = (...words: string[]): string => {
  const { status, out, err } = run(words);
  expect([status, err]).toEqual([0, '']);
  return out;
};

describe('--version', () => {
  test("is the package's, also as -V and after a command", () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    for (const words of [['--version'], ['-V'], ['check', '--version'], ['-qV', 'a.xml']]) {
      expect(run(words)).toMatchObject({ status: 0, out: `${version}\n`, err: '' });
    }
  });
});

describe('--help', () => {
  test.each(COMMAND_WORDS)('of %s shows its examples, in 80 columns of ASCII', (command) => {
    const out = helpOf(command, '--help');
    expect(out).toMatch(new RegExp(`^Usage: iis-metabase-patch \\[?${command}`));
    expect(out).toContain('\nExamples:\n  iis-metabase-patch ');
    // A console may have any code page, and a pipe to `more` has none.
    expect(out).toMatch(/^[\n -~]*$/);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('of the tool lists the commands and the options of patch', () => {
    const out = helpOf('--help');
    for (const command of COMMAND_WORDS) expect(out).toContain(`\n  iis-metabase-patch ${command} `);
    for (const option of ['--disable VERB,...', '-o, --output FILE', '--set-missing[=BASE]', '-n, --dry-run  ']) {
      expect(out).toContain(option);
    }
  });

  test.each([[[]], ...[...FILE_COMMANDS, 'ehlo'].map((command) => [[command]])])(
    'of %j lists the verbs with their EHLO keywords and bits',
    (words) => {
      const out = helpOf(...words, '--help');
      for (const [verb, keyword, bit] of [
        ['8bitmime', '8BITMIME', '0x400000'],
        ['BINARYMIME', 'BINARYMIME', '0x200000'],
        ['CHUNKING', 'CHUNKING', '0x100000'],
        ['ENHANCEDSTATUSCODES', 'ENHANCEDSTATUSCODES', '0x1000'],
        ['TURN/ATRN', 'TURN, ATRN', '0x400'],
        ['ETRN', 'ETRN', '0x80'],
        ['DSN', 'DSN', '0x40'],
      ]) {
        expect(out).toMatch(new RegExp(`^  ${verb} +${keyword} +${bit}$`, 'm'));
      }
    },
  );

  test('shows only the options of its own command', () => {
    expect(helpOf('check', '--help')).not.toContain('--output');
    expect(helpOf('verify', '--help')).toContain('--set-missing[=BASE]');
    expect(helpOf('completion', '--help')).not.toContain('--json');
  });

  test.each([
    ['-h'],
    ['/?'],
    ['-?'],
    ['help', ''],
    ['', '--help', '--json'],
    ['', '--bogus', '--help'],
    ['', '-o', '/?'],
    ['-qh'],
  ])('is the same as %s %s %s, before a command and after it', (...words) => {
    const given = words.filter((word) => word !== '');
    expect(helpOf(...given)).toBe(helpOf('--help'));
    expect(helpOf(...given, 'show')).toBe(helpOf('show', '--help'));
    if (given[0] !== 'help') expect(helpOf('show', ...given)).toBe(helpOf('show', '--help'));
  });

  test('is printed for -? and /? after a file too', () => {
    for (const sign of ['-?', '/?']) expect(helpOf('show', 'a.xml', sign)).toBe(helpOf('show', '--help'));
  });

  test('is not printed for what follows --', () => {
    expect(run(['-n', '--', '/?']).err).toContain('/?: cannot be read');
    expect(run(['-n', '--', '-?'], { cwd: folderWith({ '-?': ON }) })).toMatchObject({ status: 0 });
  });

  test('is not printed for the word help at the end of a line', () => {
    expect(run(['-n', 'a.xml', 'help'], { cwd: folderWith({ 'a.xml': ON }) })).toMatchObject({ status: 2, out: '' });
  });
});

describe('help CODE', () => {
  const page = read('docs/errors.md');
  const codes = [...page.matchAll(/^### (\w+)$/gm)].map(([, code]) => code);

  test('prints the paragraph of that code in docs/errors.md', async () => {
    expect(codes.length).toBeGreaterThan(30);
    const bare = (text: string): string => text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/```\w*|[`*]|\s/g, '');
    for (const code of codes) {
      const [, paragraph] = new RegExp(`^### ${code}\n\n([^]*?)(?=^##|$(?![^]))`, 'm').exec(page) ?? [];
      expect(bare(await help([code], 80))).toBe(code + bare(paragraph));
    }
    expect(helpOf('help', 'XML_TAG')).toBe(await help(['XML_TAG'], 80));
  });

  test('as plain text: without marks, as wide as the terminal, examples indented', async () => {
    for (const columns of [40, 80, 132]) {
      const [, text, example] = (await help(['XML_REFERENCE'], columns)).split('\n\n');
      expect(text).toMatch(/^The & here does /);
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
      expect(text.split('\n').length).toBeLessThan(230 / columns + 2);
      expect(example).toMatch(/^ {4}\$ printf '<configuration Path="R&D"\/>'/);
    }
    for (const code of codes) expect(await help([code], 80)).not.toMatch(/[`]|\]\(/);
  });

  test('takes codes in any case', async () => {
    expect(await help(['value_missing'], 80)).toBe(await help(['VALUE_MISSING'], 80));
  });

  test.each([
    ['VALUE_MISING', 'VALUE_MISSING'],
    ['xml_atribute', 'XML_ATTRIBUTE'],
    ['chekc', 'check'],
  ])('names the nearest command or code: %s', (word, meant) => {
    expect(run(['help', word])).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining(`did you mean ${meant}? [USAGE]`) as string,
    });
  });

  test('takes one word', () => {
    expect(run(['help', 'show', 'check'])).toMatchObject({ status: 2, out: '' });
    expect(run(['help', 'nothing-like-it'])).toMatchObject({ status: 2, out: '' });
  });
});
