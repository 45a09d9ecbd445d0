import fc from 'fast-check';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { joinValues } from '../../src/cli/join-values.ts';
import { COMMANDS, optionsOf } from '../../src/cli/options.ts';
import { type CommandLine, plainLine } from '../../src/cli/plain-line.ts';
import { parseWithYargs } from '../../src/cli/yargs-line.ts';

/* A line that the table takes apart by itself means what yargs would make of it. */

const value = fc.constantFrom('a', '1', '-', 'a,b', '/x', '0x1', 'a b', 'ü', 'a=b');
const file = fc.constantFrom('a.xml', '-', '1', 'show', './x', 'a=b', 'ü', 'a b');

const aLine = fc.constantFrom(...COMMANDS).chain((command) => {
  const option = fc.constantFrom(...optionsOf(command)).chain(([name, spec]) => {
    const words = [`--${name}`, ...(spec.short === undefined ? [] : [`-${spec.short}`])];
    if (spec.value === undefined) return fc.constantFrom(...words).map((word) => [word]);
    if (spec.isValueOptional === true) return value.map((each) => [`--${name}=${each}`]);
    return fc
      .tuple(fc.constantFrom(...words), value, fc.boolean())
      .map(([word, each, isJoined]) => (isJoined ? [`${word}=${each}`] : [word, each]));
  });
  const parts = fc.array(
    fc.oneof(
      option,
      file.map((name) => [name]),
    ),
    { maxLength: 6 },
  );
  return fc
    .tuple(parts, fc.boolean())
    .map(([words, hasEnd]) => [command, ...words.flat(), ...(hasEnd ? ['--', '-x', 'y'] : [])]);
});

const plainly = ({ command, files, options }: CommandLine): unknown => ({
  command,
  files,
  options: [...options].sort(),
});

test('the table and yargs agree on every line of known options', async () => {
  await fc.assert(
    fc.asyncProperty(aLine, async (words) => {
      const joined = joinValues(words);
      const line = plainLine(joined);
      expect(line).not.toBeNull();
      const wish = await parseWithYargs(joined, { hasCommand: true, columns: 80 });
      expect('line' in wish && plainly(wish.line)).toEqual(line && plainly(line));
    }),
    { numRuns: 400 },
  );
});

test('what is no plain line is left to yargs', async () => {
  for (const words of [
    ['check', '--help'],
    ['check', '--output=x'],
    ['completion'],
    ['show', '-z'],
    ['patch', '--json=1'],
  ]) {
    expect(plainLine(words)).toBeNull();
  }
  expect(await parseCommandLine(['a.xml'], 80)).toEqual({
    line: { command: 'patch', files: ['a.xml'], options: new Map() },
  });
});
