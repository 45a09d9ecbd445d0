import { expectAccepted, expectRefused, type Refused, windowSizes } from './expect-refused.ts';
import { type ReadTag, startTagsOf } from './read-tags.ts';

test.each<[string, ReadTag]>([
  ['<a/>', { name: 'a', attributes: [], isSelfClosing: true }],
  ['<a></a>', { name: 'a', attributes: [], isSelfClosing: false }],
  ['<a \t\r\n></a>', { name: 'a', attributes: [], isSelfClosing: false }],
  ['<a\n/>', { name: 'a', attributes: [], isSelfClosing: true }],
  ['<é:b-1.·/>', { name: 'é:b-1.·', attributes: [], isSelfClosing: true }],
  ['<a b="c"/>', { name: 'a', attributes: [['b', 'c']], isSelfClosing: true }],
  ["<a\tb\r=\n'c' ></a>", { name: 'a', attributes: [['b', 'c']], isSelfClosing: false }],
  ['<a b=""/>', { name: 'a', attributes: [['b', '']], isSelfClosing: true }],
  ['<a b="/"></a>', { name: 'a', attributes: [['b', '/']], isSelfClosing: false }],
  [
    '<a b="c" B=\'"d>\' é1=" /&gt;\r\n\'é€😀\ufffd&#x3c;"\n_="]]>"/>',
    {
      name: 'a',
      attributes: [
        ['b', 'c'],
        ['B', '"d>'],
        ['é1', " /&gt;\r\n'é€😀\ufffd&#x3c;"],
        ['_', ']]>'],
      ],
      isSelfClosing: true,
    },
  ],
])('%j is read as it is written, in windows of any size', (document, expected) => {
  expectAccepted(document);
  const read = windowSizes(Buffer.from(document)).map((size) => startTagsOf(document, size));
  expect(read).toEqual(read.map(() => [expected]));
});

const NO_NAME = 'a name is expected here';
const NO_SPACE = 'white space, > or /> is expected here; perhaps a quote is missing on an earlier line';
const NO_EQUALS = 'an = is expected after the attribute name';
const NO_QUOTE = 'a quoted value is expected here';

test.each<Refused>([
  ['<¦>', 'XML_TAG', NO_NAME],
  ['<¦1/>', 'XML_TAG', NO_NAME],
  ['<¦-/>', 'XML_TAG', NO_NAME],
  ['<¦./>', 'XML_TAG', NO_NAME],
  ['<¦·/>', 'XML_TAG', NO_NAME],
  ['<¦×a/>', 'XML_TAG', NO_NAME],
  ['<¦"a"/>', 'XML_TAG', NO_NAME],
  ['<¦\u0001/>', 'XML_TAG', NO_NAME],
  ['<¦\u037e/>', 'XML_TAG', NO_NAME],
  ['<a ¦1="b"/>', 'XML_TAG', NO_NAME],
  ['<a ¦="b"/>', 'XML_TAG', NO_NAME],
  ['<a ¦"b"/>', 'XML_TAG', NO_NAME],
  ['<a ¦<b/>', 'XML_TAG', NO_NAME],
  ['<a ¦&lt;/>', 'XML_TAG', NO_NAME],
  ['<a b="c" ¦,/>', 'XML_TAG', NO_NAME],
  ['<a/¦ >', 'XML_TAG', 'a > is expected after this /'],
  ['<a /¦/>', 'XML_TAG', 'a > is expected after this /'],
  ['<a b="c"/¦b>', 'XML_TAG', 'a > is expected after this /'],
  ['<a¦"b"/>', 'XML_ATTRIBUTE', NO_SPACE],
  ['<a¦=/>', 'XML_ATTRIBUTE', NO_SPACE],
  ['<a¦×/>', 'XML_ATTRIBUTE', NO_SPACE],
  ['<a¦<b/>', 'XML_ATTRIBUTE', NO_SPACE],
  ['<a¦\u0001/>', 'XML_ATTRIBUTE', NO_SPACE],
  ['<a b="c"¦d="e"/>', 'XML_ATTRIBUTE', NO_SPACE],
  ['<a b="c"¦"/>', 'XML_ATTRIBUTE', NO_SPACE],
  ["<a b='c'¦'/>", 'XML_ATTRIBUTE', NO_SPACE],
  ['<a b¦/>', 'XML_ATTRIBUTE', NO_EQUALS],
  ['<a b¦>', 'XML_ATTRIBUTE', NO_EQUALS],
  ['<a b ¦c="d"/>', 'XML_ATTRIBUTE', NO_EQUALS],
  ['<a b¦"c"/>', 'XML_ATTRIBUTE', NO_EQUALS],
  ['<a b¦×="c"/>', 'XML_ATTRIBUTE', NO_EQUALS],
  ['<a b=¦c/>', 'XML_ATTRIBUTE', NO_QUOTE],
  ['<a b=¦=""/>', 'XML_ATTRIBUTE', NO_QUOTE],
  ['<a b= ¦>', 'XML_ATTRIBUTE', NO_QUOTE],
  ['<a b=¦/>', 'XML_ATTRIBUTE', NO_QUOTE],
  ['<a b=¦&quot;c"/>', 'XML_ATTRIBUTE', NO_QUOTE],
  ['<a b=¦`c`/>', 'XML_ATTRIBUTE', NO_QUOTE],
  [
    '<a b="¦<"/>',
    'XML_ATTRIBUTE',
    'a < is not allowed in an attribute value; perhaps a quote is missing on an earlier line',
  ],
  [
    '<a b="c¦< d="e"/>',
    'XML_ATTRIBUTE',
    'a < is not allowed in an attribute value; perhaps a quote is missing on an earlier line',
  ],
  [
    "<a b='c\n¦<'/>",
    'XML_ATTRIBUTE',
    'a < is not allowed in an attribute value; perhaps a quote is missing on an earlier line',
  ],
  [
    '<a b="c/>\n¦<d/>',
    'XML_ATTRIBUTE',
    'a < is not allowed in an attribute value; perhaps a quote is missing on an earlier line',
  ],
  ['<a b="¦\u0001"/>', 'XML_CHARACTER', 'this character is not allowed in XML'],
  ['<a b="¦\u0001 c="d"/>', 'XML_CHARACTER', 'this character is not allowed in XML'],
  ["<a b='é€¦\uffff'/>", 'XML_CHARACTER', 'this character is not allowed in XML'],
  ['\ufeff<a b="¦\0"/>', 'XML_CHARACTER', 'this character is not allowed in XML'],
  ['<a b="¦&"/>', 'XML_REFERENCE', 'only &lt; &gt; &amp; &apos; &quot; and character references are allowed here'],
  ["<a b='c¦&#;'/>", 'XML_REFERENCE', 'this is not a character reference'],
])('%j is refused as %s: %s', (document, code, message) => {
  expectRefused(document, code, message);
});
