import type { Code } from '../errors.ts';
import { effectiveValue } from '../locator/inheritance.ts';
import { isService, selectKeys } from '../locator/selection.ts';
import { ancestors, type LocatedKey, locateKeys, patchableKeys } from '../locator/smtp-keys.ts';
import { type MetabaseKey, PROPERTY, type PropertyValue } from '../parser/metabase-key.ts';
import { errorAt } from '../source/position.ts';
import type { Span } from '../source/source.ts';
import type { Encoding, Text } from '../source/text.ts';
import { applyMasks } from '../verbs.ts';
import { firstLineEnd, insertion } from './insertion.ts';
import type { Request } from './request.ts';
import { findWarnings } from './warnings.ts';

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
  /** Whether the key is in the requested state before the run. */
  readonly isOk: boolean;
}

/** A finding that does not stop the work; `offset` is null where it has no place. */
export interface Warning {
  readonly code: Code;
  readonly message: string;
  readonly offset: number | null;
}

/** All that is to be done to a metabase: the edits in the order of their offsets. An empty list: nothing to do. */
export interface Plan {
  readonly encoding: Encoding;
  readonly servers: readonly Server[];
  readonly edits: readonly Edit[];
  readonly warnings: readonly Warning[];
}

/** What becomes of a selected key that has no value at all: patch refuses it, the others report it. */
export type MissingValues = 'refuse' | 'report';

/**
 * @param keys The keys on the path of the SMTP service, from the parser.
 * @throws MetabaseError NO_SMTP_SERVER, UNKNOWN_SERVER, VALUE_INVALID, VALUE_MISSING
 */
export function makePlan(text: Text, keys: readonly MetabaseKey[], request: Request, missing: MissingValues): Plan {
  const located = locateKeys(keys);
  const selected = new Set(selectKeys(located, request.servers));
  refuseInvalidValues(text, located, selected);
  const planner = new Planner(text, located, selected, request);
  for (const key of selected) planner.patch(key);
  if (missing === 'refuse') planner.refuseMissing();
  const servers = patchableKeys(located).map((key) => planner.server(key));
  return {
    encoding: text.encoding,
    servers,
    edits: planner.edits.sort((a, b) => a.offset - b.offset),
    warnings: findWarnings(text, located, servers, request),
  };
}

/** A value that is what it should be; a selected key has no others, for these stop the plan. */
type DwordValue = PropertyValue & { readonly dword: number; readonly span: Span };

function isDword(value: PropertyValue): value is DwordValue {
  return value.dword !== null && value.span !== null;
}

/** Refuses the first value, in the order of the file, that the plan needs but that is no DWORD. */
function refuseInvalidValues(text: Text, keys: ReadonlyMap<string, LocatedKey>, selected: Set<LocatedKey>): void {
  const needed = [...selected].flatMap((key): PropertyValue[] => {
    const effective = effectiveValue(key, keys);
    return key.values.length > 0 || effective === null ? [...key.values] : [effective.value];
  });
  const invalid = needed.filter((value) => !isDword(value)).map(({ offset }) => offset);
  if (invalid.length === 0) return;
  const first = invalid.reduce((least, offset) => Math.min(least, offset));
  throw errorAt(text, first, 'VALUE_INVALID', `${PROPERTY} must be a DWORD: digits only, 0 to 4294967295`);
}

/** Takes the selected keys from the top down; an ancestor is patched before what inherits from it. */
class Planner {
  readonly edits: Edit[] = [];
  readonly #inserted = new Map<LocatedKey, number>();
  readonly #missing = new Set<LocatedKey>();
  /** The file's first line end, looked for once. */
  #lineEnd: string | null = null;

  constructor(
    private readonly text: Text,
    private readonly keys: ReadonlyMap<string, LocatedKey>,
    private readonly selected: ReadonlySet<LocatedKey>,
    private readonly request: Request,
  ) {}

  patch(key: LocatedKey): void {
    if (key.values.length > 0) for (const value of key.values.filter(isDword)) this.#replace(key, value);
    else this.#insertWhereNeeded(key);
  }

  /** @throws MetabaseError VALUE_MISSING for the first key, in the order of the file, without a value */
  refuseMissing(): void {
    const offsets = [...this.#missing].map(({ elements }) => elements[0].tag.offset);
    if (offsets.length === 0) return;
    const first = offsets.reduce((least, offset) => Math.min(least, offset));
    const message =
      `the key has no ${PROPERTY}, nor anything to inherit it from (the export of a branch does not hold ` +
      'what it inherits); --set-missing inserts it';
    throw errorAt(this.text, first, 'VALUE_MISSING', message);
  }

  server(key: LocatedKey): Server {
    const effective = effectiveValue(key, this.keys);
    const value = effective?.value.dword ?? null;
    const isSelected = this.selected.has(key);
    return {
      key,
      selected: isSelected,
      value,
      source: effective?.from.location ?? null,
      newValue: this.#valueAfter(key),
      isOk: value === null ? !this.#missing.has(key) : this.#isRight(key, value),
    };
  }

  #replace(key: LocatedKey, { dword, span, raw }: DwordValue): void {
    const changed = this.#apply(dword);
    if (changed === dword) return;
    this.edits.push({ ...span, kind: 'replace', location: key.location, old: raw, new: String(changed) });
  }

  #insertWhereNeeded(key: LocatedKey): void {
    const inherited = this.#valueAfter(key);
    if (inherited === null) this.#insertMissing(key);
    else if (this.#apply(inherited) !== inherited) this.#insert(key, this.#apply(inherited));
  }

  #insertMissing(key: LocatedKey): void {
    const { setMissing, servers } = this.request;
    if (setMissing !== null) this.#insert(key, this.#apply(setMissing));
    // The service is passed over where only the default selects it: its servers have values of their own.
    else if (!isService(key) || servers !== null) this.#missing.add(key);
  }

  #insert(key: LocatedKey, value: number): void {
    this.#inserted.set(key, value);
    const edit = insertion(this.text, key.elements[0], value, () => (this.#lineEnd ??= firstLineEnd(this.text)));
    this.edits.push({ kind: 'insert', location: key.location, ...edit });
  }

  /** @returns The effective value as the edits so far make it. */
  #valueAfter(key: LocatedKey): number | null {
    for (const each of [key, ...ancestors(key, this.keys)]) {
      const inserted = this.#inserted.get(each);
      if (inserted !== undefined) return inserted;
      const value = each.values.find(({ inheritable }) => inheritable || each === key);
      if (value === undefined) continue;
      return isDword(value) && this.selected.has(each) ? this.#apply(value.dword) : value.dword;
    }
    return null;
  }

  #isRight(key: LocatedKey, value: number): boolean {
    const all = key.values.length > 0 ? key.values.map(({ dword }) => dword) : [value];
    return all.every((each) => each !== null && this.#apply(each) === each);
  }

  #apply(value: number): number {
    return applyMasks(value, this.request.disable, this.request.enable);
  }
}
