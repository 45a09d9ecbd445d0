import { type MetabaseError, usageError } from '../errors.ts';
import { PROPERTY } from '../parser/metabase-key.ts';
import { didYouMean } from '../suggest.ts';
import { DEFAULT_VALUE, isOtherKeyword, toHex, toMask, toVerbWords, VERB_NAMES, VERB_WORDS, VERBS } from '../verbs.ts';

/** A checked request: which verbs to turn off and on, and where. */
export interface Request {
  /** The bits to clear. */
  readonly disable: number;
  /** The bits to set; none of them is in `disable`. */
  readonly enable: number;
  /** Numbers of virtual servers or Locations; null for the service and all virtual servers. */
  readonly servers: readonly string[] | null;
  /** The value, before its bits are changed, for a key that has none, not even an inherited one; null to refuse such a key. */
  readonly setMissing: number | null;
}

/** Verbs by name (`'8bitmime'`, in any case) or mask (`0x400000`, as a number or as text). */
export type VerbSelection = readonly (string | number)[];

/** What to turn off and on, and where. By default 8bitmime is turned off on the service and every virtual server. */
export interface RequestOptions {
  /** The verbs to turn off; 8bitmime if neither this nor `enable` is given. */
  readonly disable?: VerbSelection | null | undefined;
  /** The verbs to turn on. */
  readonly enable?: VerbSelection | null | undefined;
  /** Numbers of virtual servers (`'1'`) or Locations (`'/LM/SmtpSvc/1'`); an empty list selects none. */
  readonly servers?: readonly (string | number)[] | null | undefined;
  /**
   * For a key that has no value at all: the value to insert, before the bits are changed; a number, or text as `'7697601'` or
   * `'0x7574C1'`. True: the default of Windows, 7697601.
   */
  readonly setMissing?: number | string | boolean | null | undefined;
}

/** @throws MetabaseError USAGE for a request that no metabase can meet */
export function toRequest(options: RequestOptions = {}): Request {
  const hasVerbs = options.disable != null || options.enable != null;
  const disable = hasVerbs ? toMasks(options.disable) : VERBS['8bitmime'];
  const enable = toMasks(options.enable);
  const both = (disable & enable) >>> 0;
  if (both !== 0) {
    const verbs = toVerbWords(both).join(', ') || 'bits';
    throw usageError(`${verbs} (${toHex(both)}) cannot be turned off and on at once`);
  }
  const servers = options.servers?.map(String) ?? null;
  const wrong = servers?.find((server) => !/^([0-9]+|\/.*)$/s.test(server));
  if (wrong !== undefined)
    throw usageError(`a server is a number (1) or a Location (/LM/SmtpSvc/1), not "${wrong}"; show lists them`);
  return { disable, enable, servers, setMissing: toBase(options.setMissing) };
}

/** How many lines of context a diff has unless the user says otherwise. */
export const DEFAULT_CONTEXT = 3;

/** @returns The number of lines of context. @throws MetabaseError USAGE */
export function toContext(given?: number | string | null): number {
  const context = given ?? DEFAULT_CONTEXT;
  if (/^[0-9]+$/.test(String(context))) return Number(context);
  throw usageError(`the context is a number of lines, not "${context}"`);
}

function toMasks(selection: VerbSelection | null | undefined): number {
  return (selection ?? []).reduce<number>((all, verb) => (all | toOneMask(verb)) >>> 0, 0);
}

function toBase(given: RequestOptions['setMissing']): number | null {
  if (given == null || given === false) return null;
  if (given === true) return DEFAULT_VALUE;
  if (/^([0-9]+|0x[0-9a-f]+)$/i.test(String(given)) && isDword(Number(given))) return Number(given);
  throw usageError(`the value to insert is a number from 0 to 4294967295, decimal or hex, not "${given}"`);
}

function toOneMask(verb: string | number): number {
  const mask = typeof verb === 'string' ? (toMask(verb) ?? 0) : verb;
  if (mask === 0 || !isDword(mask)) throw unknownVerb(String(verb));
  return mask;
}

/** Lists the seven verbs, and says of any other SMTP keyword that the property does not control it. */
function unknownVerb(word: string): MetabaseError {
  const what = isOtherKeyword(word)
    ? `${PROPERTY} does not control ${word.toUpperCase()}.`
    : `"${word}" is neither an ESMTP verb nor a mask such as 0x400000${didYouMean(word, VERB_WORDS) || '.'}`;
  return usageError(`${what} The verbs are ${VERB_NAMES.join(', ')}`);
}

function isDword(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0xffffffff;
}
