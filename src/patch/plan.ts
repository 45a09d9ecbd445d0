import type { Diagnostic } from '../errors.ts';
import type { LocatedKey } from '../locator/smtp-keys.ts';
import type { PropertyValue } from '../parser/metabase-key.ts';
import type { Span } from '../source/source.ts';

/** A change to the file: the `length` bytes at `offset` become `new`. */
export interface Edit extends Span {
  readonly kind: 'replace' | 'insert';
  readonly location: string;
  /** The raw text that is replaced, references not decoded; null if nothing is. */
  readonly old: string | null;
  readonly new: string;
  /** The property's value before and after this edit; before an insertion, the inherited value or the base. */
  readonly oldValue: number;
  readonly newValue: number;
}

/** The value that counts for a key, its own or inherited. */
export interface EffectiveValue {
  /** Before the run; null if there is none. */
  readonly effective: PropertyValue | null;
  /** The Location that it comes from, or `INHERITED_PROPERTIES`. */
  readonly source: string | null;
  /** What the edits make of it; null if there is none or if it is invalid. */
  readonly newValue: number | null;
}

/** One of the keys that can be patched, before and after the run. */
export interface Server extends EffectiveValue {
  readonly key: LocatedKey;
  readonly selected: boolean;
  /** The effective value before the run as a number; null if there is none or if it is invalid. */
  readonly value: number | null;
  /** Whether the key is in the requested state before the run; null for a key that is not selected. */
  readonly ok: boolean | null;
}

/** Everything to be done to a metabase. The edits are in the order of their offsets; there are none if nothing is to be done. */
export interface Plan {
  readonly servers: readonly Server[];
  readonly edits: readonly Edit[];
  readonly warnings: readonly Diagnostic[];
}
