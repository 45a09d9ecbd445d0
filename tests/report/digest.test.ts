import { createHash } from 'node:crypto';
import { digestsOf, digestsOfRefused } from '../../src/report/digest.ts';
import { sourceOf } from '../support/reading.ts';
import { newHash } from './result-and-page.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('the digests of the input and of its output', () => {
  expect(digestsOf(sourceOf('value="1"'), [{ offset: 7, length: 1, new: 'né' }], newHash)).toEqual({
    input: { size: 9, sha256: sha256('value="1"') },
    output: { size: 11, sha256: sha256('value="né"') },
  });
});

test('without an edit the output is the input, which is read once', () => {
  let reads = 0;
  const source = sourceOf('a');
  const counted = { ...source, read: (offset: number, into: Uint8Array) => (reads++, source.read(offset, into)) };
  const { input, output } = digestsOf(counted, [], newHash);
  expect([input, reads]).toEqual([output, 1]);
});

test('a file is read in parts, so that memory does not grow with it', () => {
  let longest = 0;
  const source = {
    length: 5_000_000,
    read: (_: number, into: Uint8Array) => {
      longest = Math.max(longest, into.length);
      return into.length;
    },
  };
  expect(digestsOf(source, [], newHash).input.size).toBe(5_000_000);
  expect(longest).toBeLessThanOrEqual(1 << 20);
});

test('an input that was refused has a digest, but no output; one that cannot be read has none', () => {
  const source = sourceOf('<a');
  const input = { size: 2, sha256: sha256('<a') };
  expect(digestsOfRefused(source, newHash)).toEqual({ input, output: null });
  const unreadable = {
    ...source,
    read: () => {
      throw new Error('it is gone');
    },
  };
  expect(digestsOfRefused(unreadable, newHash)).toBeNull();
});
