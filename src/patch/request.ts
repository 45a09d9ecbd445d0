import { MetabaseError } from '../errors.ts';
import { isServerName } from '../locator/selection.ts';
import { toMask, toHex, VERBS } from '../verbs.ts';

/** What is asked of a metabase, checked. */
export interface Request {
  /** The bits to clear. */
  readonly disable: number;
  /** The bits to set; none of them is in `disable`. */
  readonly enable: number;
  /** Numbers of virtual servers or Locations; null for the service and all virtual servers. */
  readonly servers: readonly string[] | null;
  /** The value, before the bits, for a key that has none, not even an inherited one; null to refuse such a key. */
  readonly setMissing: number | null;
}

/** Verbs by name (`'8bitmime'`, any case) or mask (`0x400000`, as number or text), one or several. */
export type VerbSelection = string | number | readonly (string | number)[];

/** What to turn off and on, and where. Nothing given: 8bitmime off, on the service and every virtual server. */
export interface RequestOptions {
  /** The verbs to turn off; 8bitmime where neither this nor `enable` is given. */
  readonly disable?: VerbSelection | undefined;
  /** The verbs to turn on. */
  readonly enable?: VerbSelection | undefined;
  /** Numbers of virtual servers (`'1'`) or Locations (`'/LM/SmtpSvc/1'`). */
  readonly servers?: readonly (string | number)[] | null | undefined;
  /** For a key that has no value at all: the value to insert, before the bits are changed. */
  readonly setMissing?: number | null | undefined;
}

/** @throws MetabaseError USAGE for what no metabase can meet */
export function toRequest(options: RequestOptions = {}): Request {
  const hasVerbs = options.disable !== undefined || options.enable !== undefined;
  const disable = hasVerbs ? toMasks(options.disable ?? []) : VERBS['8bitmime'];
  const enable = toMasks(options.enable ?? []);
  if ((disable & enable) !== 0) {
    throw usage(`the bits ${toHex((disable & enable) >>> 0)} cannot be turned off and on at once`);
  }
  const servers = options.servers?.map(String) ?? null;
  const wrong = servers?.find((server) => !isServerName(server));
  if (wrong !== undefined) throw usage(`a server is a number (1) or a Location (/LM/SmtpSvc/1), not "${wrong}"`);
  const setMissing = options.setMissing ?? null;
  if (setMissing !== null && !isDword(setMissing)) throw usage('the value to insert must be 0 to 4294967295');
  return { disable, enable, servers: servers?.length === 0 ? null : servers, setMissing };
}

function toMasks(selection: VerbSelection): number {
  const each = Array.isArray(selection) ? (selection as readonly (string | number)[]) : [selection as string | number];
  return each.reduce<number>((all, verb) => (all | toOneMask(verb)) >>> 0, 0);
}

function toOneMask(verb: string | number): number {
  const mask = typeof verb === 'string' ? (toMask(verb) ?? 0) : verb;
  if (mask === 0 || !isDword(mask)) {
    throw usage(`"${String(verb)}" is no ESMTP verb, nor a mask such as 0x400000`);
  }
  return mask;
}

function isDword(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0xffffffff;
}

function usage(message: string): MetabaseError {
  return new MetabaseError('USAGE', message);
}
