import yargs, { type Argv } from 'yargs';
import { MetabaseError } from '../errors.ts';
import { VERB_WORDS } from '../verbs.ts';
import { COMMAND_HELP, help } from './help.ts';
import { joinValues } from './join-values.ts';
import { type Command, COMMAND_WORDS, COMMANDS, OPTION_SPECS, optionsOf } from './options.ts';
import { didYouMean } from './suggest.ts';
import { VERSION } from './version.ts';

const NAME = 'iis-metabase-patch';

/** Yargs' own word for the script, which would also be found among file names. */
const HIDDEN_COMPLETION = 'print-the-completion-script';

/** What a shell's completion script asks by. */
const COMPLETION_REQUEST = '--get-yargs-completions';

/** The words of a command line, taken apart; each option has the values as they were given. */
export interface CommandLine {
  readonly command: Command;
  readonly files: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** What a command line asks for: work, or a text (help, version, a completion script). */
export type Wish = { readonly line: CommandLine } | { readonly text: string };

/**
 * @param columns How wide the help may be.
 * @throws MetabaseError USAGE, with the nearest right word
 */
export async function parseCommandLine(words: readonly string[], columns: number): Promise<Wish> {
  const isCompletion = words.includes(COMPLETION_REQUEST);
  const joined = isCompletion ? [...words] : joinValues(words);
  const hasCommand = isCompletion || startsWithCommand(joined);
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
        if (argv['help'] === true) wishes.push({ text: help(hasCommand ? command : null, columns) });
        else if (argv['version'] === true) wishes.push({ text: `${VERSION}\n` });
        else wishes.push({ line });
      },
    );
  }
  parser.command('completion', COMMAND_HELP.completion.describe, {}, () => {
    // The types lack the parameters: the command's name, and the word that prints the script.
    (parser as { showCompletionScript(name: string, word: string): void }).showCompletionScript(NAME, 'completion');
  });
  await parser.parseAsync(
    hasCommand ? joined : ['patch', ...joined],
    {},
    (_error: unknown, _argv: unknown, output: string) => {
      printed = output;
    },
  );
  return wishes.at(0) ?? { text: `${printed}\n` };
}

/** Behind `--` stand files, whatever their names. */
function startsWithCommand(joined: readonly string[]): boolean {
  const first = joined.find((word) => !/^-./.test(word) || word === '--');
  return first !== undefined && (COMMAND_WORDS as readonly string[]).includes(first);
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
      throw error ?? new MetabaseError('USAGE', withSuggestion(message));
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
      const verbs = VERB_WORDS.map((word) => word.toLowerCase());
      const isVerb = /^--(dis|en)able$/.test(words.at(-2) ?? '');
      if (isVerb) done(verbs.filter((word) => word.startsWith(current.toLowerCase())));
      else done(known.filter((word) => !/^--?\w(:|$)/.test(word)));
    });
  };
}

function withOptions(argv: Argv, command: Command): Argv {
  for (const [name, { short, value }] of optionsOf(command)) {
    argv.option(name, { ...(short && { alias: short }), type: value === undefined ? 'boolean' : 'string' });
  }
  return argv.option('help', { alias: 'h', type: 'boolean' }).option('version', { type: 'boolean' });
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
function withSuggestion(message: string): string {
  const unknown = /^Unknown arguments?: ([^,]+)/.exec(message)?.[1];
  if (unknown === undefined) return message;
  const option = unknown.length === 1 ? `-${unknown}` : `--${unknown}`;
  const owners = OPTION_SPECS.get(unknown)?.commands;
  if (owners !== undefined) return `${option} is an option of ${owners.join(', ')} only`;
  return `there is no option ${option}${didYouMean(
    option,
    [...OPTION_SPECS.keys()].map((name) => `--${name}`),
  )}`;
}

/** @returns What to say of a first word that is no file, but may be a mistyped command. */
export function mistypedCommand(word: string): string | null {
  const meant = didYouMean(word, COMMAND_WORDS);
  return meant === '' ? null : `"${word}" is neither a file nor a command${meant}`;
}
