import { MetabaseStructure } from '../../src/parser/metabase-structure.ts';
import { scan } from '../../src/parser/scanner.ts';
import { runToEnd } from '../../src/parser/read-metabase.ts';
import { sourceOf } from '../support/reading.ts';

/** The calls of the visitor, in order, and what is known about the document in the end. */
function visitsOf(document: string): [visits: string[], hasProperties: boolean, rootOffset: number] {
  const visits: string[] = [];
  const structure = new MetabaseStructure({
    key: ({ name }) => visits.push(name),
    child: ({ name }) => visits.push(`- ${name}`),
    endKey: (endTag, end) => visits.push(`${endTag ?? 'none'} ${end}`),
  });
  runToEnd(scan(sourceOf(document), structure));
  return [visits, structure.hasProperties, structure.rootOffset];
}

test.each<[string, string[], boolean, number]>([
  ['<a><b><c><d/></c></b></a>', [], false, 0],
  ['<!----><configuration/>', [], false, 7],
  ['<configuration><a><b><c/></b></a></configuration>', [], false, 0],
  ['<a><MBProperty><b><c/></b></MBProperty></a>', [], false, 0],
  ['<configuration><a><MBProperty><b><c/></b></MBProperty></a></configuration>', [], false, 0],
  ['<configuration><MBProperty/><a><b><c/></b></a></configuration>', [], true, 0],
  ['<configuration><MBProperty><a/></MBProperty></configuration>', ['a', 'none 31'], true, 0],
  ['<configuration><MBProperty><a></a></MBProperty></configuration>', ['a', '30 34'], true, 0],
  [
    '<configuration><MBProperty><a><b><c><d/></c></b><e/></a ></MBProperty><a><b/></a></configuration>',
    ['a', '- b', '- e', '52 57'],
    true,
    0,
  ],
  [
    '<configuration><MBProperty><a/></MBProperty><x><y><z/></y></x><MBProperty><b/></MBProperty></configuration>',
    ['a', 'none 31', 'b', 'none 78'],
    true,
    0,
  ],
])('of %j', (document, visits, hasProperties, rootOffset) => {
  expect(visitsOf(document)).toEqual([visits, hasProperties, rootOffset]);
});
