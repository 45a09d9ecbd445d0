import { isExactly } from './grammar.ts';

const SLOTS = 256;

/** So many names that fall together, and the names of this tag go to a Set: hashing cannot be outwitted there. */
const LONG_CHAIN = 8;

/**
 * The attributes of the tag being scanned, as indexes into the window; one table serves all tags. It knows whether a
 * name stood in the tag before, exactly and in linear time (XML 1.0, WFC: Unique Att Spec).
 */
export class AttributeTable {
  count = 0;
  /** Where the name of the element ends. */
  elementEnd = 0;
  #nameStarts = new Int32Array(64);
  #nameEnds = new Int32Array(64);
  #valueStarts = new Int32Array(64);
  #valueEnds = new Int32Array(64);
  /** For each slot the last attribute in it, as `#epoch` + its index; what is below `#epoch` is of an earlier tag. */
  readonly #heads = new Float64Array(SLOTS).fill(-1);
  /** The attribute before in the same slot, as in `#heads`. */
  #before = new Float64Array(64);
  #epoch = 0;
  #names: Set<string> | null = null;

  /** Begins with the next tag. */
  begin(elementEnd: number): void {
    this.elementEnd = elementEnd;
    this.#epoch += this.count;
    this.count = 0;
    this.#names = null;
  }

  /** Notes a name. @returns False where the tag has an attribute of this name. */
  addName(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.count === this.#nameStarts.length) this.#grow();
    const index = this.count;
    const slot = ((end - start) * 31 + bytes[start] * 7 + bytes[end - 1] + bytes[(start + end) >> 1] * 3) % SLOTS;
    if (this.#isTaken(bytes, start, end, slot)) return false;
    this.#nameStarts[index] = start;
    this.#nameEnds[index] = end;
    this.#before[index] = this.#heads[slot];
    this.#heads[slot] = this.#epoch + index;
    this.count = index + 1;
    return true;
  }

  /** Notes the value, without its quotes, of the name added last. */
  addValue(start: number, end: number): void {
    this.#valueStarts[this.count - 1] = start;
    this.#valueEnds[this.count - 1] = end;
  }

  nameStart(index: number): number {
    return this.#nameStarts[index];
  }
  nameEnd(index: number): number {
    return this.#nameEnds[index];
  }
  valueStart(index: number): number {
    return this.#valueStarts[index];
  }
  valueEnd(index: number): number {
    return this.#valueEnds[index];
  }

  /** @returns The index of the attribute with this name, or -1. */
  find(bytes: Uint8Array, name: Uint8Array): number {
    for (let i = 0; i < this.count; i++) {
      if (isExactly(bytes, this.#nameStarts[i], this.#nameEnds[i], name)) return i;
    }
    return -1;
  }

  #isTaken(bytes: Uint8Array, start: number, end: number, slot: number): boolean {
    if (this.#names !== null) return this.#isInSet(this.#names, bytes, start, end);
    let steps = 0;
    for (let other = this.#heads[slot] - this.#epoch; other >= 0; other = this.#before[other] - this.#epoch) {
      if (isSame(bytes, this.#nameStarts[other], this.#nameEnds[other], start, end)) return true;
      if (++steps === LONG_CHAIN) {
        this.#names = new Set();
        for (let i = 0; i < this.count; i++) this.#names.add(text(bytes, this.#nameStarts[i], this.#nameEnds[i]));
        return this.#isInSet(this.#names, bytes, start, end);
      }
    }
    return false;
  }

  #isInSet(names: Set<string>, bytes: Uint8Array, start: number, end: number): boolean {
    const before = names.size;
    return names.add(text(bytes, start, end)).size === before;
  }

  #grow(): void {
    const twice = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(old.length * 2);
      grown.set(old);
      return grown;
    };
    this.#nameStarts = twice(this.#nameStarts);
    this.#nameEnds = twice(this.#nameEnds);
    this.#valueStarts = twice(this.#valueStarts);
    this.#valueEnds = twice(this.#valueEnds);
    const before = new Float64Array(this.#before.length * 2);
    before.set(this.#before);
    this.#before = before;
  }
}

function isSame(bytes: Uint8Array, aStart: number, aEnd: number, bStart: number, bEnd: number): boolean {
  if (aEnd - aStart !== bEnd - bStart) return false;
  for (let k = 0; aStart + k < aEnd; k++) if (bytes[aStart + k] !== bytes[bStart + k]) return false;
  return true;
}

/** A name may begin with U+FEFF, and is another name without it. */
const NAMES = new TextDecoder('utf-8', { ignoreBOM: true });

function text(bytes: Uint8Array, start: number, end: number): string {
  return NAMES.decode(bytes.subarray(start, end));
}
