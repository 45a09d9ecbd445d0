import { type Diagnostic, warningWithoutPosition } from '../errors.ts';
import type { Request } from '../patch/request.ts';
import { ehloKeywords, toHex, unnamedBits, type Verb, VERB_NAMES, VERBS } from '../verbs.ts';

/** The verbs to be off and on; the rest of a request is about metabases. */
export type RequestedVerbs = Pick<Request, 'disable' | 'enable'>;

/** Whether a server offers a verb, and whether that is as requested; a verb that is not in the request is always ok. */
export interface VerbVerdict {
  readonly offered: boolean;
  readonly ok: boolean;
}

/** @returns The verdict on each verb, from what the server answered to EHLO. */
export function judge(keywords: readonly string[], request: RequestedVerbs): Record<Verb, VerbVerdict> {
  const offered = new Set(keywords.map(keywordOf));
  const verdicts = VERB_NAMES.map((verb): [Verb, VerbVerdict] => {
    const isOffered = ehloKeywords(verb).some((keyword) => offered.has(keyword));
    const wanted = requestedState(verb, request);
    return [verb, { offered: isOffered, ok: wanted === null || wanted === isOffered }];
  });
  return Object.fromEntries(verdicts) as Record<Verb, VerbVerdict>;
}

/** @returns Whether the verb should be offered; null if the request does not say. */
export function requestedState(verb: Verb, { disable, enable }: RequestedVerbs): boolean | null {
  if ((disable & VERBS[verb]) !== 0) return false;
  return (enable & VERBS[verb]) !== 0 ? true : null;
}

/** @returns The server's other keywords, with their parameters. */
export function otherKeywords(keywords: readonly string[]): string[] {
  const known = new Set(VERB_NAMES.flatMap(ehloKeywords));
  return keywords.filter((keyword) => !known.has(keywordOf(keyword)));
}

/** @returns The warning about requested bits that no keyword shows. */
export function uncheckedBits({ disable, enable }: RequestedVerbs): Diagnostic[] {
  const unnamed = unnamedBits(disable | enable);
  if (unnamed === 0) return [];
  const message = `EHLO has no keyword for the bits ${toHex(unnamed)}; they are not checked`;
  return [warningWithoutPosition('UNNAMED_MASK', message)];
}

/** A keyword may be followed by parameters, and its case does not matter (RFC 5321, sections 4.1.1.1 and 2.4). */
function keywordOf(line: string): string {
  return line.split(/\s/, 1)[0].toUpperCase();
}
