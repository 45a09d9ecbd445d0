import { selectionError, selectKeys } from '../locator/selection.ts';
import { type LocatedKey, locateKeys, patchableKeys, SERVICE } from '../locator/smtp-keys.ts';
import type { MetabaseError } from '../errors.ts';
import { PROPERTY, type PropertyValue } from '../parser/metabase-key.ts';
import { type Metabase, INHERITED_PROPERTIES } from '../parser/read-metabase.ts';
import { errorAt } from '../source/position.ts';
import { readSpan, type Source } from '../source/source.ts';
import { decodeUtf8 } from '../source/utf8.ts';
import { applyMasks } from '../verbs.ts';
import { Inserter } from './insertion.ts';
import type { Edit, EffectiveValue, Plan, Server } from './plan.ts';
import type { Request } from './request.ts';
import { findWarnings } from './warnings.ts';

/** What to do about a selected key that has no value at all: refuse the file, or only report it. */
export type MissingValues = 'refuse' | 'report';

/** @throws MetabaseError NO_SMTP_SERVER, UNKNOWN_SERVER, VALUE_INVALID, VALUE_MISSING; it carries the warnings about the file */
export function makePlan(source: Source, metabase: Metabase, request: Request, missing: MissingValues): Plan {
  const keys = locateKeys(metabase.keys);
  const patchable = patchableKeys(keys);
  const selected = selectKeys(patchable, request.servers);
  const planner = new Planner(
    source,
    request,
    selected,
    locateKeys(metabase.sections),
    new Inserter(source, patchable),
  );
  for (const path of ['/', '/lm']) planner.passDown(keys.get(path));
  const servers = patchable.map((key) => planner.planKey(key));
  const warnings = findWarnings(source, { metabase, keys, servers, request, invalid: planner.invalid });
  const reason = selectionError(patchable, request.servers) ?? planner.refusal(missing);
  if (reason !== null) throw Object.assign(reason, { warnings });
  // A file is patched whole or not at all: if a value is missing, a report shows no edits, because patch would make none.
  const edits = planner.missing.length > 0 ? [] : planner.edits.sort((a, b) => a.offset - b.offset);
  return { servers, edits, warnings };
}

/** Takes the keys from the top down, so that what a key inherits, before and after the edits, is known when its turn comes. */
class Planner {
  readonly edits: Edit[] = [];
  /** The values that are needed, but are not DWORDs. */
  readonly invalid = new Set<PropertyValue>();
  /** The offsets of the selected keys that have no value at all. */
  readonly missing: number[] = [];
  /** What the next key inherits from its ancestors in the file. */
  #inherited: EffectiveValue = { effective: null, source: null, newValue: null };

  /** @param sections What keys inherit from outside the file, by path. */
  constructor(
    private readonly source: Source,
    private readonly request: Request,
    private readonly selected: ReadonlySet<LocatedKey>,
    private readonly sections: ReadonlyMap<string, LocatedKey>,
    private readonly inserter: Inserter,
  ) {}

  /** Lets the keys below inherit the key's first inheritable value or, if it has none, what was inserted. */
  passDown(key: LocatedKey | undefined, inserted: number | null = null): void {
    const value = key?.values.find(({ inheritable }) => inheritable);
    if (key !== undefined && value !== undefined) this.#inherited = this.#valueOf(key, value);
    else if (inserted !== null) this.#inherited = { ...this.#inherited, newValue: inserted };
  }

  planKey(key: LocatedKey): Server {
    const own = key.values.at(0);
    const inherited = this.#withOutside(key.path);
    const counting = own === undefined ? inherited : this.#valueOf(key, own);
    const selected = this.selected.has(key) && !this.#isSkipped(key, counting);
    const before = this.edits.length;
    if (selected) for (const value of key.values) this.#replace(key, value);
    const inserted = selected && own === undefined ? this.#insertWhereNeeded(key, inherited) : null;
    if (key.path === SERVICE) this.passDown(key, inserted);
    const isUntouched = this.edits.length === before;
    const value = counting.effective?.dword ?? null;
    const ok = selected ? isUntouched && value !== null && this.#apply(value) === value : null;
    return { ...counting, key, selected, value, newValue: inserted ?? counting.newValue, ok };
  }

  /** @returns The error for the first value in the file that is needed but is not a DWORD, else for the first missing value. */
  refusal(policy: MissingValues): MetabaseError | null {
    const [invalid] = [...this.invalid].sort((a, b) => a.offset - b.offset);
    if (this.invalid.size > 0) {
      return errorAt(this.source, invalid.offset, 'VALUE_INVALID', String(invalid.problem));
    }
    if (this.missing.length === 0 || policy === 'report') return null;
    const message =
      `the key has no ${PROPERTY}, and nothing to inherit it from (the export of a branch does not hold ` +
      'what it inherits); --set-missing inserts it';
    const first = this.missing.reduce((least, each) => Math.min(least, each));
    return errorAt(this.source, first, 'VALUE_MISSING', message);
  }

  /** A value from outside the file counts after every ancestor in it: an import leaves it out unless it is asked for. */
  #withOutside(path: string): EffectiveValue {
    const fromFile = this.#inherited;
    if (fromFile.effective !== null) return fromFile;
    const values = [path, SERVICE, '/lm', '/'].map((each) => this.sections.get(each)?.values.at(0));
    const effective = values.find((each) => each !== undefined);
    if (effective === undefined) return fromFile;
    return { effective, source: INHERITED_PROPERTIES, newValue: fromFile.newValue ?? effective.dword };
  }

  /** The service is skipped if it has no value and only the default selects it: its servers have values of their own. */
  #isSkipped({ path }: LocatedKey, { effective }: EffectiveValue): boolean {
    const { setMissing, servers } = this.request;
    return path === SERVICE && effective === null && setMissing === null && servers === null && this.selected.size > 1;
  }

  #valueOf(key: LocatedKey, effective: PropertyValue): EffectiveValue {
    const { dword } = effective;
    const newValue = dword !== null && this.selected.has(key) ? this.#apply(dword) : dword;
    return { effective, source: key.location, newValue };
  }

  #replace({ location }: LocatedKey, value: PropertyValue): void {
    const { dword, span } = value;
    if (dword === null || span === null) {
      this.invalid.add(value);
      return;
    }
    const newValue = this.#apply(dword);
    if (newValue === dword) return;
    const old = decodeUtf8(readSpan(this.source, span));
    this.edits.push({ ...span, kind: 'replace', location, old, new: String(newValue), oldValue: dword, newValue });
  }

  /** @returns The value that is inserted, or null. */
  #insertWhereNeeded(key: LocatedKey, { effective, newValue }: EffectiveValue): number | null {
    const { setMissing } = this.request;
    if (newValue !== null) return this.#apply(newValue) === newValue ? null : this.#insert(key, newValue);
    if (effective !== null) this.invalid.add(effective);
    else if (setMissing !== null) return this.#insert(key, setMissing);
    else this.missing.push(key.elements[0].tag.offset);
    return null;
  }

  #insert({ elements, location }: LocatedKey, oldValue: number): number {
    const newValue = this.#apply(oldValue);
    const insertion = this.inserter.insertion(elements[0], newValue);
    this.edits.push({ kind: 'insert', location, ...insertion, oldValue, newValue });
    return newValue;
  }

  #apply(value: number): number {
    return applyMasks(value, this.request.disable, this.request.enable);
  }
}
