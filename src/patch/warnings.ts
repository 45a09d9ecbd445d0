import { type Code, type Diagnostic, warningWithoutPosition } from '../errors.ts';
import { isPatchable, type LocatedKey, SERVICE } from '../locator/smtp-keys.ts';
import { PROPERTY, type PropertyValue } from '../parser/metabase-key.ts';
import type { Metabase } from '../parser/read-metabase.ts';
import { positionsOf } from '../source/position.ts';
import type { Source } from '../source/source.ts';
import { DEFAULT_VALUE, toHex, toVerbWords, unnamedBits, VERBS } from '../verbs.ts';
import { SECTION, type Server } from './plan.ts';
import type { Request } from './request.ts';

/** What the warnings are about. */
interface Planned {
  readonly metabase: Metabase;
  /** The keys by path. */
  readonly keys: ReadonlyMap<string, LocatedKey>;
  readonly servers: readonly Server[];
  readonly request: Request;
  /** The values that are needed but are not DWORDs: these are errors, not warnings. */
  readonly needed: readonly PropertyValue[];
}

interface Warning {
  readonly code: Code;
  readonly message: string;
  readonly offset: number;
}

/** @returns What a careful reader of the metabase would point out, in the order of the file; warnings without a position come first. */
export function findWarnings(source: Source, planned: Planned): Diagnostic[] {
  const { metabase, keys, servers, request } = planned;
  const found = [
    ...[...keys.values()].flatMap((key) => [...severalKeys(key), ...severalValues(key), ...deeperValue(key)]),
    ...invalidValues(planned),
    ...otherIds([...keys.values()]),
    ...exchange(metabase),
    ...unusualBits(servers, request),
    ...binaryMimeAlone(servers, request),
  ];
  found.sort((a, b) => a.offset - b.offset);
  const positionOf = positionsOf(
    source,
    found.map(({ offset }) => offset),
  );
  return [
    ...unnamedMask(request),
    ...found.map(({ code, message, offset }) => ({ code, message, ...positionOf(offset) })),
  ];
}

function severalKeys({ elements, location }: LocatedKey): Warning[] {
  if (elements.length < 2) return [];
  const message = `the Location ${location} is in the file ${String(elements.length)} times; all count as one key`;
  return [{ code: 'SEVERAL_KEYS', message, offset: elements[1].tag.offset }];
}

function severalValues({ values, location, path }: LocatedKey): Warning[] {
  if (values.length < 2 || !isPatchable(path)) return [];
  const message = `${location} has ${PROPERTY} ${String(values.length)} times; the first counts as its value`;
  return [{ code: 'SEVERAL_VALUES', message, offset: values[1].offset }];
}

function isDeeper(path: string): boolean {
  return path.startsWith(`${SERVICE}/`) && !isPatchable(path);
}

function deeperValue({ values, location, path }: LocatedKey): Warning[] {
  if (!isDeeper(path) || values.length === 0) return [];
  const message = `${location} is not a virtual server, but has ${PROPERTY}; it is left as it is`;
  return [{ code: 'DEEPER_VALUE', message, offset: values[0].offset }];
}

/** The values of other keys, and of sections, on the path of the SMTP service. */
function invalidValues({ metabase, keys, needed }: Planned): Warning[] {
  const shallow = [...keys.values()].filter(({ path }) => !isDeeper(path));
  return [...shallow, ...metabase.inherited].flatMap(({ location, values }) => {
    const unneeded = values.filter((value) => !needed.includes(value));
    return unneeded.flatMap(({ problem, offset }): Warning[] => {
      if (problem === null) return [];
      const message = `${problem}; at ${location} it is not needed, and it is left as it is`;
      return [{ code: 'VALUE_INVALID', message, offset }];
    });
  });
}

function otherIds(keys: readonly LocatedKey[]): Warning[] {
  const message =
    `this Custom is named ${PROPERTY}, but its ID is not 36998 or 3699800, so IIS takes it for another property; ` +
    'it is left as it is';
  const offsets = keys
    .filter(({ path }) => isPatchable(path))
    .flatMap(({ elements }) => elements.flatMap((element) => element.otherIds));
  return offsets.map((offset) => ({ code: 'OTHER_ID', message, offset }));
}

/** The DS2MB service of Exchange 2000 and 2003 copies SMTP settings from Active Directory to the metabase (KB 240105, KB 321757). */
function exchange({ ds2mb }: Metabase): Warning[] {
  if (ds2mb === null) return [];
  const message =
    'this server has Exchange 2000 or 2003, which overwrites the value with that of Active Directory; ' +
    'change msExchSmtpInboundCommandSupportOptions of the virtual server there instead (ADSI Edit)';
  return [{ code: 'EXCHANGE_OVERWRITES', message, offset: ds2mb }];
}

/** KB 286673 says to subtract the bit. To do so twice, or from a value without the bit, sets bits that nothing uses. */
function unusualBits(servers: readonly Server[], { disable }: Request): Warning[] {
  const values = new Set<PropertyValue>();
  for (const { key, selected, effective, source } of servers) {
    if (!selected) continue;
    for (const value of key.values) values.add(value);
    if (effective !== null && source !== SECTION) values.add(effective);
  }
  return [...values].flatMap(({ dword, offset }) => {
    const bits = (unnamedBits(dword ?? 0) & ~DEFAULT_VALUE) >>> 0;
    if (bits === 0) return [];
    const cure = [...toVerbWords(disable & ~bits), toHex(bits)].join(',');
    const message =
      `the value has bits that neither a verb nor the default uses (${toHex(bits)}): a bit was probably subtracted ` +
      `twice; --disable ${cure} clears them`;
    return [{ code: 'UNUSUAL_BITS', message, offset }];
  });
}

function unnamedMask({ disable, enable }: Request): Diagnostic[] {
  const unnamed = unnamedBits(disable | enable);
  if (unnamed === 0) return [];
  return [warningWithoutPosition('UNNAMED_MASK', `no verb is known for the bits ${toHex(unnamed)}`)];
}

/** RFC 3030: BINARYMIME can be used only with CHUNKING. */
function binaryMimeAlone(servers: readonly Server[], { disable }: Request): Warning[] {
  if ((disable & VERBS.CHUNKING) === 0) return [];
  return servers
    .filter(({ selected, newValue }) => selected && ((newValue ?? 0) & VERBS.BINARYMIME) !== 0)
    .map(({ key: { location, elements } }) => {
      const message = `CHUNKING is turned off, but BINARYMIME, which needs it (RFC 3030), stays on at ${location}`;
      return { code: 'BINARYMIME_WITHOUT_CHUNKING', message, offset: elements[0].tag.offset };
    });
}
