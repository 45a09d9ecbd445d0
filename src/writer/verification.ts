import { locateKeys } from '../locator/smtp-keys.ts';
import { locationAt, type Metabase, readMetabase, runToEnd } from '../parser/read-metabase.ts';
import { Inserter } from '../patch/insertion.ts';
import type { Plan } from '../patch/plan.ts';
import { positionsOf } from '../source/position.ts';
import { readSpan, type Source } from '../source/source.ts';
import { decodeUtf8, isContinuation } from '../source/utf8.ts';
import { outputChunks, type Replacement } from './patched-output.ts';

/** The first place where a file is not what the patch makes of the original. Positions are in that file; values are not shown. */
export interface Difference {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** The Location of the key that it is in, or null. */
  readonly location: string | null;
  readonly reason: string;
}

/** Whether a file is what the patch makes; if not, the first place where it is not. */
export interface Verification {
  readonly ok: boolean;
  readonly differences: readonly Difference[];
}

/** A place where a file differs from an output. */
interface Place {
  /** The place in the file. */
  readonly offset: number;
  /** The place in the input that the output was made from. */
  readonly original: number;
  /** What is wrong if the file goes on at this place. */
  readonly reason: string;
  /** Whether a character of the output began before this place. */
  readonly isInCharacter: boolean;
}

/** @returns Whether `patched` is the original with the plan carried out. */
export function verifyPatched(original: Source, plan: Plan, patched: Source): Verification {
  const place = firstPlace(original, plan.edits, patched);
  if (place === null) return { ok: true, differences: [] };
  const { offset } = place;
  const start = place.isInCharacter ? characterStart(patched, offset) : offset;
  const { line, column } = positionsOf(patched, [start])(start);
  const location = locationAt(original, place.original);
  const reason = reasonFor(place, original, plan, patched);
  return { ok: false, differences: [{ offset, line, column, location, reason }] };
}

function reasonFor(place: Place, original: Source, plan: Plan, patched: Source): string {
  if (firstPlace(original, [], patched) === null) return 'this file is not patched: it is the original';
  if (isOtherPatch(original, plan, patched)) {
    return 'only values of the property differ: were the same options given to patch, or were the two files exchanged?';
  }
  return place.offset < patched.length ? place.reason : 'the file ends here, too early';
}

/** @returns Where `file` first differs from the output of the edits, or null. */
function firstPlace(original: Source, edits: readonly Replacement[], file: Source): Place | null {
  let offset = 0;
  for (const chunk of outputChunks(original, edits)) {
    const { bytes, isNew } = chunk;
    const same = commonLength(bytes, readSpan(file, { offset, length: bytes.length }));
    if (same < bytes.length) {
      const reason = `this is not what the ${isNew ? 'patch writes' : 'original has'} here`;
      const isInCharacter = isContinuation(bytes[same]);
      return { offset: offset + same, original: chunk.offset + (isNew ? 0 : same), reason, isInCharacter };
    }
    offset += bytes.length;
  }
  if (offset === file.length) return null;
  return { offset, original: original.length, reason: 'there is more here than the patch makes', isInCharacter: false };
}

/** @returns Whether another request could have made `patched` from the original: only values of the property differ. */
function isOtherPatch(original: Source, { servers }: Plan, patched: Source): boolean {
  let after: Metabase;
  try {
    after = runToEnd(readMetabase(patched));
  } catch {
    // It is only compared; it may hold anything.
    return false;
  }
  const keys = servers.map(({ key }) => key);
  const inserter = new Inserter(original, keys);
  const keysAfter = locateKeys(after.keys);
  const edits: Replacement[] = [];
  for (const { path, elements, values } of keys) {
    const others = keysAfter.get(path)?.values;
    if (values.length === 0 && others?.length === 1) {
      edits.push(inserter.insertion(elements[0], others[0].dword ?? 0));
    }
    values.forEach(({ span }, i) => {
      const other = others?.at(i)?.span;
      if (span && other) edits.push({ ...span, new: decodeUtf8(readSpan(patched, other)) });
    });
  }
  edits.sort((a, b) => a.offset - b.offset);
  return firstPlace(original, edits, patched) === null;
}

/** @returns How many bytes the two have in common at the beginning. */
function commonLength(a: Uint8Array, b: Uint8Array): number {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return same;
}

/** @returns Where the character begins that goes on at `offset`. */
function characterStart(source: Source, offset: number): number {
  let start = offset;
  while (isContinuation(readSpan(source, { offset: start, length: 1 })[0])) start--;
  return start;
}
