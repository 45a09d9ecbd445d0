import { refusalOf } from '../support/reading.ts';

const nested = (names: readonly string[]): string =>
  names.map((name) => `<${name}>`).join('') +
  [...names]
    .reverse()
    .map((name) => `</${name}>`)
    .join('');

test.each([1, 2, 5, 100, 1024, 1025, 5000])('%i nested elements are closed in turn', (depth) => {
  const names = Array.from({ length: depth }, (_, i) => `n${i % 17}`);
  expect(refusalOf(nested(names))).toBeNull();
  expect(refusalOf(nested(names).replace('></', '></x'))).toMatchObject({
    code: 'XML_MISMATCHED_TAG',
    message: `</${names.at(-1) ?? ''}> is expected here`,
  });
});

test.each([1, 1023, 1024, 1025, 2048, 2049, 10_000])(
  'a name of %i letters is remembered, and those around it',
  (length) => {
    const names = ['a', 'b'.repeat(length), 'c', 'd'.repeat(length), 'e'];
    expect(refusalOf(nested(names))).toBeNull();
    const last = nested(names).lastIndexOf('b');
    const changed = `${nested(names).slice(0, last)}x${nested(names).slice(last + 1)}`;
    expect(refusalOf(changed)?.message).toBe(`</${names[1]}> is expected here`);
    expect(refusalOf(nested(names).slice(0, -1))?.code).toBe('XML_UNEXPECTED_END');
  },
);

test('an element that is closed is forgotten', () => {
  expect(refusalOf(`<a>${'<bcd><e></e></bcd><f/>'.repeat(1000)}</a>`)).toBeNull();
  expect(refusalOf('<a><bcd></bcd></bcd></a>')?.message).toBe('</a> is expected here');
});
