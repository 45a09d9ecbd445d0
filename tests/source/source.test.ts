import { memorySource, readSpan } from '../../src/source/source.ts';

const source = memorySource(Uint8Array.of(1, 2, 3, 4, 5));

test.each([
  [0, 5, [1, 2, 3, 4, 5]],
  [0, 2, [1, 2]],
  [3, 2, [4, 5]],
  [3, 9, [4, 5]],
  [5, 1, []],
  [9, 2, []],
  [2, 0, []],
])('from %i, %i bytes are %j', (offset, length, expected) => {
  const into = new Uint8Array(length);
  expect(source.read(offset, into)).toBe(expected.length);
  expect([...into.subarray(0, expected.length)]).toEqual(expected);
  expect([...into.subarray(expected.length)]).toEqual(new Array(length - expected.length).fill(0));
  const span = readSpan(source, { offset, length });
  expect([...span]).toEqual(expected);
  expect(span.buffer.byteLength).toBe(expected.length);
});

test('bytes in memory are not copied, but those of a span are', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const span = readSpan(memorySource(bytes), { offset: 1, length: 1 });
  const later = memorySource(bytes);
  expect(later.length).toBe(3);
  bytes[1] = 9;
  expect([[...span], [...readSpan(later, { offset: 1, length: 1 })]]).toEqual([[2], [9]]);
});

test('a source that has fewer bytes than stated gives a shorter span', () => {
  const short = {
    length: 100,
    read: (_: number, into: Uint8Array): number => {
      into.set([7, 8]);
      return 2;
    },
  };
  expect([...readSpan(short, { offset: 0, length: 50 })]).toEqual([7, 8]);
});
