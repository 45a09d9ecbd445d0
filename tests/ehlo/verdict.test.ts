import { judge, otherKeywords, requestedState, uncheckedBits } from '../../src/ehlo/verdict.ts';
import { type Verb, VERB_NAMES, VERBS } from '../../src/verbs.ts';

const nothing = { disable: 0, enable: 0 };

/** The keywords that offer each verb; TURN and ATRN share a bit. */
const KEYWORDS: readonly [keyword: string, verb: Verb][] = [
  ['8BITMIME', '8bitmime'],
  ['BINARYMIME', 'BINARYMIME'],
  ['CHUNKING', 'CHUNKING'],
  ['ENHANCEDSTATUSCODES', 'ENHANCEDSTATUSCODES'],
  ['TURN', 'TURN/ATRN'],
  ['ATRN', 'TURN/ATRN'],
  ['ETRN', 'ETRN'],
  ['DSN', 'DSN'],
];

describe('a verb is offered if one of its keywords is', () => {
  test.each(KEYWORDS)('%s offers %s', (keyword, verb) => {
    for (const line of [keyword, keyword.toLowerCase(), `${keyword} 1 2`, `${keyword}\tx`]) {
      const verdicts = judge(['SIZE 1000', line, 'HELP'], nothing);
      expect(VERB_NAMES.filter((each) => verdicts[each].offered)).toEqual([verb]);
      expect(otherKeywords(['SIZE 1000', line, 'HELP'])).toEqual(['SIZE 1000', 'HELP']);
    }
  });

  test.each(['X8BITMIME', '8BITMIMEX', 'SIZE 8BITMIME', 'TURN/ATRN', 'AUTH=DSN', 'STARTTLS', ''])(
    '%j offers none of them',
    (line) => {
      expect(Object.values(judge([line], nothing)).some(({ offered }) => offered)).toBe(false);
      expect(otherKeywords([line])).toEqual([line]);
    },
  );

  test('each verb has its verdict, in the order of the other commands', () => {
    expect(Object.keys(judge([], nothing))).toEqual(VERB_NAMES);
  });
});

describe('a verb is ok', () => {
  test.each(KEYWORDS)('%s: turned off, it must not be offered; turned on, it must', (keyword, verb) => {
    const bit = VERBS[verb];
    const ok = (keywords: string[], disable: number, enable: number): boolean =>
      judge(keywords, { disable, enable })[verb].ok;
    expect([ok([keyword], bit, 0), ok([], bit, 0), ok([keyword], 0, bit), ok([], 0, bit)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([ok([keyword], ~bit, 0), ok([], 0, ~bit)]).toEqual([true, true]);
    expect([
      requestedState(verb, { disable: bit, enable: 0 }),
      requestedState(verb, { disable: 0, enable: bit }),
    ]).toEqual([false, true]);
  });

  test('one that the request does not name is ok, offered or not', () => {
    const request = { disable: VERBS['8bitmime'], enable: VERBS.DSN };
    expect(judge(['ETRN'], request)).toMatchObject({
      ETRN: { offered: true, ok: true },
      CHUNKING: { offered: false, ok: true },
    });
    expect(requestedState('ETRN', request)).toBeNull();
  });
});

test('requested bits that no keyword shows are a warning', () => {
  expect(uncheckedBits({ disable: VERBS['8bitmime'], enable: VERBS.DSN })).toEqual([]);
  expect(uncheckedBits({ disable: VERBS['8bitmime'] | 1, enable: 0x40000 })).toEqual([
    {
      code: 'UNNAMED_MASK',
      message: 'EHLO has no keyword for the bits 0x40001; they are not checked',
      line: null,
      column: null,
      offset: null,
    },
  ]);
});
