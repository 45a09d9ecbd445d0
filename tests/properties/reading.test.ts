import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { MetabaseError } from '../../src/errors.ts';
import type { MetabaseKey } from '../../src/parser/metabase-key.ts';
import { memorySource } from '../../src/source/source.ts';
import { readKeys } from '../support/reading.ts';
import { assertProperty, isReplay } from './assert-property.ts';
import { anExport, toBytes } from './exports.ts';
import { aMutant, aPatchableMutant, TOKENS } from './mutants.ts';

/** @returns The keys, or the message and the place of the refusal. */
function read(bytes: Uint8Array, windowSize?: number): readonly MetabaseKey[] | string {
  try {
    return readKeys(memorySource(bytes), windowSize);
  } catch (error) {
    if (error instanceof MetabaseError)
      return `${error.code} ${error.line}:${error.column} @${error.offset}: ${error.message}`;
    throw error;
  }
}

/** An export with something inserted, removed or changed in a few places. */
const mutated = fc
  .tuple(
    anExport,
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.constantFrom('', ...TOKENS)), { minLength: 1, maxLength: 2 }),
  )
  .map(([generated, mutations]) => {
    let text = generated.text;
    for (const [place, length, put] of mutations) {
      const at = place % (text.length + 1);
      text = text.slice(0, at) + put + text.slice(at + length);
    }
    return {
      ...generated,
      text: text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, ''),
    };
  });

test('any window size reads the same, in keys, verdict and position', () => {
  assertProperty(
    fc.property(fc.oneof(anExport, mutated), fc.integer({ min: 1, max: 200 }), (generated, size) => {
      const bytes = toBytes(generated);
      expect(read(bytes, size)).toEqual(read(bytes));
    }),
    { numRuns: 1500 },
  );
});

test('any window size reads the same of a mutant of a fixture', () => {
  assertProperty(
    fc.property(aMutant, fc.integer({ min: 1, max: 1000 }), ({ bytes }, size) => {
      expect(read(bytes, size)).toEqual(read(bytes));
    }),
    { numRuns: 1000 },
  );
});

test('any truncated prefix is refused', () => {
  assertProperty(
    fc.property(anExport, fc.nat(), (generated, cut) => {
      const text = generated.text.trimEnd();
      const bytes = toBytes({ ...generated, text: text.slice(0, cut % text.length).replace(/[\ud800-\udbff]$/, '') });
      expect(read(bytes)).toEqual(expect.stringMatching(/^(XML_|EMPTY_FILE)/));
    }),
    { numRuns: 1500 },
  );
});

/** Saxes lets a question mark follow the target of a processing instruction without white space; production [16] does not. */
const SAXES_IS_LAX = /<\?[^\s?>]+\?(?!>)/;

/** @returns Whether saxes accepts the text; a DOCTYPE, which it reads and we refuse, is not generated. */
function isWellFormed(text: string): boolean {
  let isGood = true;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', () => {
    isGood = false;
  });
  parser.write(text).close();
  return isGood;
}

test('a mutated export is accepted exactly if saxes accepts it', () => {
  const verdicts = { good: 0, bad: 0 };
  assertProperty(
    fc.property(mutated, (generated) => {
      if (SAXES_IS_LAX.test(generated.text)) return;
      const isGood = isWellFormed(generated.text);
      verdicts[isGood ? 'good' : 'bad']++;
      const result = read(toBytes({ ...generated, encoding: 'utf-8' }));
      const isAccepted = typeof result !== 'string' || result.startsWith('NOT_A_METABASE');
      expect({ text: generated.text, isAccepted, result }).toEqual({
        text: generated.text,
        isAccepted: isGood,
        result,
      });
    }),
    { numRuns: 4000 },
  );
  if (isReplay) return;
  expect(verdicts.good).toBeGreaterThan(200);
  expect(verdicts.bad).toBeGreaterThan(1000);
});

/** What saxes does not refuse, and what it does not know. */
const OUTSIDE_SAXES = /^(ENCODING_|XML_DOCTYPE|XML_VERSION|XML_DECLARATION)/;

test('a mutant of a fixture is accepted exactly if saxes accepts it', () => {
  const verdicts = { good: 0, bad: 0 };
  assertProperty(
    fc.property(fc.oneof(aMutant, aPatchableMutant), ({ bytes }) => {
      const result = read(bytes);
      const text = Buffer.from(bytes).toString();
      if (!isUtf8(bytes) || SAXES_IS_LAX.test(text)) return;
      if (typeof result === 'string' && OUTSIDE_SAXES.test(result)) return;
      const isGood = isWellFormed(text);
      verdicts[isGood ? 'good' : 'bad']++;
      const isAccepted = typeof result !== 'string' || result.startsWith('NOT_A_METABASE');
      expect({ isAccepted, result }).toEqual({ isAccepted: isGood, result });
    }),
    { numRuns: 2000 },
  );
  if (isReplay) return;
  expect(verdicts.good).toBeGreaterThan(200);
  expect(verdicts.bad).toBeGreaterThan(400);
});
