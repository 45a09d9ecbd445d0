import { patch } from '../../src/index.ts';
import type { RequestOptions } from '../../src/patch/request.ts';
import { makePlan } from '../../src/patch/make-plan.ts';
import { toRequest } from '../../src/patch/request.ts';
import { memorySource, type Source } from '../../src/source/source.ts';
import { type Difference, verifyPatched } from '../../src/writer/verification.ts';
import { patchedBytes } from '../../src/writer/patched-output.ts';
import { custom, key, metabase, value } from '../locator/metabase-text.ts';
import { read } from '../support/reading.ts';

const ONE = '/LM/SmtpSvc/1';
const TWO = '/LM/SmtpSvc/2';

const NOT_PATCH = 'this is not what the patch writes here';
const NOT_ORIGINAL = 'this is not what the original has here';
const OTHER_OPTIONS =
  'only values of the property differ: were the same options given to patch, or were the two files exchanged?';
const TOO_SHORT = 'the file ends here, too early';
const TOO_LONG = 'there is more here than the patch makes';

/** What verify says about the right output changed by `spoil`. */
function difference(
  original: Uint8Array,
  spoil: (output: Buffer) => Uint8Array,
  options: RequestOptions = {},
): Difference | null {
  const file = memorySource(original);
  const plan = makePlan(file, read(file), toRequest(options), 'refuse');
  const output = patchedBytes(original, plan.edits);
  const { ok, differences } = verifyPatched(file, plan, strictSource(spoil(Buffer.from(output))));
  expect(differences).toHaveLength(ok ? 0 : 1);
  return differences.at(0) ?? null;
}

/** Bytes that, like those of a file, cannot be read from a negative offset. */
function strictSource(bytes: Uint8Array): Source {
  const inner = memorySource(bytes);
  return {
    length: inner.length,
    read(offset, into) {
      if (offset < 0) throw new RangeError(`there is nothing at ${offset}`);
      return inner.read(offset, into);
    },
  };
}

/** A file with a byte changed at `offset`. */
const flip =
  (offset: number) =>
  (output: Buffer): Buffer => {
    output[offset] ^= 1;
    return output;
  };

const ORIGINAL = Buffer.from(
  metabase(key(ONE, value(7697601)), key('/LM/W3SVC/1', 'A="b"'), key(TWO, `${value(7697601)} z="1"`), '<!-- end -->'),
);
const OUTPUT = ORIGINAL.toString().replaceAll('7697601', '3503297');

/** The place of the n-th occurrence of a text in the output. */
const place = (text: string, n = 0): number => {
  let at = OUTPUT.indexOf(text);
  for (let i = 0; i < n; i++) at = OUTPUT.indexOf(text, at + 1);
  return at;
};

test('the right output has no difference', () => {
  expect(difference(ORIGINAL, (output) => output)).toBeNull();
});

test('the original is not patched: the first value is wrong', () => {
  expect(difference(ORIGINAL, () => ORIGINAL)).toEqual({
    offset: place('3503297'),
    line: 3,
    column: 77,
    location: ONE,
    reason: 'this file is not patched: it is the original',
  });
});

describe('a changed byte', () => {
  test.each<[string, number, number, number, string | null, string]>([
    ['the first of the file', 0, 1, 1, null, NOT_ORIGINAL],
    ['before the keys', place('MBP'), 2, 2, null, NOT_ORIGINAL],
    ['the first of a key', place('<IIs'), 3, 1, ONE, NOT_ORIGINAL],
    ['just before a new value', place('"3503297'), 3, 76, ONE, NOT_ORIGINAL],
    ['the first of a new value', place('3503297'), 3, 77, ONE, OTHER_OPTIONS],
    ['the last of a new value', place('3503297') + 6, 3, 83, ONE, OTHER_OPTIONS],
    ['directly after a new value', place('3503297') + 7, 3, 84, ONE, NOT_ORIGINAL],
    ['the last of a key', place('/>\n<IIsConfigObject Location="/LM/W3SVC') + 1, 3, 86, ONE, NOT_ORIGINAL],
    ['between keys', place('\n<IIsConfigObject Location="/LM/W3SVC'), 3, 87, null, NOT_ORIGINAL],
    ['in a key of another service', place('b"'), 4, 44, '/LM/W3SVC/1', NOT_ORIGINAL],
    ['in the second new value', place('3503297', 1) + 2, 5, 79, TWO, OTHER_OPTIONS],
    ['after the second new value', place('z="1"'), 5, 86, TWO, NOT_ORIGINAL],
    ['after the keys', place('end'), 6, 6, null, NOT_ORIGINAL],
    ['the last of the file', OUTPUT.length - 1, 8, 17, null, NOT_ORIGINAL],
  ])('%s', (_, offset, line, column, location, reason) => {
    expect(difference(ORIGINAL, flip(offset))).toEqual({ offset, line, column, location, reason });
  });

  test('is the first of several', () => {
    expect(difference(ORIGINAL, (output) => flip(100)(flip(20)(output)))?.offset).toBe(20);
  });
});

