import { MetabaseError } from '../errors.ts';
import { toDiagnostic } from '../report/json.ts';
import type { Verb } from '../verbs.ts';
import { askServer } from './conversation.ts';
import { formatTarget, type Target } from './target.ts';
import { judge, otherKeywords, requestedState, type RequestedVerbs, type VerbVerdict } from './verdict.ts';

/** The result of asking one server; if it could not be asked, only the error. */
export interface HostResult extends Target {
  readonly error: MetabaseError | null;
  /** Whether the server was asked, and every verb is as requested. */
  readonly ok: boolean;
  readonly banner: string | null;
  /** Each keyword as the server sent it, in its order, with its parameters. */
  readonly keywords: readonly string[];
  /** A verdict on each verb; empty on an error. */
  readonly verbs: Readonly<Partial<Record<Verb, VerbVerdict>>>;
}

/** Asks one server which verbs it offers. @param timeoutMs For the whole conversation. */
export async function askHost(target: Target, request: RequestedVerbs, timeoutMs: number): Promise<HostResult> {
  try {
    const { banner, keywords } = await askServer(target, timeoutMs);
    const verbs = judge(keywords, request);
    return { ...target, error: null, ok: Object.values(verbs).every(({ ok }) => ok), banner, keywords, verbs };
  } catch (error) {
    if (!(error instanceof MetabaseError)) throw error;
    return { ...target, error, ok: false, banner: null, keywords: [], verbs: {} };
  }
}

/** @returns The exit status: 0 as requested, 1 not as requested, 2 not asked. */
export function statusOfHost({ error, ok }: HostResult): number {
  if (error !== null) return 2;
  return ok ? 0 : 1;
}

/** @returns The JSON document. */
export function hostsDocument(results: readonly HostResult[]): object {
  const hosts = results.map((result) => ({
    ...result,
    error: result.error === null ? null : toDiagnostic(result.error),
  }));
  return { version: 1, hosts };
}

/** The widths of the columns. */
const LABEL = 20;
const STATE = 14;

/** @returns The lines that show what a server offers; what it sent is not escaped. */
export function hostTable(result: HostResult, request: RequestedVerbs): string[] {
  const banner = (result.banner ?? '').replaceAll('\n', ' / ');
  const verbs = Object.entries(result.verbs).map(([verb, { offered, ok }]) => {
    const isRequested = requestedState(verb as Verb, request) !== null;
    const verdict = ok ? 'as requested' : 'not as requested';
    return row(verb, offered ? 'offered' : 'not offered', isRequested ? verdict : '');
  });
  const others = otherKeywords(result.keywords).map((keyword, i) => row(i === 0 ? 'other keywords' : '', keyword));
  return [`${formatTarget(result)}: ${banner}`.trimEnd(), ...verbs, ...others];
}

function row(label: string, state: string, verdict = ''): string {
  return `  ${label.padEnd(LABEL)}${state.padEnd(STATE)}${verdict}`.trimEnd();
}
