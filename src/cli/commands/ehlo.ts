import { askHost, hostsDocument, hostTable, type HostResult, statusOfHost } from '../../ehlo/host-result.ts';
import { formatTarget, toTarget, toTimeout } from '../../ehlo/target.ts';
import { uncheckedBits } from '../../ehlo/verdict.ts';
import { toJson } from '../../report/json.ts';
import type { Invocation } from '../invocation.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Asks each host in turn which verbs it offers.
 * @returns The highest exit status.
 * @throws MetabaseError USAGE for a word that does not name a host, before any connection is opened
 */
export async function ehlo({ files: hosts, request, timeout, json }: Invocation, terminal: Terminal): Promise<number> {
  const timeoutMs = toTimeout(timeout ?? undefined);
  const targets = hosts.map(toTarget);
  for (const warning of uncheckedBits(request)) await terminal.warning('ehlo', warning);
  const results: HostResult[] = [];
  for (const target of targets) {
    const name = formatTarget(target);
    const answer = askHost(target, request, timeoutMs);
    const result = await terminal.showingStatus(answer, (seconds) => `${name}: waiting for ${seconds} s`);
    results.push(result);
    if (result.error !== null) await terminal.error(name, result.error);
    else if (!json) await terminal.paragraph(hostTable(result, request));
  }
  if (json) await terminal.out.write(`${toJson(hostsDocument(results))}\n`);
  return Math.max(...results.map(statusOfHost));
}
