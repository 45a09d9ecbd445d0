import type { Code } from '../errors.ts';
import type { LocatedKey } from '../locator/smtp-keys.ts';
import type { Span } from '../source/source.ts';

/** A change of the text: `length` bytes at `offset` (UTF-8) become `new`. */
export interface Edit extends Span {
  readonly kind: 'replace' | 'insert';
  readonly location: string;
  /** What stood there, references not decoded; null where nothing did. */
  readonly old: string | null;
  readonly new: string;
}

/** One of the keys that can be patched, before and after the run. */
export interface Server {
  readonly key: LocatedKey;
  readonly selected: boolean;
  /** The effective value, null where there is none or where it is invalid. */
  readonly value: number | null;
  /** The Location that the value comes from. */
  readonly source: string | null;
  /** The effective value after the run. */
  readonly newValue: number | null;
  /** Whether the key is in the requested state before the run; told of selected keys alone. */
  readonly ok: boolean;
}

/** A finding that does not stop the work; `offset` is null where it has no place. */
export interface Warning {
  readonly code: Code;
  readonly message: string;
  readonly offset: number | null;
}

/** All that is to be done to a metabase: the edits in the order of their offsets. An empty list: nothing to do. */
export interface Plan {
  readonly servers: readonly Server[];
  readonly edits: readonly Edit[];
  readonly warnings: readonly Warning[];
}
