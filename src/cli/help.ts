import { type Command, optionsOf, type OptionSpec } from './options.ts';

interface CommandHelp {
  readonly usage: string;
  readonly describe: string;
  /** Command lines, and what each does. */
  readonly examples: readonly (readonly [string, string])[];
}

/** What each command does, in words. */
export const COMMAND_HELP: Readonly<Record<Command | 'completion', CommandHelp>> = {
  patch: {
    usage: '[patch] FILE…',
    describe: 'write a patched copy of each metabase, and print the diff',
    examples: [
      ['-n MetaBase.xml', 'show what would change; write nothing'],
      ['MetaBase.xml', 'write MetaBase.patched.xml beside it'],
      ['-i MetaBase.xml', 'replace it, after a backup MetaBase.xml.bak'],
      ['--disable chunking,binarymime -o new.xml MetaBase.xml', 'turn two other verbs off'],
    ],
  },
  show: {
    usage: 'show FILE…',
    describe: 'show every SMTP key: its value, where it comes from, each verb before and after',
    examples: [
      ['show MetaBase.xml', 'look before you patch'],
      ['show --commands MetaBase.xml', 'and how to do the same on a live server'],
    ],
  },
  check: {
    usage: 'check FILE…',
    describe: 'exit with 1 where a server is not in the requested state',
    examples: [['check --json *.xml', 'gate a fleet of exports']],
  },
  verify: {
    usage: 'verify ORIGINAL PATCHED',
    describe: 'prove that PATCHED is, byte for byte, what patch makes of ORIGINAL',
    examples: [['verify MetaBase.xml MetaBase.patched.xml', 'before the import']],
  },
  completion: {
    usage: 'completion',
    describe: 'print a completion script for bash or zsh',
    examples: [['completion >> ~/.bashrc', 'complete commands, options and verbs']],
  },
};

const NAME = 'iis-metabase-patch';

const SUMMARY =
  'Turns an ESMTP verb such as 8BITMIME off in an exported IIS MetaBase.xml (KB 286673): the value of ' +
  'SmtpInboundCommandSupportOptions changes, every other byte stays, and a diff shows it.';

const EXIT_STATUS =
  'Exit status: 0 done, or nothing to do; 1 not in the requested state; 2 usage error, bad input, or an error while ' +
  'reading or writing.';

/** @returns The help for a command, or, with null, for the tool as a whole; lines as wide as the terminal allows. */
export function help(command: Command | 'completion' | null, columns: number): string {
  const sections = command === null ? overview(columns) : commandHelp(command, columns);
  return `${sections.join('\n\n')}\n`;
}

function overview(columns: number): string[] {
  const commands = Object.values(COMMAND_HELP);
  return [
    `Usage: ${NAME} [COMMAND] [OPTION…] FILE…`,
    wrapped(SUMMARY, columns),
    section(
      'Commands',
      commands.map(({ usage, describe }) => [usage, describe]),
      columns,
    ),
    section('Options of patch, the default command', optionRows('patch'), columns),
    section(
      'Examples',
      commands.flatMap(({ examples }) => exampleRows(examples)),
      columns,
    ),
    wrapped(`${EXIT_STATUS} '${NAME} COMMAND --help' tells more about a command.`, columns),
  ];
}

function commandHelp(command: Command | 'completion', columns: number): string[] {
  const { usage, describe, examples } = COMMAND_HELP[command];
  return [
    `Usage: ${NAME} ${usage} [OPTION…]`,
    wrapped(`${describe[0].toUpperCase()}${describe.slice(1)}.`, columns),
    section('Options', optionRows(command), columns),
    section('Examples', exampleRows(examples), columns),
    wrapped(EXIT_STATUS, columns),
  ];
}

type Row = readonly [string, string];

function optionRows(command: Command | 'completion'): Row[] {
  const known = command === 'completion' ? [] : optionsOf(command);
  const own = known.map(([name, spec]): Row => [optionLabel(name, spec), spec.describe]);
  return [...own, ['-h, --help', 'show this help'], ['    --version', 'show the version']];
}

/** @returns How an option is written: `-o, --output FILE`. */
export function optionLabel(name: string, { short, value, isValueOptional }: OptionSpec): string {
  const shown = value === undefined ? '' : isValueOptional === true ? `[=${value}]` : ` ${value}`;
  return `${short === undefined ? '    ' : `-${short}, `}--${name}${shown}`;
}

function exampleRows(examples: CommandHelp['examples']): Row[] {
  return examples.map(([line, effect]) => [`${NAME} ${line}`, effect]);
}

/** Two columns; the second begins on a line of its own where the first leaves no room. */
function section(title: string, rows: readonly Row[], columns: number): string {
  const indent = Math.min(28, Math.max(...rows.map(([left]) => left.length)) + 4);
  const lines = rows.flatMap(([left, right]) => {
    const text = wrapped(right, columns - indent).replaceAll('\n', `\n${' '.repeat(indent)}`);
    const fits = left.length + 4 <= indent;
    return fits ? [`  ${left.padEnd(indent - 2)}${text}`] : [`  ${left}`, `${' '.repeat(indent)}${text}`];
  });
  return [`${title}:`, ...lines].join('\n');
}

/** Breaks the text at spaces. */
function wrapped(text: string, columns: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= Math.max(columns, 30)) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
