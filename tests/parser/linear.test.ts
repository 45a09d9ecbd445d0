import { memorySource } from '../../src/source/source.ts';
import { MetabaseError } from '../../src/errors.ts';
import { inspect, patch } from '../../src/index.ts';
import { metabase, server } from '../support/metabase.ts';
import { readKeys } from '../support/reading.ts';
import { watchedSource } from '../support/watched-source.ts';

/* Hostile shapes: the bytes read must grow only with the size, and anything slow would hang these tests. */

const MILLION = 1_000_000;

const inside = (content: string): string => metabase(`<k Location="/LM/SmtpSvc/1">${content}</k>`, server(2, 7697601));
const names = (count: number, name: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => ` ${name(i)}="1"`).join('');

/** Names of one length that differ only in the middle, where a cheap hash may not look. */
const colliding = (i: number): string => `aaaa${i.toString(36).padStart(5, '0')}aaaaaaaaaaaaaaaaz`;

const SHAPES: [string, () => string][] = [
  ['a million attributes in a tag', () => inside(`<a${names(MILLION, (i) => `n${i}`)}/>`)],
  ['100 000 names chosen to collide', () => inside(`<a${names(100_000, colliding)}/>`)],
  ['a million levels', () => inside(`${'<a>'.repeat(MILLION)}${'</a>'.repeat(MILLION)}`)],
  ['50 MB of spaces in text', () => inside(' '.repeat(50 * MILLION))],
  ['50 MB of spaces in a tag', () => inside(`<a${' '.repeat(50 * MILLION)}/>`)],
  ['50 MB of spaces after the root element', () => inside('') + ' '.repeat(50 * MILLION)],
  ['dashes in a comment', () => inside(`<!--${'- '.repeat(2 * MILLION)}-->`)],
  ['brackets in text', () => inside(']'.repeat(4 * MILLION))],
  ['brackets in a CDATA section', () => inside(`<![CDATA[${']'.repeat(4 * MILLION)}]]>`)],
  ['question marks in a processing instruction', () => inside(`<?p ${'?'.repeat(4 * MILLION)}?>`)],
  ['references', () => inside('&#x41;'.repeat(MILLION / 2))],
  ['one reference with a million digits', () => inside(`&#${'0'.repeat(MILLION)}65;`)],
  ['one long name', () => inside(`<${'n'.repeat(10 * MILLION)}/>`)],
  ['one long value', () => inside(`<a b="${'v'.repeat(10 * MILLION)}"/>`)],
  [
    'one long value of the key itself, with references',
    () => metabase(`<k Location="/LM/SmtpSvc/1" ServerComment="${'&amp;'.repeat(MILLION)}"/>`, server(2, 7697601)),
  ],
  ['names beyond ASCII', () => inside(`<${'é'.repeat(MILLION)}/>`)],
  ['one long line', () => inside('<a b="c"/>'.repeat(MILLION))],
  ['200 000 Custom children of an SMTP key', () => inside('<Custom ID="1" Value="2"/>'.repeat(200_000))],
  ['20 000 values on one key', () => inside('<Custom ID="3699800" Value="7697601"/>'.repeat(20_000))],
  [
    '10 000 elements with one Location',
    () => metabase(...Array.from({ length: 10_000 }, () => '<k Location="/LM/SmtpSvc/1"/>'), server(2, 7697601)),
  ],
];

test.each(SHAPES)('%s: hardly more bytes are read than the file has', (_, shape) => {
  const { source, bytes } = watchedSource(memorySource(Buffer.from(shape())));
  expect(readKeys(source).length).toBeGreaterThan(0);
  expect(bytes()).toBeLessThan(1.1 * source.length + 100_000);
});

test('40 000 virtual servers are read, patched and shown', () => {
  const count = 40_000;
  const bytes = Buffer.from(metabase(...Array.from({ length: count }, (_, i) => server(i, 7697601))));
  const { edits, diff } = patch(bytes);
  expect(edits).toHaveLength(count);
  expect(diff.split('\n').length).toBeGreaterThan(2 * count);
});

test('20 000 values on one key are patched', () => {
  const bytes = Buffer.from(
    metabase(`<k Location="/LM/SmtpSvc/1">${'<Custom ID="3699800" Value="7697601"/>'.repeat(20_000)}</k>`),
  );
  expect(patch(bytes).edits).toHaveLength(20_000);
});

test('10 000 servers that inherit get one value each, inserted', () => {
  const bytes = Buffer.from(
    metabase(
      '<k Location="/LM"><Custom ID="3699800" Value="7697601"/></k>',
      ...Array.from({ length: 10_000 }, (_, i) => server(i)),
    ),
  );
  expect(patch(bytes).edits).toHaveLength(10_000);
});

test('a duplicate among 100 000 attributes is found, also if their hashes collide', () => {
  for (const name of [(i: number): string => `n${i}`, colliding]) {
    const count = 100_000;
    const bytes = Buffer.from(inside(`<a${names(count, name)} ${name(count - 7)}="2"/>`));
    expect(() => inspect(bytes)).toThrow(MetabaseError);
  }
});

test('a text that is refused late is read only a few times', () => {
  const { source, bytes } = watchedSource(memorySource(Buffer.from(`${inside('<a b="c"/>'.repeat(MILLION))}<`)));
  expect(() => readKeys(source)).toThrow(MetabaseError);
  expect(bytes()).toBeLessThan(2.2 * source.length + 100_000);
});
