import { isExactly } from './grammar.ts';

/** A name may begin with U+FEFF. */
const NAME = new TextDecoder('utf-8', { ignoreBOM: true });

/** The names of the elements that are open, one behind the other: a level costs its name and a number. */
export class OpenElements {
  #names = new Uint8Array(1024);
  readonly #ends = [0];

  get depth(): number {
    return this.#ends.length - 1;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    const from = this.#ends[this.depth];
    const to = from + end - start;
    if (to > this.#names.length) {
      const grown = new Uint8Array(to * 2);
      grown.set(this.#names);
      this.#names = grown;
    }
    this.#names.set(bytes.subarray(start, end), from);
    this.#ends.push(to);
  }

  pop(): void {
    this.#ends.pop();
  }

  /** @returns Whether the innermost open element has this name. */
  isTop(bytes: Uint8Array, start: number, end: number): boolean {
    return isExactly(bytes, start, end, this.#top());
  }

  /** @returns The name of the innermost open element. */
  top(): string {
    return NAME.decode(this.#top());
  }

  #top(): Uint8Array {
    return this.#names.subarray(this.#ends[this.depth - 1], this.#ends[this.depth]);
  }
}
