import type { PropertyValue } from '../parser/metabase-key.ts';
import { ancestors, type LocatedKey } from './smtp-keys.ts';

/** The value that counts for a key, and the key it comes from: the key itself or an ancestor. */
export interface EffectiveValue {
  readonly value: PropertyValue;
  readonly from: LocatedKey;
}

/** @returns The key's own first value, else the nearest ancestor's first inheritable one, else null. */
export function effectiveValue(key: LocatedKey, keys: ReadonlyMap<string, LocatedKey>): EffectiveValue | null {
  const own = key.values.at(0);
  return own === undefined ? inheritedValue(key, keys) : { value: own, from: key };
}

/** @returns The nearest ancestor's first inheritable value, or null. */
function inheritedValue(key: LocatedKey, keys: ReadonlyMap<string, LocatedKey>): EffectiveValue | null {
  for (const ancestor of ancestors(key, keys)) {
    const value = ancestor.values.find(({ inheritable }) => inheritable);
    if (value !== undefined) return { value, from: ancestor };
  }
  return null;
}
