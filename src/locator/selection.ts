import { MetabaseError } from '../errors.ts';
import { type LocatedKey, toPath } from './smtp-keys.ts';

/** How many Locations a message lists. */
const LISTED = 5;

/**
 * @param keys The SMTP service and its virtual servers.
 * @param servers The numbers of virtual servers or Locations; null for the service and every virtual server.
 * @returns The keys that a request is about.
 */
export function selectKeys(keys: readonly LocatedKey[], servers: readonly string[] | null): ReadonlySet<LocatedKey> {
  if (servers === null) return new Set(keys);
  const selected = new Set(servers.map((server) => toPath(toLocation(server))));
  return new Set(keys.filter(({ path }) => selected.has(path)));
}

/** @returns Why a request for these servers as a whole cannot be met, NO_SMTP_SERVER or UNKNOWN_SERVER; or null. */
export function selectionError(keys: readonly LocatedKey[], servers: readonly string[] | null): MetabaseError | null {
  if (keys.length === 0) {
    const message = 'there is neither the SMTP service (/LM/SmtpSvc) nor a virtual server in this metabase';
    return new MetabaseError('NO_SMTP_SERVER', message);
  }
  const known = new Set(keys.map(({ path }) => path));
  const unknown = servers?.map(toLocation).find((location) => !known.has(toPath(location)));
  if (unknown === undefined) return null;
  const listed = keys.slice(0, LISTED).map(({ location }) => location);
  const more = keys.length > LISTED ? ', …' : '';
  return new MetabaseError('UNKNOWN_SERVER', `there is no ${unknown} here, only ${listed.join(', ')}${more}`);
}

/** @returns The Location of a server as a request names it: `1` is /LM/SmtpSvc/1. */
export function toLocation(server: string): string {
  return server.startsWith('/') ? server : `/LM/SmtpSvc/${server}`;
}
