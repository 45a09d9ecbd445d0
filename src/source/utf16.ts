import { readSpan, type Source } from './source.ts';
import type { Text } from './text.ts';

/** Bytes of UTF-16 to a block; for each block it is noted where it begins as UTF-8. */
const BLOCK = 1 << 16;

type Utf16 = 'utf-16le' | 'utf-16be';

/**
 * @returns A UTF-16 file as UTF-8. It is read once to measure it; then any place can be read, block by block.
 * What is no character in UTF-16 (half a surrogate pair, half a code unit) becomes bytes that are no
 * UTF-8 either, so that one check, where the text is scanned, finds both.
 */
export function utf16Text(file: Source, encoding: Utf16): Text {
  const blocks = new Blocks(file, encoding === 'utf-16le');
  return {
    encoding,
    source: { length: blocks.length, read: (offset, into) => blocks.read(offset, into) },
    start: 3,
    toFileOffset: (offset) => blocks.toFileOffset(offset),
    fromFileOffset: (offset) => blocks.fromFileOffset(offset),
    encode: (text) => encodeUtf16(text, encoding),
  };
}

class Blocks {
  /** The UTF-8 offset at which each block of the file begins. */
  readonly #starts: number[] = [];
  readonly length: number;
  #current: { number: number; bytes: Uint8Array } = { number: -1, bytes: new Uint8Array(0) };

  constructor(
    private readonly file: Source,
    private readonly littleEndian: boolean,
  ) {
    let length = 0;
    for (let block = 0; block * BLOCK < file.length; block++) {
      this.#starts.push(length);
      length += this.#block(block).length;
    }
    this.length = length;
  }

  read(offset: number, into: Uint8Array): number {
    let filled = 0;
    while (filled < into.length && offset + filled < this.length) {
      const number = this.#blockWith(offset + filled);
      const part = this.#block(number).subarray(offset + filled - this.#starts[number]);
      into.set(part.subarray(0, into.length - filled), filled);
      filled += Math.min(part.length, into.length - filled);
    }
    return filled;
  }

  toFileOffset(offset: number): number {
    if (offset >= this.length) return this.file.length;
    const number = this.#blockWith(offset);
    const before = this.#block(number).subarray(0, offset - this.#starts[number]);
    let units = 0;
    for (const byte of before) if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
    return number * BLOCK + this.#overhang(number) + 2 * units;
  }

  fromFileOffset(offset: number): number {
    if (offset >= this.file.length) return this.length;
    const number = Math.floor(offset / BLOCK);
    const begin = number * BLOCK + this.#overhang(number);
    if (offset < begin) return this.fromFileOffset(begin - 4);
    return this.#starts[number] + toUtf8(this.#units(begin, offset - begin), false).length;
  }

  #blockWith(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  /** A surrogate pair across a border belongs to the block it begins in, so the next one begins two bytes later. */
  #overhang(number: number): number {
    if (number === 0) return 0;
    const around = this.#units(number * BLOCK - 2, 4);
    return isHigh(around[0]) && isLow(around[1]) ? 2 : 0;
  }

  #block(number: number): Uint8Array {
    if (this.#current.number !== number) {
      const begin = number * BLOCK + this.#overhang(number);
      const end = Math.min((number + 1) * BLOCK, this.file.length);
      const next = end < this.file.length ? this.#overhang(number + 1) : 0;
      const whole = end + next - begin;
      const bytes = toUtf8(this.#units(begin, whole), whole % 2 === 1);
      this.#current = { number, bytes };
    }
    return this.#current.bytes;
  }

  /** @returns The whole code units in these bytes. */
  #units(offset: number, length: number): Uint16Array {
    const bytes = readSpan(this.file, { offset, length });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const units = new Uint16Array(bytes.length >> 1);
    for (let i = 0; i < units.length; i++) units[i] = view.getUint16(2 * i, this.littleEndian);
    return units;
  }
}

function toUtf8(units: Uint16Array, isOdd: boolean): Uint8Array {
  const bytes = new Uint8Array(units.length * 3 + 1);
  let end = 0;
  const trail = (bits: number): void => {
    bytes[end++] = 0x80 | (bits & 0x3f);
  };
  for (let i = 0; i < units.length; i++) {
    const unit = units[i];
    if (unit < 0x80) {
      bytes[end++] = unit;
    } else if (unit < 0x800) {
      bytes[end++] = 0xc0 | (unit >> 6);
      trail(unit);
    } else if (isHigh(unit) && isLow(units[i + 1] ?? 0)) {
      const codePoint = 0x10000 + ((unit & 0x3ff) << 10) + (units[++i] & 0x3ff);
      bytes[end++] = 0xf0 | (codePoint >> 18);
      trail(codePoint >> 12);
      trail(codePoint >> 6);
      trail(codePoint);
    } else {
      // A lone surrogate comes out as ED A0..BF xx, which no UTF-8 check lets pass.
      bytes[end++] = 0xe0 | (unit >> 12);
      trail(unit >> 6);
      trail(unit);
    }
  }
  if (isOdd) bytes[end++] = 0xff;
  return bytes.slice(0, end);
}

function encodeUtf16(text: string, encoding: Utf16): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), encoding === 'utf-16le');
  return new Uint8Array(view.buffer);
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
