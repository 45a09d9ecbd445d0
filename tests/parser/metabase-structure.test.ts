import { MetabaseStructure } from '../../src/parser/metabase-structure.ts';
import { scan } from '../../src/parser/scanner.ts';
import { runToEnd, sourceOf } from '../support/reading.ts';

/** What the visitor is told, in order, and what is known of the document in the end. */
function toldOf(document: string): [told: string[], hasProperties: boolean, rootOffset: number] {
  const told: string[] = [];
  const levels = new MetabaseStructure({
    key: ({ name }) => told.push(name),
    child: ({ name }) => told.push(`- ${name}`),
    endKey: (endTag, end) => told.push(`${endTag ?? 'none'} ${end}`),
  });
  runToEnd(scan(sourceOf(document), levels));
  return [told, levels.hasProperties, levels.rootOffset];
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
])('of %j', (document, told, hasProperties, rootOffset) => {
  expect(toldOf(document)).toEqual([told, hasProperties, rootOffset]);
});
