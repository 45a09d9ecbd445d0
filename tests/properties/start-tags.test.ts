import fc from 'fast-check';
import { fastStartTag } from '../../src/parser/fast-start-tag.ts';
import { startTag } from '../../src/parser/start-tag.ts';
import { outcome } from '../parser/tag-outcome.ts';
import { assertProperty, isReplay } from './assert-property.ts';

/** Values with every kind of content, sometimes one that is not allowed. */
const value = fc.string({
  unit: fc.oneof(
    {
      weight: 9,
      arbitrary: fc.constantFrom('x', ' ', '\r\n', 'é', '（', '部', '\ufffd', '&amp;', '&#65;', '&#x4e8b;'),
    },
    { weight: 1, arbitrary: fc.constantFrom('&', '&bad;', '&#0;', '\uffff', '\u0001', '<', '"') },
  ),
  maxLength: 8,
});

const attribute = fc
  .tuple(
    fc.constantFrom(' ', '\r\n\t\t', ''),
    fc.constantFrom('a', 'b', 'cd', 'Location', 'é', '1'),
    fc.constantFrom('=', ' =', ' = ', '=\n', ''),
    value,
    fc.constantFrom('"', '"', '"', "'"),
  )
  .map(([space, name, equals, text, quote]) => `${space}${name}${equals}${quote}${text}${quote}`);

const tag = fc
  .tuple(fc.array(attribute, { maxLength: 5 }), fc.constantFrom('>', '/>', '\r\n\t>', '/ >', ''))
  .map(([attributes, end]) => `<Key${attributes.join('')}${end}`);

test('the productions agree with the fast reader about a start tag, wherever the window ends', () => {
  let compared = 0;
  assertProperty(
    fc.property(tag, fc.integer({ min: 8, max: 80 }), (document, size) => {
      const fast = outcome(fastStartTag, document, 0, size);
      if (fast === null) return;
      compared++;
      expect(fast).toEqual(outcome(startTag, document, 0, size));
    }),
    { numRuns: 4000 },
  );
  if (!isReplay) expect(compared).toBeGreaterThan(300);
});
