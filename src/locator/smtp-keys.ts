import type { MetabaseKey, PropertyValue } from '../parser/metabase-key.ts';

export const SERVICE = '/lm/smtpsvc';

/** A metabase key with all its elements: keys with the same Location count as one. */
export interface LocatedKey {
  /** The Location in a form that can be compared, as from `toPath`. */
  readonly path: string;
  /** The Location as it is written in the first element. */
  readonly location: string;
  /** The first ServerComment of its elements; null if there is none. */
  readonly comment: string | null;
  readonly elements: readonly MetabaseKey[];
  /** All values of the property, in the order of the file, the attribute before Customs in each element. */
  readonly values: readonly PropertyValue[];
}

/** @returns The Location in a form that can be compared: ASCII letters in lower case, without one trailing slash. */
export function toPath(location: string): string {
  const lower = location.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return lower.length > 1 && lower.endsWith('/') ? lower.slice(0, -1) : lower;
}

/** @returns The keys by path, in the order of the file. */
export function locateKeys(keys: readonly MetabaseKey[]): ReadonlyMap<string, LocatedKey> {
  const elementsAt = new Map<string, MetabaseKey[]>();
  for (const key of keys) {
    const path = toPath(key.location);
    const known = elementsAt.get(path);
    if (known === undefined) elementsAt.set(path, [key]);
    else known.push(key);
  }
  return new Map(Array.from(elementsAt, ([path, elements]) => [path, locatedKey(path, elements)]));
}

function locatedKey(path: string, elements: readonly MetabaseKey[]): LocatedKey {
  const comment = elements.find((key) => key.comment !== null)?.comment ?? null;
  return { path, location: elements[0].location, comment, elements, values: elements.flatMap(({ values }) => values) };
}

/** @returns Whether the path is the SMTP service or one of its virtual servers, the keys that can be patched. */
export function isPatchable(path: string): boolean {
  return path === SERVICE || /^\/lm\/smtpsvc\/[0-9]+$/.test(path);
}

/** @returns The service key first, then the virtual servers in the order of the file. */
export function patchableKeys(keys: ReadonlyMap<string, LocatedKey>): LocatedKey[] {
  const service = keys.get(SERVICE);
  const servers = [...keys.values()].filter(({ path }) => path !== SERVICE && isPatchable(path));
  return service === undefined ? servers : [service, ...servers];
}
