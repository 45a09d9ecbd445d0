import { existsSync } from 'node:fs';
import yargs from 'yargs';
import { MetabaseError } from '../errors.ts';
import { didYouMean } from '../suggest.ts';
import { commandHelp } from './command-help.ts';
import { COMPLETION_REQUEST, completions } from './completions.ts';
import {
  COMMAND_WORDS,
  type CommandWord,
  FILE_COMMANDS,
  isCommandWord,
  OPTION_SPECS,
  type OptionSpec,
} from './options.ts';
import { spelledOut, unknownOption } from './spelling.ts';
import { VERSION } from './version.ts';

/** A parsed command line; each option has its values as they were given. */
export interface ParsedCommandLine<Word extends CommandWord = CommandWord> {
  readonly command: Word;
  /** The words that are neither the command nor options; for most commands they are files. */
  readonly files: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
}

type Arguments = Record<string, unknown> & { readonly _: (string | number)[]; readonly '--'?: string[] };

/**
 * @param columns How wide the help may be.
 * @returns The parsed line; or the help, the version or the completions, if these are asked for.
 * @throws MetabaseError USAGE, with the nearest right word if one was mistyped
 */
export function parseCommandLine(words: readonly string[], columns: number): ParsedCommandLine | string {
  if (words[0] === COMPLETION_REQUEST) return completions(words.slice(2)).join('');
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
  if (files.includes('')) throw new MetabaseError('USAGE', 'an empty word names nothing');
  if ((FILE_COMMANDS as readonly string[]).includes(command)) refuseStrayWords(named);
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
    .option('help', { alias: 'h', boolean: true })
    .option('version', { alias: 'V', boolean: true })
    .skipValidation(['help', 'version'])
    .strictOptions()
    .exitProcess(false)
    .fail((message: string) => {
      throw usageError(message);
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
  const commands = `The commands are ${COMMAND_WORDS.join(', ')}`;
  throw new MetabaseError('USAGE', `"${stray}" is neither a file nor a command${meant} ${commands}`);
}

function foreignOption(name: string, { short, commands }: OptionSpec): MetabaseError {
  const letter = short === undefined ? '' : `-${short}, `;
  return new MetabaseError('USAGE', `${letter}--${name} is an option of ${commands.join(', ')} only`);
}

/** Yargs says which option is wrong, but neither how it was written nor what was meant. */
function usageError(message: string): MetabaseError {
  const match = /^(Unknown argument|Not enough arguments|Argument unexpected).*?: ([^,]+)/.exec(message);
  if (match === null) return new MetabaseError('USAGE', message);
  const [, problem, name] = match;
  const option = name.length === 1 ? `-${name}` : `--${name}`;
  if (problem === 'Unknown argument') return unknownOption(option);
  return new MetabaseError(
    'USAGE',
    `${option} ${problem === 'Not enough arguments' ? 'needs a value' : 'takes no value'}`,
  );
}
