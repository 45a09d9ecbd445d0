import type { Source } from './source.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** A file as UTF-8, whatever its bytes are: offsets count the bytes of `source`, from 0, a byte order mark counted. */
export interface Text {
  readonly encoding: Encoding;
  readonly source: Source;
  /** Where the document begins: behind the byte order mark. */
  readonly start: number;
  /** @returns The byte offset in the file for an offset in `source`. */
  toFileOffset(offset: number): number;
  /** @returns The offset in `source` of the character that holds the file's byte. */
  fromFileOffset(offset: number): number;
  /** @returns The text in the file's encoding. */
  encode(text: string): Uint8Array;
}
