import { SaxesParser } from 'saxes';
import type { MetabaseError } from '../../src/errors.ts';
import { refusalOf } from '../support/reading.ts';
import { readSuite, type Specimen } from './w3c.ts';

/** The text of a document, as far as it is needed to sort it; a UTF-16 one without a mark is recognized by its first bytes. */
function textOf(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff || (bytes[0] === 0x3c && bytes[1] === 0)
      ? 'utf-16le'
      : bytes[0] === 0xfe || bytes[0] === 0
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** Whether the text has a DOCTYPE, not counting what looks like one in a comment, a CDATA section or a processing instruction. */
function hasDoctype({ bytes }: Specimen): boolean {
  return textOf(bytes)
    .replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>/g, '')
    .includes('<!DOCTYPE');
}

/** Why a verdict of the catalogue does not apply to us; the first reason that holds. */
const EXCLUSIONS: [string, (specimen: Specimen) => boolean][] = [
  [
    'it is about XML 1.1, and version 1.1 is refused',
    ({ recommendation }) => recommendation === 'XML1.1' || recommendation === 'NS1.1',
  ],
  ['it is about namespaces, which are not looked at', ({ recommendation }) => recommendation.startsWith('NS')],
  ['its verdict is of an edition before the fifth', ({ editions }) => editions !== null && !editions.includes('5')],
  ['a processor may, but need not, report it', ({ type }) => type === 'error'],
];

const suite = readSuite();
const reasonOf = (specimen: Specimen): string | undefined => EXCLUSIONS.find(([, holds]) => holds(specimen))?.[0];
const judged = suite.filter((specimen) => reasonOf(specimen) === undefined);
const plain = judged.filter((specimen) => !hasDoctype(specimen));
const malformed = plain.filter(({ type }) => type === 'not-wf');
const wellFormed = plain.filter(({ type }) => type !== 'not-wf');

/** A NUL among the first bytes, and nothing that shows an encoding: taken for the metabase of IIS 5.0. */
function isBinary({ code }: MetabaseError, bytes: Uint8Array): boolean {
  return code === 'BINARY_METABASE' && bytes.includes(0);
}

/** Whether a document is in, or declares, another encoding than UTF-8, the only one that IIS documents. */
function isOther({ bytes }: Specimen): boolean {
  return /encoding\s*=\s*["'](?!utf-8["'])/i.test(textOf(bytes)) || bytes[0] >= 0xfe;
}

test('the suite is there, and each document is sorted', () => {
  const excluded = EXCLUSIONS.map(([reason]) => suite.filter((specimen) => reasonOf(specimen) === reason).length);
  expect({
    documents: suite.length,
    excluded,
    malformed: malformed.length,
    wellFormed: wellFormed.length,
    withDoctype: judged.length - plain.length,
  }).toEqual({ documents: 2585, excluded: [273, 51, 310, 24], malformed: 229, wellFormed: 60, withDoctype: 1638 });
});

test('every document that is not well-formed, and has no DOCTYPE, is refused with a line and a column', () => {
  const wrong = malformed.filter(({ bytes }) => {
    const error = refusalOf(bytes);
    if (bytes.length === 0) return error?.code !== 'EMPTY_FILE';
    return (
      error === null ||
      !(
        isBinary(error, bytes) ||
        (error.line !== null && /^(XML|ENCODING)_/.test(error.code)) ||
        error.code === 'ENCODING_UNSUPPORTED'
      )
    );
  });
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

test('every well-formed one is accepted', () => {
  const wrong = wellFormed.filter((specimen) => !isOther(specimen) && refusalOf(specimen.bytes) !== null);
  expect(wrong.map(({ id, bytes }) => `${id}: ${refusalOf(bytes)?.code ?? ''}`)).toEqual([]);
});

test('one in another encoding than UTF-8 is refused as such', () => {
  const others = wellFormed.filter(isOther);
  expect(others.length).toBeLessThan(20);
  for (const { bytes } of others) expect(refusalOf(bytes)?.code).toMatch(/^ENCODING_(UNSUPPORTED|MISMATCH)$/);
});

test('every document with a DOCTYPE is refused, for it or for an error before it', () => {
  const codes = new Set<string>();
  for (const specimen of judged.filter(hasDoctype))
    codes.add(refusalOf(specimen.bytes)?.code ?? `accepted ${specimen.id}`);
  expect([...codes].filter((code) => !/^(XML_|ENCODING_|BINARY_METABASE$)/.test(code))).toEqual([]);
  expect(codes.has('XML_DOCTYPE')).toBe(true);
});

describe('set inside a metabase', () => {
  const inside = (content: string): Uint8Array =>
    Buffer.from(
      `<configuration><MBProperty><IIsConfigObject Location="/LM/SmtpSvc/1">${content}</IIsConfigObject>${content}</MBProperty></configuration>`,
    );
  const contentOf = ({ bytes }: Specimen): string => textOf(bytes).replace(/^\ufeff?(<\?xml\s[^>]*\?>)?/, '');

  test('every well-formed document is accepted, in an SMTP key and outside', () => {
    const readable = wellFormed.filter((specimen) => !isOther(specimen));
    const wrong = readable.filter((specimen) => refusalOf(inside(contentOf(specimen))) !== null);
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test('a malformed one is judged as saxes judges it, because some are well-formed there', () => {
    const accepts = (bytes: Uint8Array): boolean => {
      let isGood = true;
      const parser = new SaxesParser({ xmlns: false });
      parser.on('error', () => {
        isGood = false;
      });
      parser.write(Buffer.from(bytes).toString()).close();
      return isGood;
    };
    const contents = malformed.map((specimen) => inside(contentOf(specimen)));
    expect(contents.map((bytes) => refusalOf(bytes) === null)).toEqual(contents.map(accepts));
  });
});
