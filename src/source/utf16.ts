import { readSpan, type Source } from './source.ts';
import type { Text } from './text.ts';
import { decodeUtf8 } from './utf8.ts';

/** Bytes of UTF-16 to a block; for each block it is noted where it begins, in the file and as UTF-8. */
const BLOCK = 1 << 14;

type Utf16 = 'utf-16le' | 'utf-16be';

/**
 * @returns A UTF-16 file as UTF-8. It is read once to measure it; then any place can be read, block by block.
 * What is no character in UTF-16 (half a surrogate pair, half a code unit) becomes a byte that no UTF-8 has,
 * so that one check, where the text is scanned, finds both.
 */
export function utf16Text(file: Source, encoding: Utf16): Text {
  const isLittle = encoding === 'utf-16le';
  /** Where each block begins in the file, and in UTF-8. */
  const fileStarts: number[] = [];
  const starts: number[] = [];
  let length = 0;
  for (let at = 0; at < file.length;) {
    const bytes = readSpan(file, { offset: at, length: BLOCK });
    fileStarts.push(at);
    starts.push(length);
    const whole = at + bytes.length < file.length ? wholePairs(bytes, isLittle) : bytes;
    length += toUtf8(whole, isLittle).length;
    at += whole.length;
  }

  let current: { block: number; bytes: Uint8Array } = { block: -1, bytes: new Uint8Array(0) };
  const bytesOf = (block: number): Uint8Array => {
    if (current.block !== block) {
      const end = fileStarts.at(block + 1) ?? file.length;
      const bytes = readSpan(file, { offset: fileStarts[block], length: end - fileStarts[block] });
      current = { block, bytes: toUtf8(bytes, isLittle) };
    }
    return current.bytes;
  };

  return {
    encoding,
    source: {
      length,
      read(offset, into) {
        let filled = 0;
        while (filled < into.length && offset + filled < length) {
          const block = lastAtMost(starts, offset + filled);
          const part = bytesOf(block)
            .subarray(offset + filled - starts[block])
            .subarray(0, into.length - filled);
          into.set(part, filled);
          filled += part.length;
        }
        return filled;
      },
    },
    start: 3,
    toFileOffset(offset) {
      if (offset >= length) return file.length;
      const block = lastAtMost(starts, offset);
      return fileStarts[block] + 2 * decodeUtf8(bytesOf(block).subarray(0, offset - starts[block])).length;
    },
    fromFileOffset(offset) {
      if (offset >= file.length) return length;
      const block = lastAtMost(fileStarts, offset);
      const before = readSpan(file, { offset: fileStarts[block], length: offset - fileStarts[block] });
      return starts[block] + toUtf8(wholePairs(before, isLittle), isLittle).length;
    },
    encode: (text) => encodeUtf16(text, isLittle),
  };
}

/** @returns The index of the last of the ascending numbers that is not above the limit. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= limit) low = middle;
    else high = middle;
  }
  return low;
}

/** @returns The bytes without half a code unit or a first half of a surrogate pair at their end. */
function wholePairs(bytes: Uint8Array, isLittle: boolean): Uint8Array {
  const even = bytes.subarray(0, bytes.length & ~1);
  const last = even.at(isLittle ? -1 : -2) ?? 0;
  return (last & 0xfc) === 0xd8 ? even.subarray(0, -2) : even;
}

function toUtf8(source: Uint8Array, isLittle: boolean): Uint8Array {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const units = new Uint16Array(source.length >> 1);
  for (let i = 0; i < units.length; i++) units[i] = view.getUint16(2 * i, isLittle);
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
  if (source.length % 2 === 1) bytes[end++] = 0xff;
  return bytes.slice(0, end);
}

function encodeUtf16(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), isLittle);
  return new Uint8Array(view.buffer);
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
