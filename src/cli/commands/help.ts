import errorsPage from '../../../docs/errors.md';
import { usageError } from '../../errors.ts';
import { didYouMean } from '../../suggest.ts';
import { commandHelp } from '../command-help.ts';
import { COMMAND_WORDS, isCommandWord } from '../options.ts';

/** A code's heading, and what follows it up to the next heading. */
const PARAGRAPHS = /^### (\w+)\n+(.*?)\n*(?=^##|$(?![^]))/gms;

/** Examples are indented by this. */
const INDENT = '    ';

/**
 * @param words A command, or a code in any case; none for the tool as a whole.
 * @returns The command's help, or the code's paragraph in docs/errors.md, as wide as the terminal.
 * @throws MetabaseError USAGE for more than one word, and for an unknown one, with the nearest command or code
 */
export async function help(words: readonly string[], columns: number): Promise<string> {
  if (words.length > 1) throw usageError('help takes one command or one code');
  if (words.length === 0) return commandHelp(null, columns);
  const [topic] = words;
  if (isCommandWord(topic)) return commandHelp(topic, columns);
  const paragraphs = new Map([...errorsPage.matchAll(PARAGRAPHS)].map(([, code, text]) => [code, text]));
  const code = topic.toUpperCase();
  const text = paragraphs.get(code);
  if (text !== undefined) return `${code}\n\n${plain(text, columns)}\n`;
  const meant = didYouMean(topic, [...COMMAND_WORDS, ...paragraphs.keys()]);
  throw usageError(`"${topic}" is neither a command nor the code of an error or a warning${meant}`);
}

/** @returns The markdown as a terminal shows it: examples indented, text wrapped, links as their words. */
function plain(markdown: string, columns: number): string {
  const blocks = markdown.split(/^```(?:\w*\n)?/m).map((block) => block.trim());
  const shown = blocks.map((block, i) => (i % 2 === 1 ? block.replace(/^/gm, INDENT) : prose(block, columns)));
  return shown.filter((block) => block !== '').join('\n\n');
}

function prose(text: string, columns: number): string {
  const words = text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/`|\*\*/g, '');
  const line = new RegExp(`(.{1,${columns}})(?: +|$)`, 'g');
  // An item of a list is a paragraph without an empty line before it.
  const paragraphs = words
    .split(/\n\n|\n(?=- )/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').replace(line, '$1\n'));
  return paragraphs.map((paragraph) => paragraph.trimEnd()).join('\n\n');
}
