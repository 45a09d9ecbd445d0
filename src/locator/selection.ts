import { MetabaseError } from '../errors.ts';
import { type LocatedKey, toPath } from './smtp-keys.ts';

/** How many Locations a message lists. */
const LISTED = 5;

/** The keys that a request is about, and why the request as a whole cannot be met. */
export interface Selection {
  readonly selected: ReadonlySet<LocatedKey>;
  /** NO_SMTP_SERVER or UNKNOWN_SERVER, or null. */
  readonly refusal: MetabaseError | null;
}

/**
 * @param keys The SMTP service and its virtual servers.
 * @param servers The numbers of virtual servers or Locations; null for the service and every virtual server.
 */
export function selectKeys(keys: readonly LocatedKey[], servers: readonly string[] | null): Selection {
  if (keys.length === 0) {
    const message = 'there is neither the SMTP service (/LM/SmtpSvc) nor a virtual server in this metabase';
    return { selected: new Set(), refusal: new MetabaseError('NO_SMTP_SERVER', message) };
  }
  if (servers === null) return { selected: new Set(keys), refusal: null };
  const locations = servers.map(toLocation);
  const wanted = new Set(locations.map(toPath));
  const known = new Set(keys.map(({ path }) => path));
  const unknown = locations.find((location) => !known.has(toPath(location)));
  return {
    selected: new Set(keys.filter(({ path }) => wanted.has(path))),
    refusal: unknown === undefined ? null : unknownServer(unknown, keys),
  };
}

function unknownServer(location: string, keys: readonly LocatedKey[]): MetabaseError {
  const listed = keys.slice(0, LISTED).map((key) => key.location);
  const more = keys.length > LISTED ? ', …' : '';
  return new MetabaseError('UNKNOWN_SERVER', `there is no ${location} here, only ${listed.join(', ')}${more}`);
}

/** @returns The Location of a server as a request names it: `1` is /LM/SmtpSvc/1. */
export function toLocation(server: string): string {
  return server.startsWith('/') ? server : `/LM/SmtpSvc/${server}`;
}
