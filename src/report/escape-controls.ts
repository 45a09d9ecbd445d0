/** Control and format characters, which could move a cursor, hide text or turn its direction. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** @returns The text with its control characters shown, `^M` or `<U+202E>`, so that a terminal is not steered by it. */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, picture);
}

/** The CR of a CRLF; after a line of a diff that has no line end in the file, git's remark begins with a backslash. */
const LINE_END_CR = /\r(?=\n(?!\\))/g;

/** @returns The same for a diff, but tabs and line ends stay, as LF where they are CRLF. */
export function escapeControlsInDiff(diff: string): string {
  const text = diff.replace(LINE_END_CR, '');
  return text.replace(CONTROLS, (character) => (/[\n\t]/.test(character) ? character : picture(character)));
}

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`;
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/**
 * @returns JSON in ASCII, whatever the code page of a console; what is not Unicode (half of a surrogate pair) becomes U+FFFD.
 */
export function toJson(value: unknown): string {
  const wellFormed = (_: string, each: unknown): unknown =>
    typeof each === 'string' ? each.replace(/\p{Cs}/gu, '\ufffd') : each;
  return JSON.stringify(value, wellFormed, 2).replace(/[^\n -~]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
