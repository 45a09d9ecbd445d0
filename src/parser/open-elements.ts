import { decodeUtf8 } from '../source/utf8.ts';
import { isSame } from './grammar.ts';

/** The names of the open elements, one after the other in one array: each level costs its name and a number. */
export class OpenElements {
  depth = 0;
  #names = new Uint8Array(1024);
  /** Where the name of each level ends, after a 0. */
  readonly #ends = [0];

  push(bytes: Uint8Array, start: number, end: number): void {
    let at = this.#ends[this.depth];
    if (at + end - start > this.#names.length) {
      const grown = new Uint8Array((at + end - start) * 2);
      grown.set(this.#names);
      this.#names = grown;
    }
    // Names are short, so a loop is faster than copying a view.
    for (let i = start; i < end; i++) this.#names[at++] = bytes[i];
    this.#ends[++this.depth] = at;
  }

  pop(): void {
    this.depth--;
  }

  /** @returns Whether the innermost open element has this name. */
  isTop(bytes: Uint8Array, start: number, end: number): boolean {
    return isSame(bytes, start, end, this.#names, this.#ends[this.depth - 1], this.#ends[this.depth]);
  }

  /** @returns The name of the innermost open element. */
  top(): string {
    return decodeUtf8(this.#names.subarray(this.#ends[this.depth - 1], this.#ends[this.depth]));
  }
}
