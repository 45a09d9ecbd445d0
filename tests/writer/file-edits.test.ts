import { memorySource } from '../../src/source/source.ts';
import { openText } from '../../src/source/open-text.ts';
import { toFileEdits } from '../../src/writer/file-edits.ts';

const TEXT = '\ufeffä😀12\n3';

/** '12' becomes 'é', '3' gets 'x' before it: in UTF-8 the mark has 3 bytes, ä 2 and 😀 4. */
const EDITS = [
  { offset: 9, length: 2, kind: 'replace', location: '/', old: '12', new: 'é' },
  { offset: 12, length: 0, kind: 'insert', location: '/', old: null, new: 'x' },
] as const;

test.each<[string, BufferEncoding, number, number, number, Buffer]>([
  ['UTF-8', 'utf8', 9, 2, 12, Buffer.from('é')],
  ['UTF-16', 'utf16le', 8, 4, 14, Buffer.from('é', 'utf16le')],
])('edits of the text are edits of the %s file', (_, encoding, offset, length, second, bytes) => {
  const text = openText(memorySource(Buffer.from(TEXT, encoding)));
  const edits = toFileEdits(text, EDITS).map((edit) => ({ ...edit, bytes: Buffer.from(edit.bytes) }));
  expect(edits).toEqual([
    { offset, length, bytes },
    { offset: second, length: 0, bytes: Buffer.from('x', encoding) },
  ]);
});
