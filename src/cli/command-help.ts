import yargs, { type Argv } from 'yargs';
import { ehloKeywords, toHex, VERB_NAMES, VERBS } from '../verbs.ts';
import { COMMAND_WORDS, type CommandWord, optionLabel, optionsOf } from './options.ts';

interface CommandHelp {
  readonly usage: string;
  readonly describe: string;
  /** Command lines, and what each does. */
  readonly examples: readonly (readonly [string, string])[];
}

/** What each command does, in words. */
const COMMAND_HELP: Readonly<Record<CommandWord, CommandHelp>> = {
  patch: {
    usage: '[patch] FILE... [OPTION...]',
    describe: 'Write a patched copy of each metabase, and print the diff (the default command)',
    examples: [
      ['-n MetaBase.xml', 'show what would change; write nothing'],
      ['MetaBase.xml', 'write MetaBase.patched.xml beside it'],
      ['-i MetaBase.xml', 'replace it, and keep the old one as MetaBase.xml.bak'],
      ['--disable chunking,binarymime MetaBase.xml', 'turn off two other verbs'],
      ['--out-dir patched --files-from list.txt', 'patch the files of a list'],
    ],
  },
  show: {
    usage: 'show FILE... [OPTION...]',
    describe: 'Show every SMTP key: its value, where it comes from, each verb before and after',
    examples: [
      ['show MetaBase.xml', 'look before you patch'],
      ['show --commands MetaBase.xml', 'and how to do the same on a live server'],
    ],
  },
  check: {
    usage: 'check FILE... [OPTION...]',
    describe: 'Check that every server is in the requested state; exit with status 1 if one is not',
    examples: [
      ['check MetaBase.xml', 'is 8bitmime off everywhere?'],
      ['check --json *.xml', 'many exports, for a script'],
    ],
  },
  verify: {
    usage: 'verify ORIGINAL PATCHED [OPTION...]',
    describe: 'Prove that PATCHED is, byte for byte, what patch makes of ORIGINAL with the same options',
    examples: [
      ['verify MetaBase.xml MetaBase.patched.xml', 'before the import'],
      ['verify --disable dsn MetaBase.xml MetaBase.patched.xml', 'after patch --disable dsn'],
    ],
  },
  ehlo: {
    usage: 'ehlo HOST[:PORT]... [OPTION...]',
    describe: 'Ask a live SMTP server which verbs it offers; exit with status 1 if they are not as requested',
    examples: [
      ['ehlo mail.example.com', 'is 8BITMIME gone?'],
      ['ehlo --disable chunking [2001:db8::25]:25', 'another verb, and an IPv6 address'],
    ],
  },
  completion: {
    usage: 'completion [bash|zsh|powershell]',
    describe: 'Print a completion script; by default for powershell on Windows, elsewhere for the shell in $SHELL',
    examples: [
      ['completion bash >> ~/.bashrc', 'for bash'],
      ['completion zsh >> ~/.zshrc', 'for zsh'],
      ['completion powershell | Out-String | Invoke-Expression', 'for PowerShell, in $PROFILE'],
    ],
  },
  help: {
    usage: 'help [COMMAND|CODE]',
    describe: 'Explain a command, or the code of an error or a warning',
    examples: [
      ['help check', 'the same as check --help; /? and -? work too'],
      ['help VALUE_MISSING', 'what the code means, and what to do'],
    ],
  },
};

const SUMMARY =
  'Turns off an ESMTP verb such as 8BITMIME in an exported IIS MetaBase.xml (KB 286673). Only the value of ' +
  'SmtpInboundCommandSupportOptions changes; every other byte stays as it is. A diff shows the change.';

/** Wide enough for the longest verb. */
const COLUMN = 21;

const VERBS_NOTE = [
  'Verbs, as they are named here and in the answer to EHLO, and their bits:',
  ...VERB_NAMES.map((verb) => {
    const keywords = ehloKeywords(verb).join(', ');
    return `  ${verb.padEnd(COLUMN)}${keywords.padEnd(COLUMN)}${toHex(VERBS[verb])}`;
  }),
].join('\n');

const STATUS_NOTE =
  'Exit status: 0 done, or nothing to do; 1 not in the requested state; 2 usage error, bad input, a server that ' +
  'cannot be asked, or an error while reading or writing.';

/** A method of yargs that its types lack. */
interface UsageConfiguration {
  usageConfiguration(configuration: { readonly 'hide-types': boolean }): Argv;
}

/**
 * @param command Null for the tool as a whole: its commands, and the options of the default one.
 * @returns What `--help` prints, at most as wide as the terminal.
 */
export async function commandHelp(command: CommandWord | null, columns: number): Promise<string> {
  const { usage, describe, examples } = COMMAND_HELP[command ?? 'patch'];
  const purpose = command === null ? SUMMARY : `${describe}.`;
  const page = (yargs([]) as Argv & UsageConfiguration)
    .usageConfiguration({ 'hide-types': true })
    .scriptName('iis-metabase-patch')
    .usage(`Usage: $0 ${usage}\n\n${purpose}`)
    .wrap(columns)
    .locale('en')
    .help(false)
    .version(false);
  for (const word of command === null ? COMMAND_WORDS : []) page.command(word, COMMAND_HELP[word].describe);
  for (const [name, spec] of optionsOf(command ?? 'patch')) {
    // Yargs can show the value only as part of the name.
    page.option(optionLabel(name, spec), {
      ...(spec.short && { alias: spec.short }),
      describe: spec.describe,
      group: 'Options:',
    });
  }
  const lines = examples.map(([line, effect]) => `  $0 ${line}\n      ${effect}\n`);
  page.epilogue(`Examples:\n${lines.join('')}`);
  if (command !== 'completion' && command !== 'help') page.epilogue(`${VERBS_NOTE}\n`).epilogue(STATUS_NOTE);
  return `${await page.getHelp()}\n`;
}