describe('a file that is too short', () => {
  test.each<[string, number, number, number, string | null]>([
    ['empty', 0, 1, 1, null],
    ['cut in a key', place('3503297') - 1, 3, 76, ONE],
    ['cut before a new value', place('3503297'), 3, 77, ONE],
    ['cut in a new value', place('3503297', 1) + 3, 5, 80, TWO],
    ['without its last byte', OUTPUT.length - 1, 8, 17, null],
  ])('%s', (_, offset, line, column, location) => {
    const expected = { offset, line, column, location, reason: TOO_SHORT };
    expect(difference(ORIGINAL, (output) => output.subarray(0, offset))).toEqual(expected);
  });
});

test('a file that is too long', () => {
  expect(difference(ORIGINAL, (output) => Buffer.concat([output, Buffer.from('\n')]))).toEqual({
    offset: OUTPUT.length,
    line: 9,
    column: 1,
    location: null,
    reason: TOO_LONG,
  });
});

describe('insertions and edits of another length', () => {
  const inserting = Buffer.from(
    metabase(
      key(TWO, value('&#55;697601')),
      key(ONE),
      key('/LM/SmtpSvc/3', value(10)),
      key('/LM/SmtpSvc/4', value('0'.repeat(20))),
    ),
  );
  const options = { setMissing: 0, enable: ['DSN'] };

  test('in what is inserted', () => {
    const made = difference(inserting, (output) => flip(output.indexOf('<Custom'))(output), options);
    expect(made).toMatchObject({ line: 5, column: 2, location: ONE, reason: NOT_PATCH });
  });

  test('after it, in the same key and in the next', () => {
    const same = difference(
      inserting,
      (output) => flip(output.indexOf('>\n<IIsConfigObject Location="/LM/SmtpSvc/3'))(output),
      options,
    );
    expect(same).toMatchObject({ line: 13, column: 18, location: ONE, reason: NOT_ORIGINAL });
    const next = difference(inserting, (output) => flip(output.indexOf('74"'))(output), options);
    expect(next).toMatchObject({ line: 14, column: 77, location: '/LM/SmtpSvc/3', reason: OTHER_OPTIONS });
    const last = difference(inserting, (output) => flip(output.lastIndexOf('64"'))(output), options);
    expect(last).toMatchObject({ line: 15, column: 77, location: '/LM/SmtpSvc/4', reason: OTHER_OPTIONS });
  });

  test('if a key is missing, or one of its values', () => {
    const lines = [key(ONE), key(TWO, value(7697601), custom(7697601))];
    const text = Buffer.from(metabase(...lines));
    for (const [line, missing] of [
      [3, /<IIsConfigObject Location="\/LM\/SmtpSvc\/1"[^]*?<\/IIsConfigObject>\n/],
      [13, /<Custom Name="Unknown[^]*?\/>/],
    ] as const) {
      const made = difference(text, (output) => Buffer.from(output.toString().replace(missing, '')), options);
      expect(made).toMatchObject({ line, reason: expect.stringMatching(/^this is not what/) as string });
    }
  });

  test('if nothing was inserted', () => {
    const made = difference(
      inserting,
      (output) => Buffer.from(output.toString().replace(/>\n\t<Custom[^]*\t\/>\n<\/IIsConfigObject>/, '/>')),
      options,
    );
    expect(made).toMatchObject({ line: 4, column: 42, location: ONE, reason: OTHER_OPTIONS });
  });

  test('where an insertion should end the file early', () => {
    const made = difference(inserting, (output) => output.subarray(0, output.indexOf('Type=')), options);
    expect(made).toMatchObject({ line: 9, column: 3, location: ONE, reason: TOO_SHORT });
  });
});

describe('a file that was patched with other options', () => {
  const original = Buffer.from(
    metabase(
      key('/LM/SmtpSvc', value(7697601), '', 'IIsSmtpService'),
      key(ONE, '', '', 'IIsSmtpServer'),
      key(TWO, '', custom(7697601)),
      key(`${TWO}/Domain`, value(1)),
    ),
  );
  const reasonOf = (spoil: (output: Buffer) => Uint8Array): string | undefined => difference(original, spoil)?.reason;

  test.each<[string, RequestOptions]>([
    ['other verbs', { disable: ['chunking'] }],
    ['another server: an attribute inserted', { servers: ['1'] }],
    ['another server: a Custom changed', { servers: ['2'] }],
    ['a value inserted everywhere', { setMissing: true, enable: ['0x2'] }],
  ])('%s: verify asks for the options', (_, options) => {
    expect(reasonOf(() => patch(original, options).bytes)).toBe(OTHER_OPTIONS);
  });

  test('the keys may be in any order in the file', () => {
    const file = Buffer.from(
      metabase(key(TWO, value(7697601)), key('/LM/SmtpSvc', value(7697601)), key(TWO, value(7697601)), key(ONE)),
    );
    const { bytes } = patch(file, { disable: ['chunking'] });
    expect(difference(file, () => bytes)?.reason).toBe(OTHER_OPTIONS);
  });

  test('a value that is not a DWORD is a value too', () => {
    expect(reasonOf((output) => Buffer.from(output.toString().replace('3503297', 'none')))).toBe(OTHER_OPTIONS);
  });

  test.each<[string, (text: string) => string]>([
    ['a value of a deeper key', (text) => text.replace('Options="1"', 'Options="2"')],
    ['a value and another byte', (text) => text.replace('3503297', '1').replace('</MBProperty>', '</MBProperty >')],
    ['a value, and the quotes around it', (text) => text.replace('"3503297"', "'1'")],
    [
      'a value that is inserted, and not a DWORD',
      (text) => text.replace('/LM/SmtpSvc/1"', '/LM/SmtpSvc/1" SmtpInboundCommandSupportOptions="x"'),
    ],
    ['a value, and the file is not well-formed', (text) => text.replace('"3503297"', '"1"').slice(0, -5)],
    [
      'a key is gone',
      (text) => text.replace(/<IIsConfigObject Location="\/LM\/SmtpSvc\/2"[^]*?<\/IIsConfigObject>\n/, ''),
    ],
  ])('not if %s differs', (_, spoil) => {
    expect(reasonOf((output) => Buffer.from(spoil(output.toString())))).not.toBe(OTHER_OPTIONS);
  });
});

describe('characters of several bytes', () => {
  const keys = [key(ONE, `A="ä€😀" ${value(7697601)}`)];
  const column = '<IIsConfigObject Location="/LM/SmtpSvc/1" A="'.length + 1;

  test.each([
    ['ä', 0, 2],
    ['€', 1, 3],
    ['😀', 2, 4],
  ])('%s in UTF-8: any of its bytes is in its column', (character, index, length) => {
    const original = Buffer.from(metabase(...keys));
    const offset = original.indexOf(character);
    for (let i = 0; i < length; i++) {
      expect(difference(original, flip(offset + i))).toMatchObject({
        offset: offset + i,
        line: 3,
        column: column + index,
      });
    }
    expect(difference(original, (output) => output.subarray(0, offset + 1))).toMatchObject({
      offset: offset + 1,
      column: column + index + 1,
    });
  });

  test('a stray byte where a character begins is not in the character before it', () => {
    const original = Buffer.from(metabase(...keys));
    const stray = (offset: number) => (output: Buffer) => {
      output[offset] = 0x80;
      return output;
    };
    const afterEuro = original.indexOf('😀');
    expect(difference(original, stray(afterEuro))).toMatchObject({ offset: afterEuro, line: 3, column: column + 2 });
    const end = difference(original, (output) => Buffer.concat([output, Uint8Array.of(0x80)]));
    expect(end).toMatchObject({ offset: original.length, line: 6, column: 1, reason: TOO_LONG });
    const lineStart = original.indexOf('<IIsConfigObject');
    expect(difference(original, stray(lineStart))).toMatchObject({ offset: lineStart, line: 3, column: 1 });
  });

  test('a file that begins with half a character', () => {
    const original = Buffer.from(metabase(...keys));
    expect(difference(original, () => Buffer.from([0x80, 0x80, 0x80]))).toMatchObject({
      offset: 0,
      line: 1,
      column: 1,
    });
  });

  test('a byte order mark is not a column', () => {
    const original = Buffer.from(`\ufeff${metabase(...keys)}`);
    expect(difference(original, flip(4))).toMatchObject({ offset: 4, line: 1, column: 2 });
    expect(difference(original, (output) => output.subarray(3))).toMatchObject({ offset: 0, line: 1, column: 1 });
  });
});

describe('files of several chunks', () => {
  const CHUNK = 1 << 18;
  const filler = key('/LM/W3SVC', `A="${'x\n'.repeat(CHUNK)}"`);
  const original = Buffer.from(metabase(filler, key(ONE, value(7697601)), filler));

  test('are compared to the end', () => {
    expect(difference(original, (output) => output)).toBeNull();
  });

  test.each([CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 3 * CHUNK, original.length - 1])(
    'with a byte changed at %d',
    (offset) => {
      const line = original.subarray(0, offset).toString().split('\n').length;
      expect(difference(original, flip(offset))).toMatchObject({ offset, line, reason: NOT_ORIGINAL });
    },
  );

  test.each([CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])('cut at %d', (offset) => {
    expect(difference(original, (output) => output.subarray(0, offset))).toMatchObject({ offset, reason: TOO_SHORT });
  });
});
