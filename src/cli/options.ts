/** The commands that read metabases. */
export const COMMANDS = ['patch', 'show', 'check', 'verify'] as const;
export type Command = (typeof COMMANDS)[number];

/** Every word that names a command. */
export const COMMAND_WORDS = [...COMMANDS, 'completion'] as const;

/** One option of the command line: help, documentation, completion and parsing are made from it. */
export interface OptionSpec {
  readonly short?: string;
  /** What stands for the value in the help; none where the option takes no value. */
  readonly value?: string;
  /** The value is given after `=` only, or not at all. */
  readonly isValueOptional?: boolean;
  /** The option may be repeated; the values add up. */
  readonly isList?: boolean;
  readonly commands: readonly Command[];
  readonly describe: string;
}

const PATCH: readonly Command[] = ['patch'];
const READERS: readonly Command[] = ['patch', 'show', 'check'];

/** All options, in the order of the help. */
export const OPTIONS = {
  disable: {
    value: 'VERB,…',
    isList: true,
    commands: COMMANDS,
    describe:
      'verbs to turn off, by name or as a mask such as 0x400000; 8bitmime unless --disable or --enable is given',
  },
  enable: { value: 'VERB,…', isList: true, commands: COMMANDS, describe: 'verbs to turn on' },
  server: {
    value: 'S,…',
    isList: true,
    commands: COMMANDS,
    describe:
      'which servers: a number (1) or a Location (/LM/SmtpSvc/1); the service and all virtual servers unless given',
  },
  'set-missing': {
    value: 'BASE',
    isValueOptional: true,
    commands: ['patch', 'verify'],
    describe:
      'insert the property where a server has no value at all: BASE (7697601 unless given) with the verbs turned off and on',
  },
  'dry-run': {
    short: 'n',
    commands: PATCH,
    describe: 'write no output; show the diff, and what would be written where',
  },
  output: { short: 'o', value: 'FILE', commands: PATCH, describe: 'write to FILE (-: standard output)' },
  'out-dir': { value: 'DIR', commands: PATCH, describe: 'write each patched file into DIR, which is made if missing' },
  'in-place': { short: 'i', commands: PATCH, describe: 'replace each file, after a backup FILE.bak' },
  'no-backup': { commands: PATCH, describe: 'with --in-place: make no backup' },
  force: { commands: PATCH, describe: 'overwrite an existing output or diff (never a backup)' },
  diff: { value: 'FILE', commands: PATCH, describe: 'also write the diff of all inputs to FILE' },
  context: { short: 'U', value: 'N', commands: PATCH, describe: 'lines of context in the diff; 3 unless given' },
  commands: { commands: ['show'], describe: 'also print the commands that do the same on a live server' },
  report: { value: 'FILE.html', commands: READERS, describe: 'also write one page for reviewers' },
  'files-from': {
    value: 'FILE',
    commands: READERS,
    describe: 'also take input names from FILE (-: standard input), one a line, or separated by NULs',
  },
  json: { commands: COMMANDS, describe: 'print one JSON document instead of diff or text' },
  quiet: {
    short: 'q',
    commands: COMMANDS,
    describe: 'print no diff, table, findings or summary; warnings and errors stay',
  },
  color: {
    commands: COMMANDS,
    describe: 'colour the output; by default on a terminal (NO_COLOR and FORCE_COLOR count)',
  },
  'no-color': { commands: COMMANDS, describe: 'do not colour it' },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof OPTIONS;

/** The option table with its general type. */
export const OPTION_SPECS: ReadonlyMap<string, OptionSpec> = new Map(Object.entries(OPTIONS));

/** @returns The options of a command, in the order of the help. */
export function optionsOf(command: Command): [string, OptionSpec][] {
  return [...OPTION_SPECS].filter(([, { commands }]) => commands.includes(command));
}
