/** Control and format characters, which could move a cursor, hide text or turn its direction. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** @returns The text with its control characters visible, `^M` or `<U+202E>`, so that it cannot control a terminal. */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, visible);
}

/** The CR of a CRLF; not one before the LF that only the diff adds, which git's remark after a backslash follows. */
const LINE_END_CR = /\r(?=\n(?!\\))/g;

/** @returns The same for a diff, in which tabs and line ends stay; CRLF becomes LF. */
export function escapeControlsInDiff(diff: string): string {
  const text = diff.replace(LINE_END_CR, '');
  return text.replace(CONTROLS, (character) => (/[\n\t]/.test(character) ? character : visible(character)));
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`;
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
