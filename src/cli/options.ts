/** The commands whose words are files: they read metabases. */
export const FILE_COMMANDS = ['patch', 'show', 'check', 'verify'] as const;

/** The commands that take verbs. */
const VERB_COMMANDS = [...FILE_COMMANDS, 'ehlo'] as const;
export type Command = (typeof VERB_COMMANDS)[number];

/** Every word that names a command; the last two print a text. */
export const COMMAND_WORDS = [...VERB_COMMANDS, 'completion', 'help'] as const;
export type CommandWord = (typeof COMMAND_WORDS)[number];

export function isCommandWord(word: string): word is CommandWord {
  return (COMMAND_WORDS as readonly string[]).includes(word);
}

/** One option of the command line: parsing, help, documentation, completion and the type of its value are made from it. */
export interface OptionSpec {
  readonly short?: string;
  /** The placeholder for the value in the help; none if the option takes no value. */
  readonly value?: string;
  /** The value is given after `=` only, or not at all. */
  readonly isValueOptional?: boolean;
  /** The option may be repeated; the values add up. */
  readonly isList?: boolean;
  readonly commands: readonly CommandWord[];
  readonly describe: string;
}

const PATCH: readonly Command[] = ['patch'];
const READERS: readonly Command[] = ['patch', 'show', 'check'];

/** All options, in the order of the help. Their names are written with hyphens: `--dry-run` for `dryRun`. */
export const OPTIONS = {
  disable: {
    value: 'VERB,...',
    isList: true,
    commands: VERB_COMMANDS,
    describe: 'verbs to turn off, by name or as a mask such as 0x400000 (default 8bitmime, unless --enable is given)',
  },
  enable: { value: 'VERB,...', isList: true, commands: VERB_COMMANDS, describe: 'verbs to turn on' },
  server: {
    value: 'S,...',
    isList: true,
    commands: FILE_COMMANDS,
    describe:
      'only these servers, each a number (1) or a Location (/LM/SmtpSvc/1); default: the service and every virtual server',
  },
  setMissing: {
    value: 'BASE',
    isValueOptional: true,
    commands: ['patch', 'verify'],
    describe: 'where a server has no value at all, insert one: BASE (default 7697601) with the verbs turned off or on',
  },
  dryRun: {
    short: 'n',
    commands: PATCH,
    describe: 'write no output; show the diff, and what would be written where',
  },
  output: { short: 'o', value: 'FILE', commands: PATCH, describe: 'write to FILE (-: standard output)' },
  outDir: {
    value: 'DIR',
    commands: PATCH,
    describe: 'write under DIR, which is created if missing; several inputs keep the folders that tell them apart',
  },
  inPlace: { short: 'i', commands: PATCH, describe: 'replace each file, and keep the old one as FILE.bak' },
  noBackup: { commands: PATCH, describe: 'with --in-place: make no backup' },
  force: { commands: PATCH, describe: 'overwrite an existing output or diff (never a backup)' },
  diff: { value: 'FILE', commands: PATCH, describe: 'also write the diff of all inputs to FILE' },
  context: {
    short: 'U',
    value: 'N',
    commands: READERS,
    describe: 'lines of context in the diff and in the report (default 3)',
  },
  commands: { commands: ['show'], describe: 'also print the commands that make the same change on a live server' },
  report: { value: 'FILE.html', commands: READERS, describe: 'also write a report for reviewers, as a web page' },
  filesFrom: {
    value: 'FILE',
    commands: READERS,
    describe: 'also take input names from FILE (-: standard input), one per line or separated by NULs',
  },
  timeout: { value: 'SECONDS', commands: ['ehlo'], describe: 'give up on a server after this time (default 10)' },
  json: { commands: VERB_COMMANDS, describe: 'print one JSON document instead of diff or text' },
  quiet: {
    short: 'q',
    commands: VERB_COMMANDS,
    describe: 'print no diff, table, findings or summary; warnings and errors remain',
  },
  color: {
    commands: VERB_COMMANDS,
    describe: 'use colour; by default only on a terminal (NO_COLOR and FORCE_COLOR are heeded)',
  },
  noColor: { commands: VERB_COMMANDS, describe: 'use no colour' },
  help: { short: 'h', commands: COMMAND_WORDS, describe: 'show this help' },
  version: { short: 'V', commands: COMMAND_WORDS, describe: 'show the version' },
} as const satisfies Record<string, OptionSpec>;

/** Whether a flag is given, or else the option's value or values, null if there is none. */
type OptionValue<Spec> = Spec extends { readonly isList: true }
  ? readonly string[] | null
  : Spec extends { readonly value: string }
    ? string | null
    : boolean;

/** A value for each option. */
export type OptionValues = { readonly [Key in keyof typeof OPTIONS]: OptionValue<(typeof OPTIONS)[Key]> };

/** @returns What an option of the table is called on the command line, without its hyphens in front. */
export function optionName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The option table by the names of the options. */
export const OPTION_SPECS: ReadonlyMap<string, OptionSpec> = new Map(
  Object.entries(OPTIONS).map(([key, spec]) => [optionName(key), spec]),
);

/** @returns The options of a command, in the order of the help. */
export function optionsOf(command: CommandWord): [string, OptionSpec][] {
  return [...OPTION_SPECS].filter(([, { commands }]) => commands.includes(command));
}

/** @returns How an option is written, without its letter: `output FILE`, `set-missing[=BASE]`. */
export function optionLabel(name: string, { value, isValueOptional }: OptionSpec): string {
  if (value === undefined) return name;
  return isValueOptional === true ? `${name}[=${value}]` : `${name} ${value}`;
}
