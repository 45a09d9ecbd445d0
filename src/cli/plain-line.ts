import { type Command, COMMANDS, optionsOf } from './options.ts';

/** The words of a command line, taken apart; each option has the values as they were given. */
export interface CommandLine {
  readonly command: Command;
  readonly files: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/**
 * @param words The command first, values joined to their options.
 * @returns The line, where it holds options of its command and files alone; null for any other.
 */
export function plainLine([first, ...words]: readonly string[]): CommandLine | null {
  const command = COMMANDS.find((each) => each === first);
  if (command === undefined) return null;
  const names = namesOf(command);
  const files: string[] = [];
  const options = new Map<string, string[]>();
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '--') return { command, files: [...files, ...words.slice(i + 1)], options };
    if (!/^-./.test(words[i])) {
      files.push(words[i]);
      continue;
    }
    const [option, ...value] = words[i].split('=');
    const known = names.get(option);
    if (known?.takesValue !== value.length > 0) return null;
    const values = options.get(known.name) ?? [];
    if (known.takesValue) values.push(value.join('='));
    options.set(known.name, known.takesValue ? values : ['true']);
  }
  return { command, files, options };
}

/** Each way to write an option of the command. */
function namesOf(command: Command): Map<string, { readonly name: string; readonly takesValue: boolean }> {
  return new Map(
    optionsOf(command).flatMap(([name, { short, value }]) => {
      const option = { name, takesValue: value !== undefined };
      return [[`--${name}`, option] as const, ...(short === undefined ? [] : [[`-${short}`, option] as const])];
    }),
  );
}
