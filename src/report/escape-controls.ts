/** Control and format characters, which could move a cursor, hide text or turn its direction. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** @returns The text with its control characters shown, `^M` or `<U+202E>`, so that a terminal is not steered by it. */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, picture);
}

/** @returns The same, but tabs and line ends stay. */
export function escapeControlsInLines(text: string): string {
  return text.replace(CONTROLS, (character) => (/[\n\t]/.test(character) ? character : picture(character)));
}

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`;
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** @returns JSON for people and programs; control characters are escaped beyond what JSON asks for. */
export function toJson(value: unknown): string {
  const escaped = (character: string): string =>
    Array.from({ length: character.length }, (_, i) => {
      return `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
    }).join('');
  return JSON.stringify(value, null, 2).replace(CONTROLS, (each) => (each === '\n' ? each : escaped(each)));
}
