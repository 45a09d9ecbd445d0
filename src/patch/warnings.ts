import { type Code, type Diagnostic, warningWithoutPosition } from '../errors.ts';
import { isPatchable, type LocatedKey, SERVICE } from '../locator/smtp-keys.ts';
import { PROPERTY, type PropertyValue } from '../parser/metabase-key.ts';
import { type Metabase, INHERITED_PROPERTIES } from '../parser/read-metabase.ts';
import { positionsOf } from '../source/position.ts';
import type { Source } from '../source/source.ts';
import { DEFAULT_VALUE, toHex, toVerbWords, unnamedBits, VERBS } from '../verbs.ts';
import type { Server } from './plan.ts';
import type { Request } from './request.ts';

/** What the warnings are about. */
interface Planned {
  readonly metabase: Metabase;
  /** The keys by path. */
  readonly keys: ReadonlyMap<string, LocatedKey>;
  readonly servers: readonly Server[];
  readonly request: Request;
  /** The values that are needed but are not DWORDs: these are errors, not warnings. */
  readonly invalid: ReadonlySet<PropertyValue>;
}

type Warning = readonly [Code, offset: number, message: string];

/** @returns What a careful reader would point out, in the order of the file; warnings without a position come first. */
export function findWarnings(source: Source, planned: Planned): Diagnostic[] {
  const { metabase, keys, servers, request } = planned;
  const found = [
    ...[...keys.values()].flatMap((key) => [...aboutKey(key)]),
    ...aboutInvalidValues(planned),
    ...aboutExchange(metabase),
    ...aboutUnusualBits(servers, request),
    ...aboutBinaryMime(servers, request),
  ];
  found.sort(([, a], [, b]) => a - b);
  const positionOf = positionsOf(
    source,
    found.map(([, offset]) => offset),
  );
  return [...aboutMask(request), ...found.map(([code, offset, message]) => ({ code, message, ...positionOf(offset) }))];
}

function* aboutKey({ elements, values, location, path }: LocatedKey): Generator<Warning> {
  if (elements.length > 1) {
    const message = `the Location ${location} is in the file ${elements.length} times; all count as one key`;
    yield ['SEVERAL_KEYS', elements[1].tag.offset, message];
  }
  if (isDeeper(path) && values.length > 0) {
    const message = `${location} is not a virtual server, but has ${PROPERTY}; it is left as it is`;
    yield ['DEEPER_VALUE', values[0].offset, message];
  }
  if (!isPatchable(path)) return;
  if (values.length > 1) {
    const message = `${location} has ${PROPERTY} ${values.length} times; the first counts as its value, and a patch changes all`;
    yield ['SEVERAL_VALUES', values[1].offset, message];
  }
  for (const offset of elements.flatMap(({ otherIds }) => otherIds)) {
    const message =
      `this Custom is named ${PROPERTY}, but its ID is not 36998 or 3699800, so IIS takes it for another property; ` +
      'it is left as it is';
    yield ['OTHER_ID', offset, message];
  }
}

function isDeeper(path: string): boolean {
  return path.startsWith(`${SERVICE}/`) && !isPatchable(path);
}

/** The values of other keys, and of sections, on the path of the SMTP service. */
function* aboutInvalidValues({ metabase, keys, invalid }: Planned): Generator<Warning> {
  const shallow = [...keys.values()].filter(({ path }) => !isDeeper(path));
  for (const { location, values } of [...shallow, ...metabase.sections]) {
    for (const value of values) {
      if (value.problem === null || invalid.has(value)) continue;
      const message = `${value.problem}; at ${location} it is not needed, and it is left as it is`;
      yield ['VALUE_INVALID', value.offset, message];
    }
  }
}

/** The DS2MB service of Exchange 2000 and 2003 copies settings from Active Directory to the metabase (KB 240105, KB 321757). */
function* aboutExchange({ ds2mb }: Metabase): Generator<Warning> {
  if (ds2mb === null) return;
  const message =
    'this server has Exchange 2000 or 2003, which overwrites the value with that of Active Directory; ' +
    'change msExchSmtpInboundCommandSupportOptions of the virtual server there instead (ADSI Edit)';
  yield ['EXCHANGE_OVERWRITES', ds2mb, message];
}

/** KB 286673 says to subtract the bit. To do so twice, or from a value without the bit, sets bits that nothing uses. */
function* aboutUnusualBits(servers: readonly Server[], { disable }: Request): Generator<Warning> {
  const values = new Set<PropertyValue>();
  for (const { key, effective, source } of servers.filter(({ selected }) => selected)) {
    for (const value of key.values) values.add(value);
    if (effective !== null && source !== INHERITED_PROPERTIES) values.add(effective);
  }
  for (const { dword, offset } of values) {
    const bits = (unnamedBits(dword ?? 0) & ~DEFAULT_VALUE) >>> 0;
    if (bits === 0) continue;
    const cure = [...toVerbWords(disable & ~bits), toHex(bits)].join(',');
    const message =
      `the value has bits that neither a verb nor the default uses (${toHex(bits)}): a bit was probably subtracted ` +
      `twice; --disable ${cure} clears them`;
    yield ['UNUSUAL_BITS', offset, message];
  }
}

/** RFC 3030: BINARYMIME can be used only with CHUNKING. */
function* aboutBinaryMime(servers: readonly Server[], { disable }: Request): Generator<Warning> {
  if ((disable & VERBS.CHUNKING) === 0) return;
  for (const { selected, newValue, key } of servers) {
    if (!selected || ((newValue ?? 0) & VERBS.BINARYMIME) === 0) continue;
    const message = `CHUNKING is turned off, but BINARYMIME, which needs it (RFC 3030), stays on at ${key.location}`;
    yield ['BINARYMIME_WITHOUT_CHUNKING', key.elements[0].tag.offset, message];
  }
}

function aboutMask({ disable, enable }: Request): Diagnostic[] {
  const unnamed = unnamedBits(disable | enable);
  if (unnamed === 0) return [];
  return [warningWithoutPosition('UNNAMED_MASK', `no verb is known for the bits ${toHex(unnamed)}`)];
}
