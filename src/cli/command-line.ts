import { existsSync } from 'node:fs';
import yargs from 'yargs';
import { type MetabaseError, usageError } from '../errors.ts';
import { listInWords } from '../report/request-in-words.ts';
import { didYouMean } from '../suggest.ts';
import { commandHelp } from './command-help.ts';
import { COMPLETION_REQUEST, completions, completionScript } from './commands/completion.ts';
import { help } from './commands/help.ts';
import { type Command, COMMAND_WORDS, isCommandWord, OPTION_SPECS, type OptionSpec } from './options.ts';
import { spelledOut, unknownOption } from './spelling.ts';

/** A parsed command line; each option has its values as they were given. */
export interface ParsedCommandLine {
  readonly command: Command;
  /** The words that are neither the command nor options: names of files, or for ehlo of servers. */
  readonly files: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
}

type Arguments = Record<string, unknown> & { readonly _: (string | number)[]; readonly '--'?: string[] };

/**
 * @param columns How wide the help may be.
 * @returns The parsed line; or the text that it asks for: help, the version, a completion script, or completions.
 * @throws MetabaseError USAGE, with the nearest right word if one was mistyped
 */
export function parseCommandLine(words: readonly string[], columns: number): ParsedCommandLine | string {
  if (words[0] === COMPLETION_REQUEST) return completions(words.slice(2));
  const argv = parse(spelledOut(words));
  const [first = '', ...more] = argv._.map(String);
  const isCommand = isCommandWord(first);
  if (argv['help'] === true) return commandHelp(isCommand ? first : null, columns);
  if (argv['version'] === true) return `${VERSION}\n`;
  const command = isCommand ? first : 'patch';
  const named = isCommand ? more : argv._.map(String);
  const files = [...named, ...(argv['--'] ?? [])];
  const given = [...OPTION_SPECS].filter(([name]) => argv[name] !== undefined);
  for (const [name, spec] of given) if (!spec.commands.includes(command)) throw foreignOption(name, spec);
  if (files.includes('')) throw usageError('an empty word names nothing');
  if (command === 'help') return help(files, columns);
  if (command === 'completion') return completionScript(files);
  if (command !== 'ehlo') refuseStrayWords(named);
  return { command, files, options: new Map(given.map(([name]) => [name, [argv[name]].flat().map(String)])) };
}

/** All options are declared, whatever the command, so that none takes the command or a file as its value. */
function parse(words: string[]): Arguments {
  const parser = yargs()
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
      'strip-aliased': true,
    })
    .locale('en')
    // Yargs' own help would also be printed for the word `help` at the end of a line, which may be a file.
    .help(false)
    .version(false)
    .skipValidation(['help', 'version'])
    .strictOptions()
    .exitProcess(false)
    .fail((message: string) => {
      throw yargsError(message);
    });
  for (const [name, { short, value }] of OPTION_SPECS) {
    const type = value === undefined ? ({ boolean: true, nargs: 0 } as const) : ({ string: true, nargs: 1 } as const);
    parser.option(name, { ...type, ...(short && { alias: short }) });
  }
  return parser.parseSync(words);
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

/** Yargs says which option is wrong, but neither how it was written nor what was meant. */
function yargsError(message: string): MetabaseError {
  const match = /^(Unknown argument|Not enough arguments|Argument unexpected).*?: ([^,]+)/.exec(message);
  if (match === null) return usageError(message);
  const [, problem, name] = match;
  const option = name.length === 1 ? `-${name}` : `--${name}`;
  if (problem === 'Unknown argument') return unknownOption(option);
  return usageError(`${option} ${problem === 'Not enough arguments' ? 'needs a value' : 'takes no value'}`);
}
