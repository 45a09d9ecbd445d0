import { decodeUtf8 } from '../source/utf8.ts';

/** The names of the open elements, one after the other in one array: each level costs its name and a number. */
export class OpenElements {
  #names = new Uint8Array(1024);
  readonly #ends = [0];

  get depth(): number {
    return this.#ends.length - 1;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    let at = this.#ends[this.depth];
    if (at + end - start > this.#names.length) {
      const grown = new Uint8Array((at + end - start) * 2);
      grown.set(this.#names);
      this.#names = grown;
    }
    // Names are short, so a loop is faster than copying a view.
    for (let i = start; i < end; i++) this.#names[at++] = bytes[i];
    this.#ends.push(at);
  }

  pop(): void {
    this.#ends.pop();
  }

  /** @returns Whether the innermost open element has this name. */
  isTop(bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#ends[this.depth - 1];
    if (this.#ends[this.depth] - from !== end - start) return false;
    for (let k = 0; start + k < end; k++) if (bytes[start + k] !== this.#names[from + k]) return false;
    return true;
  }

  /** @returns The name of the innermost open element. */
  top(): string {
    return decodeUtf8(this.#names.subarray(this.#ends[this.depth - 1], this.#ends[this.depth]));
  }
}
