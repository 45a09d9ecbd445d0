import { expectAccepted, expectRefused } from './expect-refused.ts';
import { startTagsOf } from './read-tags.ts';

const PLACES: [string, string, string][] = [
  ['text', '<a>b', 'c</a>'],
  ['a value', '<a b="c', 'd"/>'],
];

describe.each(PLACES)('in %s', (_, before, after) => {
  test.each([
    '&lt;',
    '&gt;',
    '&amp;',
    '&apos;',
    '&quot;',
    '&#9;',
    '&#10;',
    '&#x9;',
    '&#xA;',
    '&#xd;',
    '&#13;',
    '&#32;',
    '&#x20;',
    '&#xd7ff;',
    '&#xe000;',
    '&#xfffd;',
    '&#65533;',
    '&#x10000;',
    '&#x10ffff;',
    '&#1114111;',
    '&#x0009aAfF;',
    '&#000000000000000000000000000065;',
    '&#098765;',
    '&#x43210;',
    '&#x00BCDE;',
    '&amp;amp;&amp;',
  ])('the reference %s is accepted', (reference) => {
    expectAccepted(before + reference + after);
  });

  test.each([
    '&;',
    '&',
    '& ',
    '&lt',
    '&lt ;',
    '&LT;',
    '&lte;',
    '&nbsp;',
    '&l;',
    '&ltx;',
    '&quo;',
    '&a;',
    '&é;',
    '&&lt;',
    '&x41;',
  ])('%s is not a reference that is allowed here', (reference) => {
    const message = 'only &lt; &gt; &amp; &apos; &quot; and character references are allowed here';
    expectRefused(`${before}¦${reference}${after}`, 'XML_REFERENCE', message);
  });

  test.each([
    '&#;',
    '&#x;',
    '&#',
    '&#x',
    '&#6 5;',
    '&#65',
    '&#65 ;',
    '&#a;',
    '&#6a;',
    '&#X41;',
    '&#xg;',
    '&#x4g;',
    '&#x4`;',
    '&#x4@;',
    '&#-65;',
    '&#+65;',
    '&#1/;',
    '&#1:;',
    '&#xx41;',
    '&##65;',
  ])('%s is not a character reference', (reference) => {
    expectRefused(`${before}¦${reference}${after}`, 'XML_REFERENCE', 'this is not a character reference');
  });

  test.each([
    '&#0;',
    '&#x0;',
    '&#8;',
    '&#11;',
    '&#xc;',
    '&#14;',
    '&#31;',
    '&#xd800;',
    '&#xdbff;',
    '&#xDC00;',
    '&#57343;',
    '&#xfffe;',
    '&#65535;',
    '&#x110000;',
    '&#1114112;',
    '&#4294967361;',
    '&#x100000041;',
    '&#99999999999999999999999999999999999999999;',
  ])('%s does not refer to a character that XML allows', (reference) => {
    expectRefused(
      `${before}¦${reference}${after}`,
      'XML_REFERENCE',
      'this refers to a character that is not allowed in XML',
    );
  });
});

describe('a name', () => {
  test.each([
    'a',
    ':',
    '_',
    'Z',
    'az09-._:',
    'é',
    'éa',
    'aé',
    'a·',
    'é\u0300',
    'Ж',
    '名前',
    '\u{10000}',
    'a\u{effff}b',
    '\u200c',
    'a\u2040',
    '\ufeffa',
    'a\ufeff',
  ])('can be %s, of an element, an attribute or a processing instruction', (name) => {
    const document = `<${name} ${name}=""><?${name}?></${name} >`;
    expectAccepted(document);
    expect(startTagsOf(document)).toEqual([{ name, attributes: [[name, '']], isSelfClosing: false }]);
  });

  test.each([
    '·',
    '\u0300',
    '\u203f',
    '\u00d7',
    '\u00f7',
    '\u037e',
    '\u200b',
    '\u2190',
    '\u3000',
    '\ue000',
    '\ufdd0',
    '\ufffe',
    '\uffff',
    '\u{f0000}',
    '\u{10ffff}',
  ])('cannot begin with %j', (character) => {
    expectRefused(`<¦${character}/>`, 'XML_TAG', 'a name is expected here');
  });

  test.each([
    '\u00d7',
    '\u00f7',
    '\u037e',
    '\u200b',
    '\u203e',
    '\u2041',
    '\u2190',
    '\u3000',
    '\ue000',
    '\ufdd0',
    '\ufffe',
    '\u{f0000}',
    '+',
    ',',
    ';',
    '@',
    '[',
    '^',
    '`',
    '{',
  ])('ends before %j', (character) => {
    for (const name of ['a', 'é']) {
      expectRefused(
        `<${name}¦${character}/>`,
        'XML_ATTRIBUTE',
        'white space, > or /> is expected here; perhaps a quote is missing on an earlier line',
      );
    }
  });
});
