import { joinPieces, type ByteEdit, toPieces } from '../../src/writer/pieces.ts';

const INPUT = Buffer.from('0123456789');

const edit = (offset: number, length: number, put: string): ByteEdit => ({ offset, length, bytes: Buffer.from(put) });

test.each<[string, ByteEdit[], unknown[], string]>([
  ['no edit: one copy', [], [{ copy: { offset: 0, length: 10 } }], '0123456789'],
  [
    'a replacement stands between two copies',
    [edit(3, 2, 'ab')],
    [{ copy: { offset: 0, length: 3 } }, { bytes: Buffer.from('ab') }, { copy: { offset: 5, length: 5 } }],
    '012ab56789',
  ],
  [
    'an insertion takes nothing away',
    [edit(1, 0, 'xyz')],
    [{ copy: { offset: 0, length: 1 } }, { bytes: Buffer.from('xyz') }, { copy: { offset: 1, length: 9 } }],
    '0xyz123456789',
  ],
  [
    'at both ends nothing is copied before and behind',
    [edit(0, 1, 'a'), edit(9, 1, 'b')],
    [{ bytes: Buffer.from('a') }, { copy: { offset: 1, length: 8 } }, { bytes: Buffer.from('b') }],
    'a12345678b',
  ],
  [
    'edits that touch have no copy between them',
    [edit(2, 2, 'a'), edit(4, 1, 'b')],
    [
      { copy: { offset: 0, length: 2 } },
      { bytes: Buffer.from('a') },
      { bytes: Buffer.from('b') },
      { copy: { offset: 5, length: 5 } },
    ],
    '01ab56789',
  ],
  ['all of it', [edit(0, 10, '')], [{ bytes: Buffer.from('') }], ''],
])('%s', (_, edits, pieces, output) => {
  expect(toPieces(INPUT.length, edits)).toEqual(pieces);
  expect(Buffer.from(joinPieces(INPUT, toPieces(INPUT.length, edits))).toString()).toBe(output);
});

test('of nothing there are no pieces', () => {
  expect(toPieces(0, [])).toEqual([]);
  expect(joinPieces(INPUT, [])).toEqual(new Uint8Array(0));
});

test('the output is an array of its own', () => {
  const output = joinPieces(INPUT, toPieces(INPUT.length, []));
  output[0] = 0;
  expect(INPUT.toString()).toBe('0123456789');
});
