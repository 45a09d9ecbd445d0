import yargs, { type Argv } from 'yargs';
import { MetabaseError } from '../errors.ts';
import { VERB_WORDS } from '../verbs.ts';
import { COMMAND_HELP, help } from './help.ts';
import { type Command, COMMANDS, OPTION_SPECS, optionsOf } from './options.ts';
import type { CommandLine } from './plain-line.ts';
import { unknownOption } from './unknown-option.ts';
import { VERSION } from './version.ts';

/** What a command line asks for: work, or a text (help, version, a completion script). */
export type Wish = { readonly line: CommandLine } | { readonly text: string };

const NAME = 'iis-metabase-patch';

/** Yargs' own word for the script, which would also be found among file names. */
const HIDDEN_COMPLETION = 'print-the-completion-script';

/**
 * @param words The command first, values joined to their options.
 * @param hasCommand Whether the user named the command.
 * @throws MetabaseError USAGE, with the nearest right word
 */
export async function parseWithYargs(
  words: readonly string[],
  { hasCommand, columns }: { readonly hasCommand: boolean; readonly columns: number },
): Promise<Wish> {
  const wishes: Wish[] = [];
  let printed = '';
  const parser = newParser(words);
  for (const command of COMMANDS) {
    parser.command(
      command,
      COMMAND_HELP[command].describe,
      (argv) => withOptions(argv, command),
      (argv) => {
        const line = toCommandLine(command, argv);
        wishes.push(textWish(argv, hasCommand ? command : null, columns) ?? { line });
      },
    );
  }
  parser.command('completion', COMMAND_HELP.completion.describe, withTextOptions, (argv) => {
    const wish = textWish(argv, 'completion', columns);
    if (wish !== null) wishes.push(wish);
    // The types lack the parameters: the command's name, and the word that prints the script.
    else
      (parser as { showCompletionScript(name: string, word: string): void }).showCompletionScript(NAME, 'completion');
  });
  await parser.parseAsync([...words], {}, (_error: unknown, _argv: unknown, output: string) => {
    printed = output;
  });
  return wishes.at(0) ?? { text: `${printed}\n` };
}

function newParser(words: readonly string[]): Argv {
  return yargs()
    .scriptName(NAME)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
    })
    .locale('en')
    .help(false)
    .version(false)
    .strictOptions()
    .exitProcess(false)
    .completion(HIDDEN_COMPLETION, false, completer(words))
    .fail((message: string, error: Error | undefined) => {
      throw error ?? usageError(message);
    });
}

type Completer = Parameters<Argv['completion']>[2] & ((...args: never[]) => unknown);

/** Completes what yargs knows, but for letters as long options; and verbs behind the options that take them. */
function completer(words: readonly string[]): Completer {
  return (
    current: string,
    _argv: unknown,
    byDefault: (tell: (error: unknown, known?: string[]) => void) => void,
    done: (completions: string[]) => void,
  ) => {
    byDefault((_error, known = []) => {
      const isVerb = /^--(dis|en)able$/.test(words.at(-2) ?? '');
      if (isVerb) done(verbLists(current.toLowerCase()));
      else done(known.filter((word) => !/^--?\w(:|$)/.test(word)));
    });
  };
}

/** @returns The list so far, its last verb completed in each way. */
function verbLists(typed: string): string[] {
  const done = typed.slice(0, typed.lastIndexOf(',') + 1);
  return VERB_WORDS.map((word) => done + word.toLowerCase()).filter((list) => list.startsWith(typed));
}

function withOptions(argv: Argv, command: Command): Argv {
  for (const [name, { short, value }] of optionsOf(command)) {
    argv.option(name, { ...(short && { alias: short }), type: value === undefined ? 'boolean' : 'string' });
  }
  return withTextOptions(argv);
}

function withTextOptions(argv: Argv): Argv {
  return argv.option('help', { alias: 'h', type: 'boolean' }).option('version', { type: 'boolean' });
}

/** @returns The help or the version, where that is asked for. */
function textWish(
  argv: Record<string, unknown>,
  command: keyof typeof COMMAND_HELP | null,
  columns: number,
): Wish | null {
  if (argv['help'] === true) return { text: help(command, columns) };
  return argv['version'] === true ? { text: `${VERSION}\n` } : null;
}

function toCommandLine(command: Command, argv: Record<string, unknown> & { _: (string | number)[] }): CommandLine {
  const [, ...files] = argv._.map(String);
  const options = new Map<string, readonly string[]>();
  for (const [name] of optionsOf(command)) {
    const value = argv[name];
    if (value !== undefined) options.set(name, [value].flat().map(String));
  }
  return { command, files, options };
}

/** Yargs says which arguments are unknown, but not what was meant. */
function usageError(message: string): MetabaseError {
  const unknown = /^Unknown arguments?: ([^,]+)/.exec(message)?.[1];
  if (unknown === undefined) return new MetabaseError('USAGE', message);
  const option = unknown.length === 1 ? `-${unknown}` : `--${unknown}`;
  const spec = OPTION_SPECS.get(unknown) ?? [...OPTION_SPECS.values()].find(({ short }) => short === unknown);
  if (spec === undefined) return unknownOption(option);
  return new MetabaseError('USAGE', `${option} is an option of ${spec.commands.join(', ')} only`);
}
