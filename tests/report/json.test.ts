import fc from 'fast-check';
import { toJson } from '../../src/report/json.ts';

describe('toJson', () => {
  test('is ASCII, and JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const json = toJson(value);
        expect(json).toMatch(/^[\n -~]*$/);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('half of a surrogate pair becomes U+FFFD, a whole one stays', () => {
    expect(toJson(['a\ud83d\ude00b\ude00c\ud83d'])).toBe('[\n  "a\\ud83d\\ude00b\\ufffdc\\ufffd"\n]');
  });
});
