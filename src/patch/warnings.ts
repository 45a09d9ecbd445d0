import { isPatchable, type LocatedKey } from '../locator/smtp-keys.ts';
import { PROPERTY } from '../parser/metabase-key.ts';
import { toHex, unnamedBits, VERBS } from '../verbs.ts';
import type { Server, Warning } from './plan.ts';
import type { Request } from './request.ts';

/** A warning about a key: it has a place. */
type KeyWarning = Warning & { readonly offset: number };

/** @returns What a careful reader of the metabase would point out, in the order of the file. */
export function findWarnings(
  keys: ReadonlyMap<string, LocatedKey>,
  servers: readonly Server[],
  request: Request,
): Warning[] {
  const ofKeys = [...keys.values()].flatMap((key) => [
    ...severalElements(key),
    ...severalValues(key),
    ...deeperValue(key),
    ...invalidValues(key),
  ]);
  ofKeys.sort((a, b) => a.offset - b.offset);
  return [...unnamedMask(request), ...binaryMimeAlone(servers, request), ...ofKeys];
}

function severalElements({ elements, location }: LocatedKey): KeyWarning[] {
  if (elements.length < 2) return [];
  const message = `the Location ${location} stands in the file ${String(elements.length)} times; all count as one key`;
  return [{ code: 'SEVERAL_KEYS', message, offset: elements[1].tag.offset }];
}

function severalValues({ values, location, path }: LocatedKey): KeyWarning[] {
  if (values.length < 2 || !isPatchable(path)) return [];
  const message = `${location} has ${PROPERTY} ${String(values.length)} times; the first counts as its value`;
  return [{ code: 'SEVERAL_VALUES', message, offset: values[1].offset }];
}

function deeperValue({ values, location, path }: LocatedKey): KeyWarning[] {
  const isDeeper = path.startsWith('/lm/smtpsvc/') && !isPatchable(path);
  if (!isDeeper || values.length === 0) return [];
  const message = `${location} is no virtual server, but has ${PROPERTY}; it is left as it is`;
  return [{ code: 'DEEPER_VALUE', message, offset: values[0].offset }];
}

/** Where a value is needed, an invalid one has stopped the plan before. */
function invalidValues({ values, location }: LocatedKey): KeyWarning[] {
  const invalid = values.filter(({ dword }) => dword === null);
  const message = `${PROPERTY} of ${location} is no DWORD; it is not needed here and left as it is`;
  return invalid.map(({ offset }) => ({ code: 'VALUE_INVALID', message, offset }));
}

function unnamedMask({ disable, enable }: Request): Warning[] {
  const unnamed = unnamedBits(disable | enable);
  if (unnamed === 0) return [];
  return [{ code: 'UNNAMED_BITS', message: `no verb is known for the bits ${toHex(unnamed)}`, offset: null }];
}

/** RFC 3030: BINARYMIME can be used only with CHUNKING. */
function binaryMimeAlone(servers: readonly Server[], { disable }: Request): Warning[] {
  if ((disable & VERBS.CHUNKING) === 0) return [];
  const alone = servers.find(({ selected, newValue }) => selected && ((newValue ?? 0) & VERBS.BINARYMIME) !== 0);
  if (alone === undefined) return [];
  const message = `CHUNKING is turned off, but BINARYMIME, which needs it (RFC 3030), stays on at ${alone.key.location}`;
  return [{ code: 'BINARYMIME_WITHOUT_CHUNKING', message, offset: alone.key.elements[0].tag.offset }];
}
