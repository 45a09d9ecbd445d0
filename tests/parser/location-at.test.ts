import { locationAt } from '../../src/parser/read-metabase.ts';
import { WINDOW_SIZE } from '../../src/parser/window.ts';
import { memorySource } from '../../src/source/source.ts';
import { sourceOf } from '../support/reading.ts';
import { watchedSource } from '../support/watched-source.ts';

/*
 * Each letter denotes a key and marks what is inside it: a byte belongs to the key whose letter is below it.
 */
const DOCUMENT: [string, string | null][] = [
  ['\ufeff<!-- --><configuration><MBProperty>', null],
  ['<a Location="/LM/W3SVC">', '/LM/W3SVC'],
  ['text<Custom ID="1"/><x><y Location="/no"></y></x></a\n>', '/LM/W3SVC'],
  ['\n', null],
  ['<k Location="/LM/SmtpSvc/1"/>', '/LM/SmtpSvc/1'],
  ['<k Location="/LM/Smtp&#83;vc/é"/>', '/LM/SmtpSvc/é'],
  ['<!-- <k Location="/no"/> -->', null],
  ['<k></k>', null],
  ['<k location="/no">', null],
  ['<k Location="/no"/></k>', null],
  ['<k/>', null],
  ['<k Location="">', ''],
  ['<k Location="/no"/></k>', ''],
  ['</MBProperty></configuration>\n', null],
];

const text = sourceOf(DOCUMENT.map(([part]) => part).join(''));

let begin = 0;
test.each(
  DOCUMENT.map(([part, location]) => {
    const from = begin;
    begin += Buffer.byteLength(part);
    return [part, location, from, begin] as const;
  }),
)('every byte of %j is in the key %j', (_, location, from, end) => {
  for (let offset = from; offset < end; offset++)
    expect([offset, locationAt(text, offset)]).toEqual([offset, location]);
});

test('the end of the file, and anything beyond it, is not in a key', () => {
  expect([begin, begin + 1].map((offset) => locationAt(text, offset))).toEqual([null, null]);
});

test('there are no keys outside MBProperty', () => {
  for (const [root, inner] of [
    ['configuration', 'Other'],
    ['other', 'MBProperty'],
  ]) {
    const document = `<${root}><${inner}><k Location="/no"/></${inner}><MBProperty><k Location="/yes"/></MBProperty></${root}>`;
    const text = sourceOf(document);
    const at = (part: string): string | null => locationAt(text, document.indexOf(part));
    expect([at('/no'), at('/yes')]).toEqual([null, root === 'configuration' ? '/yes' : null]);
  }
});

test('a file that is not well-formed is refused', () => {
  expect(() => locationAt(sourceOf('<a><b></a>'), 0)).toThrow('</b> is expected here');
});

test('a key is found after many windows, and nothing after its window is read', () => {
  const part = Buffer.from(`<k Location="/LM/W3SVC">${' '.repeat(100_000)}</k>`);
  const head = Buffer.from('<configuration><MBProperty>');
  const bytes = Buffer.concat([
    head,
    part,
    part,
    Buffer.from('<k Location="/LM/SmtpSvc/1"/>'),
    ...Array<Buffer>(9).fill(part),
  ]);
  const { source, reads } = watchedSource(memorySource(bytes));
  const offset = head.length + 2 * part.length;
  expect(locationAt(source, offset)).toBe('/LM/SmtpSvc/1');
  expect(Math.max(...reads.map(([at, asked]) => at + asked))).toBeLessThan(offset + 4 * 100_000);
});

test('a key that begins where a window ends is found too', () => {
  // The last character of a window is left for the next one.
  const offset = WINDOW_SIZE - 1;
  const before = '<configuration><MBProperty>'.padEnd(offset);
  const afterWindow = sourceOf(`${before}<k Location="/LM/SmtpSvc/1"/></MBProperty></configuration>`);
  expect(locationAt(afterWindow, offset)).toBe('/LM/SmtpSvc/1');
});
