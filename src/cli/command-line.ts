import { existsSync } from 'node:fs';
import { Parser } from 'yargs/helpers';
import { type MetabaseError, usageError } from '../errors.ts';
import { listInWords } from '../report/request-in-words.ts';
import { didYouMean } from '../suggest.ts';
import { COMPLETION_REQUEST, completions, completionScript } from './commands/completion.ts';
import { type Command, COMMAND_WORDS, isCommandWord, OPTION_SPECS, type OptionSpec } from './options.ts';
import { spelledOut, unknownOption } from './spelling.ts';

/** A parsed command line; each option has its values as they were given. */
export interface ParsedCommandLine {
  readonly command: Command;
  /** The words that are neither the command nor options: names of files, or for ehlo of servers. */
  readonly files: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
}

const SPECS = [...OPTION_SPECS];

/** All options are declared, whatever the command, so that none takes the command or a file as its value. */
const PARSER_OPTIONS = {
  boolean: SPECS.filter(([, { value }]) => value === undefined).map(([name]) => name),
  string: SPECS.filter(([, { value }]) => value !== undefined).map(([name]) => name),
  narg: Object.fromEntries(SPECS.map(([name, { value }]) => [name, value === undefined ? 0 : 1])),
  alias: Object.fromEntries(SPECS.map(([name, { short }]) => [name, short ?? []])),
  configuration: {
    'boolean-negation': false,
    'camel-case-expansion': false,
    'dot-notation': false,
    'parse-numbers': false,
    'parse-positional-numbers': false,
    'populate--': true,
    'strip-aliased': true,
  },
};

/**
 * @param columns How wide the help may be.
 * @returns The parsed line; or the text that it asks for: help, the version, a completion script, or completions.
 * @throws MetabaseError USAGE, with the nearest right word if one was mistyped
 */
export async function parseCommandLine(words: readonly string[], columns: number): Promise<ParsedCommandLine | string> {
  if (words[0] === COMPLETION_REQUEST) return completions(words.slice(2));
  const { argv, error } = Parser.detailed(spelledOut(words), PARSER_OPTIONS);
  const [first = '', ...more] = argv._.map(String);
  const isCommand = isCommandWord(first);
  if (argv['help'] === true) return help(isCommand ? [first] : [], columns);
  if (argv['version'] === true) return `${VERSION}\n`;
  if (error !== null) throw valueError(error);
  const unknown = Object.keys(argv).find((key) => key !== '_' && key !== '--' && !OPTION_SPECS.has(key));
  if (unknown !== undefined) throw unknownOption(spelled(unknown));
  const command = isCommand ? first : 'patch';
  const named = isCommand ? more : argv._.map(String);
  const files = [...named, ...(argv['--'] ?? []).map(String)];
  const given = SPECS.filter(([name]) => argv[name] !== undefined);
  for (const [name, spec] of given) if (!spec.commands.includes(command)) throw foreignOption(name, spec);
  if (files.includes('')) throw usageError('an empty word names nothing');
  if (command === 'help') return help(files, columns);
  if (command === 'completion') return completionScript(files);
  if (command !== 'ehlo') refuseStrayWords(named);
  return { command, files, options: new Map(given.map(([name]) => [name, [argv[name]].flat().map(String)])) };
}

/**
 * Refuses a word that neither names a file nor looks like one: it is probably a mistyped command.
 * @throws MetabaseError USAGE
 */
function refuseStrayWords(files: readonly string[]): void {
  const stray = files.find((word) => word !== '-' && !/[./\\*?[]/.test(word) && !existsSync(word));
  if (stray === undefined) return;
  const meant = didYouMean(stray, COMMAND_WORDS) || '.';
  throw usageError(`"${stray}" is neither a file nor a command${meant} The commands are ${COMMAND_WORDS.join(', ')}`);
}

function foreignOption(name: string, { short, commands }: OptionSpec): MetabaseError {
  const letter = short === undefined ? '' : `-${short}, `;
  return usageError(`${letter}--${name} is an option of ${listInWords(commands)} only`);
}

/** The parser says which option has a wrong number of values, but not how it is written. */
function valueError({ message }: Error): MetabaseError {
  const [problem, name = ''] = message.split(': ');
  const isMissing = problem.startsWith('Not enough arguments');
  return usageError(`${spelled(name)} ${isMissing ? 'needs a value' : 'takes no value'}`);
}

function spelled(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}

/** Only the help needs the rest of yargs, which takes a while to load. */
async function help(words: readonly string[], columns: number): Promise<string> {
  return (await import('./commands/help.ts')).help(words, columns);
}
