import { selectKeys } from '../locator/selection.ts';
import { type LocatedKey, locateKeys, patchableKeys, SERVICE } from '../locator/smtp-keys.ts';
import { type MetabaseKey, PROPERTY, type PropertyValue } from '../parser/metabase-key.ts';
import { readMetabase } from '../parser/read-metabase.ts';
import { assertUtf8 } from '../source/encoding.ts';
import { errorAt } from '../source/position.ts';
import type { Source } from '../source/source.ts';
import { applyMasks } from '../verbs.ts';
import { firstLineEnd, insertion } from './insertion.ts';
import type { Edit, Plan, Server } from './plan.ts';
import type { Request } from './request.ts';
import { findWarnings } from './warnings.ts';

/** What becomes of a selected key that has no value at all: patch refuses it, the others report it. */
export type MissingValues = 'refuse' | 'report';

/** The value that counts for a key, as its own or inherited: before the run, and what the edits so far make of it. */
interface Effective {
  readonly value: PropertyValue | null;
  /** The Location that the value comes from. */
  readonly source: string | null;
  readonly after: number | null;
}

const NOTHING: Effective = { value: null, source: null, after: null };

/**
 * Reads a metabase and plans its patch, window by window: it yields the offset reached after each, so that the caller
 * can do something else meanwhile.
 * @throws MetabaseError as `assertUtf8`, `readMetabase` and `makePlan` do
 */
export function* planInSteps(source: Source, request: Request, missing: MissingValues): Generator<number, Plan> {
  assertUtf8(source);
  const keys = yield* readMetabase(source);
  return makePlan(source, keys, request, missing);
}

/** The same without a break. @param onStep Is called with each offset reached. */
export function planPatch(
  source: Source,
  request: Request,
  missing: MissingValues,
  onStep?: (offset: number) => void,
): Plan {
  const steps = planInSteps(source, request, missing);
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) onStep?.(step.value);
  return step.value;
}

/**
 * Takes the keys from the top down, so that what a key inherits, before and after, is known when its turn comes.
 * @param keys The keys on the path of the SMTP service, from the parser.
 * @throws MetabaseError NO_SMTP_SERVER, UNKNOWN_SERVER, VALUE_INVALID, VALUE_MISSING
 */
export function makePlan(source: Source, keys: readonly MetabaseKey[], request: Request, missing: MissingValues): Plan {
  const located = locateKeys(keys);
  const selected = new Set(selectKeys(located, request.servers));
  const planner = new Planner(source, request, selected);
  let inherited = NOTHING;
  for (const path of ['/', '/lm']) inherited = planner.handedDown(located.get(path), inherited);
  const servers = patchableKeys(located).map((key) => {
    const { server, inserted } = planner.plan(key, inherited);
    if (key.path !== SERVICE) return server;
    inherited = inserted === null ? planner.handedDown(key, inherited) : { ...inherited, after: inserted };
    return server;
  });
  planner.refuse(missing);
  const edits = planner.edits.sort((a, b) => a.offset - b.offset);
  return { servers, edits, warnings: findWarnings(located, servers, request) };
}

class Planner {
  readonly edits: Edit[] = [];
  /** The file's first line end, looked for once. */
  #lineEnd: string | null = null;
  /** Where the values stand that are needed, but are no DWORD; and the selected keys that have none at all. */
  readonly #invalid: number[] = [];
  readonly #missing: number[] = [];

  constructor(
    private readonly source: Source,
    private readonly request: Request,
    private readonly selected: ReadonlySet<LocatedKey>,
  ) {}

  /** @returns The key before and after the run, and the value that was inserted into it. */
  plan(key: LocatedKey, inherited: Effective): { server: Server; inserted: number | null } {
    const own = key.values.at(0);
    const effective = own === undefined ? inherited : this.#effective(key, own);
    const isSelected = this.selected.has(key);
    const todo = this.edits.length + this.#missing.length;
    if (isSelected) for (const value of key.values) this.#replace(key, value);
    const inserted = isSelected && own === undefined ? this.#insertWhereNeeded(key, inherited) : null;
    const isUntouched = this.edits.length + this.#missing.length === todo;
    const value = effective.value?.dword ?? null;
    const newValue = inserted ?? effective.after;
    const isRight = value === null ? newValue === null : this.#apply(value) === value;
    const { source } = effective;
    const server = { key, selected: isSelected, value, source, newValue, ok: isUntouched && isRight };
    return { server, inserted };
  }

  /** @returns What the keys below inherit: the key's first inheritable value, or else what it inherits itself. */
  handedDown(key: LocatedKey | undefined, inherited: Effective): Effective {
    const value = key?.values.find(({ inheritable }) => inheritable);
    return key === undefined || value === undefined ? inherited : this.#effective(key, value);
  }

  /** @throws MetabaseError for the first value in the file that is needed and no DWORD, else for the first missing one */
  refuse(missing: MissingValues): void {
    const first = (offsets: readonly number[]): number => offsets.reduce((least, each) => Math.min(least, each));
    if (this.#invalid.length > 0) {
      const message = `${PROPERTY} must be a DWORD: digits only, 0 to 4294967295`;
      throw errorAt(this.source, first(this.#invalid), 'VALUE_INVALID', message);
    }
    if (this.#missing.length === 0 || missing === 'report') return;
    const message =
      `the key has no ${PROPERTY}, nor anything to inherit it from (the export of a branch does not hold ` +
      'what it inherits); --set-missing inserts it';
    throw errorAt(this.source, first(this.#missing), 'VALUE_MISSING', message);
  }

  #effective(key: LocatedKey, value: PropertyValue): Effective {
    const { dword } = value;
    const after = dword !== null && this.selected.has(key) ? this.#apply(dword) : dword;
    return { value, source: key.location, after };
  }

  #replace({ location }: LocatedKey, { dword, span, raw, offset }: PropertyValue): void {
    if (dword === null || span === null) this.#invalid.push(offset);
    else if (this.#apply(dword) !== dword) {
      this.edits.push({ ...span, kind: 'replace', location, old: raw, new: String(this.#apply(dword)) });
    }
  }

  #insertWhereNeeded(key: LocatedKey, { value, after }: Effective): number | null {
    const { setMissing, servers } = this.request;
    if (after !== null) return this.#apply(after) === after ? null : this.#insert(key, this.#apply(after));
    if (value !== null) this.#invalid.push(value.offset);
    else if (setMissing !== null) return this.#insert(key, this.#apply(setMissing));
    // The service is passed over where only the default selects it: its servers have values of their own.
    else if (key.path !== SERVICE || servers !== null) this.#missing.push(key.elements[0].tag.offset);
    return null;
  }

  #insert({ elements, location }: LocatedKey, value: number): number {
    const lineEnd = (): string => (this.#lineEnd ??= firstLineEnd(this.source));
    this.edits.push({ kind: 'insert', location, ...insertion(this.source, elements[0], value, lineEnd) });
    return value;
  }

  #apply(value: number): number {
    return applyMasks(value, this.request.disable, this.request.enable);
  }
}
