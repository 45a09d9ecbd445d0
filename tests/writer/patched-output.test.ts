import { memorySource, type Source } from '../../src/source/source.ts';
import {
  defaultOutput,
  outputChunks,
  patchedBytes,
  type Replacement,
  toPieces,
} from '../../src/writer/patched-output.ts';

const INPUT = Buffer.from('0123456789');

const edit = (offset: number, length: number, put: string): Replacement => ({ offset, length, new: put });

test.each<[string, Replacement[], unknown[], string]>([
  ['no edit: one copy', [], [{ offset: 0, length: 10 }], '0123456789'],
  [
    'a replacement is between two copies',
    [edit(3, 2, 'ab')],
    [{ offset: 0, length: 3 }, Buffer.from('ab'), { offset: 5, length: 5 }],
    '012ab56789',
  ],
  [
    'an insertion takes nothing away',
    [edit(1, 0, 'xyz')],
    [{ offset: 0, length: 1 }, Buffer.from('xyz'), { offset: 1, length: 9 }],
    '0xyz123456789',
  ],
  [
    'at both ends nothing is copied before and after',
    [edit(0, 1, 'a'), edit(9, 1, 'b')],
    [Buffer.from('a'), { offset: 1, length: 8 }, Buffer.from('b')],
    'a12345678b',
  ],
  [
    'edits that touch have no copy between them',
    [edit(2, 2, 'a'), edit(4, 1, 'b')],
    [{ offset: 0, length: 2 }, Buffer.from('a'), Buffer.from('b'), { offset: 5, length: 5 }],
    '01ab56789',
  ],
  ['all of it', [edit(0, 10, '')], [], ''],
])('%s', (_, edits, pieces, output) => {
  expect(toPieces(INPUT.length, edits)).toEqual(pieces);
  expect(Buffer.from(patchedBytes(INPUT, edits)).toString()).toBe(output);
});

test('an empty input has no pieces', () => {
  expect(toPieces(0, [])).toEqual([]);
  expect(patchedBytes(new Uint8Array(0), [])).toEqual(new Uint8Array(0));
});

test('the output is an array of its own', () => {
  const output = patchedBytes(INPUT, []);
  output[0] = 0;
  expect(INPUT.toString()).toBe('0123456789');
});

describe('chunk by chunk', () => {
  const MB = 1 << 20;

  /** The chunks: whether they are new or copied, where in the input, and how many bytes each has. */
  function chunksOf(length: number, edits: readonly Replacement[]): ['new' | 'copy', number, number][] {
    const inner = memorySource(new Uint8Array(length));
    const strict: Source = {
      length,
      read(offset, into) {
        if (into.length === 0 || offset + into.length > length)
          throw new RangeError(`${into.length} bytes at ${offset}`);
        return inner.read(offset, into);
      },
    };
    return Array.from(outputChunks(strict, edits), ({ bytes, offset, isNew }) => [
      isNew ? 'new' : 'copy',
      offset,
      bytes.length,
    ]);
  }

  test.each<[number, Replacement[], ['new' | 'copy', number, number][]]>([
    [0, [], []],
    [MB, [], [['copy', 0, MB]]],
    [
      MB + 1,
      [],
      [
        ['copy', 0, MB],
        ['copy', MB, 1],
      ],
    ],
    [
      2 * MB,
      [],
      [
        ['copy', 0, MB],
        ['copy', MB, MB],
      ],
    ],
    [
      MB + 5,
      [edit(3, 2, 'abc')],
      [
        ['copy', 0, 3],
        ['new', 3, 3],
        ['copy', 5, MB],
      ],
    ],
    [
      MB + 9,
      [edit(MB + 2, 0, 'x'), edit(MB + 7, 1, '')],
      [
        ['copy', 0, MB],
        ['copy', MB, 2],
        ['new', MB + 2, 1],
        ['copy', MB + 2, 5],
        ['copy', MB + 8, 1],
      ],
    ],
    [
      9,
      [edit(0, 0, 'x')],
      [
        ['new', 0, 1],
        ['copy', 0, 9],
      ],
    ],
  ])('%d bytes', (length, edits, expected) => {
    expect(chunksOf(length, edits)).toEqual(expected);
  });

  test('have the bytes of the output', () => {
    const input = Uint8Array.from({ length: 2 * MB + 77 }, (_, i) => i % 251);
    const put = Buffer.from('put in');
    const expected = Buffer.concat([input.subarray(0, MB + 9), put, input.subarray(MB + 99)]);
    const output = patchedBytes(input, [{ offset: MB + 9, length: 90, new: 'put in' }]);
    expect(expected.equals(output)).toBe(true);
  });
});

test.each([
  ['MetaBase.xml', 'MetaBase.patched.xml'],
  ['exports/MetaBase.XML', 'exports/MetaBase.patched.xml'],
  ['MetaBase.xml.bak', 'MetaBase.xml.bak.patched.xml'],
  ['a.xml.xml', 'a.xml.patched.xml'],
  ['MetaBase', 'MetaBase.patched.xml'],
  ['axml', 'axml.patched.xml'],
  ['my.xml/export', 'my.xml/export.patched.xml'],
])('beside %s, %s is written', (path, output) => {
  expect(defaultOutput(path)).toBe(output);
});
