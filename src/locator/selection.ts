import { MetabaseError } from '../errors.ts';
import { type LocatedKey, patchableKeys, toPath } from './smtp-keys.ts';

/**
 * @param servers The numbers of virtual servers or Locations; null for the service and every virtual server.
 * @returns The keys that the request is about: the service first.
 * @throws MetabaseError NO_SMTP_SERVER, UNKNOWN_SERVER
 */
export function selectKeys(keys: ReadonlyMap<string, LocatedKey>, servers: readonly string[] | null): LocatedKey[] {
  const all = patchableKeys(keys);
  if (all.length === 0) {
    throw new MetabaseError(
      'NO_SMTP_SERVER',
      'there is neither the SMTP service (/LM/SmtpSvc) nor a virtual server in this metabase',
    );
  }
  if (servers === null) return all;
  const wanted = new Map(servers.map((server) => [toPath(toLocation(server)), server]));
  const known = new Set(all.map(({ path }) => path));
  for (const [path, server] of wanted) {
    if (!known.has(path)) {
      const there = all.slice(0, 5).map(({ location }) => location);
      const more = all.length > there.length ? ', …' : '';
      throw new MetabaseError(
        'UNKNOWN_SERVER',
        `there is no ${toLocation(server)} here, only ${there.join(', ')}${more}`,
      );
    }
  }
  return all.filter(({ path }) => wanted.has(path));
}

/** @returns The Location that a server on the command line means: `1` is /LM/SmtpSvc/1. */
function toLocation(server: string): string {
  return server.startsWith('/') ? server : `/LM/SmtpSvc/${server}`;
}

/** @returns Whether the text can name a server: digits, or a Location. */
export function isServerName(server: string): boolean {
  return /^([0-9]+|\/.*)$/s.test(server);
}
