import fc from 'fast-check';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseCommandLine, type ParsedCommandLine } from '../../src/cli/command-line.ts';
import { type Command, COMMAND_WORDS, FILE_COMMANDS, OPTION_SPECS, optionsOf } from '../../src/cli/options.ts';
import { folderWith, run } from '../support/command.ts';
import { ON } from '../support/metabase.ts';

/* What each word of a command line is: the command, an option, a value or a file. */

describe('a word that is neither a file nor looks like one is a usage error that lists the commands', () => {
  test.each([
    [['-i', 'revert', 'a.xml']],
    [['-i', 'a.xml', 'revert']],
    [['revert']],
    [['a.xml', '--json', 'revert']],
    [['show', 'a.xml', 'revert']],
    [['check', 'revert', 'a.xml']],
    [['verify', 'a.xml', 'revert']],
    [['--report', 'r.html', 'a.xml', 'revert']],
  ])('%j: nothing is read or written', (words) => {
    const cwd = folderWith({ 'a.xml': ON });
    const { status, out, err } = run(words, { cwd });
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(
      `"revert" is neither a file nor a command. The commands are ${COMMAND_WORDS.join(', ')} [USAGE]`,
    );
    expect(readdirSync(cwd)).toEqual(['a.xml']);
    expect(readFileSync(join(cwd, 'a.xml'), 'utf8')).toBe(ON);
  });

  test.each(['re.vert', 'sub/revert', 'sub\\revert', 'revert*', 'rever?', '[revert]'])(
    '%s looks like a file, so it is one that is missing',
    (word) => {
      expect(run(['check', word])).toMatchObject({
        status: 2,
        err: expect.stringContaining('[FILE_UNREADABLE]') as string,
      });
    },
  );

  test('unless a file or a folder has that name', () => {
    const cwd = folderWith({ revert: ON });
    mkdirSync(join(cwd, 'folder'));
    symlinkSync('revert', join(cwd, 'link'));
    expect(run(['-n', 'revert'], { cwd })).toMatchObject({ status: 0 });
    expect(run(['-n', 'link'], { cwd })).toMatchObject({ status: 0 });
    expect(run(['-n', 'folder'], { cwd }).err).toBe('folder: cannot be read: it is a folder [FILE_UNREADABLE]\n');
  });

  test('- is a file, and so are what follows -- and a name in a list', () => {
    expect(run(['-n', '-'], { input: ON })).toMatchObject({ status: 0 });
    expect(run(['check', '--', 'revert']).err).toContain('[FILE_UNREADABLE]');
    expect(run(['check', '--files-from', '-'], { input: 'revert' }).err).toContain('[FILE_UNREADABLE]');
  });
});

test("a command's name as the first word is always the command", () => {
  const cwd = folderWith(Object.fromEntries(COMMAND_WORDS.map((word) => [word, ON])));
  expect(run(['show'], { cwd })).toMatchObject({
    status: 2,
    err: expect.stringContaining('no file is named') as string,
  });
  expect(run(['help'], { cwd }).out).toMatch(/^Usage: /);
  expect(run(['completion'], { cwd }).out).toContain('# Completion');
  expect(run(['-n', './help'], { cwd }).out).toContain('--- a/help\n');
});

test.each([[['']], [['a.xml', '']], [['check', '']], [['verify', 'a.xml', '']], [['--', '']], [['help', '']]])(
  'an empty word is a usage error: %j',
  (words) => {
    const cwd = folderWith({ 'a.xml': ON });
    expect(run(words, { cwd })).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining('[USAGE]') as string,
    });
    expect(readdirSync(cwd)).toEqual(['a.xml']);
  },
);

const OPTIONS_WITH_VALUE = [...OPTION_SPECS].flatMap(([name, { value }]) => (value === undefined ? [] : [name]));

/** The options of a command but for those that print a text instead. */
const optionsThatRun = (command: Command): ReturnType<typeof optionsOf> =>
  optionsOf(command).filter(([name]) => name !== 'help' && name !== 'version');

describe('options, however they are spelled and wherever they are', () => {
  const value = fc.constantFrom('a', '1', '-', 'a,b', '/x', '0x1', 'a b', 'ü', 'a=b', '=');
  const file = fc.constantFrom('a.xml', '-', './1', './show', 'x/a=b', 'ü.xml', 'a b.xml');

  /** An option in one of its spellings, as words; with its name, and its value as it is meant. */
  const anOption = (command: Command): fc.Arbitrary<{ words: string[]; name: string; value: string }> =>
    fc
      .tuple(fc.constantFrom(...optionsThatRun(command)), value, fc.nat(4))
      .map(([[name, { short, value: takesValue, isValueOptional }], each, spelling]) => {
        const letter = short === undefined ? `--${name}` : `-${short}`;
        if (takesValue === undefined)
          return { words: [spelling % 2 === 0 ? letter : `--${name}`], name, value: 'true' };
        if (isValueOptional === true && spelling % 2 === 0) return { words: [`--${name}`], name, value: '7697601' };
        const joined = short === undefined || each.startsWith('=') ? `${letter}=${each}` : letter + each;
        const spellings =
          isValueOptional === true
            ? [[`--${name}=${each}`]]
            : [[`--${name}`, each], [`--${name}=${each}`], [letter, each], [`${letter}=${each}`], [joined]];
        return { words: spellings[spelling % spellings.length], name, value: each };
      });

  const aLine = fc.constantFrom<Command[]>(...FILE_COMMANDS, 'ehlo').chain((command) =>
    fc.record({
      command: fc.constant(command),
      parts: fc.array(fc.oneof(anOption(command), file), { maxLength: 6 }),
      rest: fc.constantFrom([], ['-x', '--json', 'show', '/?']),
    }),
  );

  test('mean the same', async () => {
    await fc.assert(
      fc.asyncProperty(aLine, async ({ command, parts, rest }) => {
        const words = parts.flatMap((part) => (typeof part === 'string' ? [part] : part.words));
        const expected = new Map<string, string[]>();
        for (const part of parts) {
          if (typeof part === 'string') continue;
          const before = OPTIONS_WITH_VALUE.includes(part.name) ? (expected.get(part.name) ?? []) : [];
          expected.set(part.name, [...before, part.value]);
        }
        const line = await parseCommandLine([command, ...words, ...(rest.length === 0 ? [] : ['--', ...rest])], 80);
        expect(line).toMatchObject({ command, files: [...parts.filter((part) => typeof part === 'string'), ...rest] });
        expect((line as ParsedCommandLine).options).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
