import { scan } from '../../src/parser/scanner.ts';
import { expectAccepted, expectRefused, type Refused } from './refused.ts';
import { tagsOf } from './scanned.ts';
import { refusalOf, sourceOf } from '../support/reading.ts';

describe('a document', () => {
  test.each([
    '<a/>',
    '<a></a>',
    '<a></a\t\r\n >',
    ' \t\r\n<a/> \t\r\n',
    '<!-- a --><a/><!-- b -->',
    '<?p?><a/><?p x?>',
    '<?p?><!---->\n<?q?>\n<a/>\n<?p?><!---->\n<?q?>',
    '<a><b/><b></b><c>d</c></a>',
    '<a><a><a/></a></a>',
  ])('%j is accepted', (document) => {
    expectAccepted(document);
  });

  test.each<Refused>([
    ['¦x<a/>', 'XML_TEXT', 'text is not allowed outside the root element'],
    ['<a/>\n¦x', 'XML_TEXT', 'text is not allowed outside the root element'],
    ['<a></a>¦x', 'XML_TEXT', 'text is not allowed outside the root element'],
    ['<a/>¦&lt;', 'XML_TEXT', 'text is not allowed outside the root element'],
    ['¦]]><a/>', 'XML_TEXT', 'text is not allowed outside the root element'],
    ['¦é<a/>', 'XML_TEXT', 'text is not allowed outside the root element'],
    ['\ufeff¦\ufeff<a/>', 'XML_TEXT', 'text is not allowed outside the root element'],
    ['<a/> ¦\u0001', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['<a/> ¦\u001f', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['\ufeff<a/>¦\0 ', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['<a/>¦<b/>', 'XML_ROOT', 'a second root element begins here'],
    ['<a></a>\n¦<a>', 'XML_ROOT', 'a second root element begins here'],
    ['<a/>¦< b/>', 'XML_ROOT', 'a second root element begins here'],
    ['<a/>¦</a>', 'XML_MISMATCHED_TAG', 'this end tag has no start tag'],
    ['¦</a>', 'XML_MISMATCHED_TAG', 'this end tag has no start tag'],
    ['¦<!DOCTYPE a><a/>', 'XML_DOCTYPE', 'a metabase has no document type declaration, and none is read'],
    ['<a/>¦<!DOCTYPEa>', 'XML_DOCTYPE', 'a metabase has no document type declaration, and none is read'],
    ['<!¦DOCTYP a><a/>', 'XML_TAG', 'this is not a comment, a CDATA section or a tag'],
    ['<!¦doctype a><a/>', 'XML_TAG', 'this is not a comment, a CDATA section or a tag'],
    ['<!¦[CDATA[ ]]><a/>', 'XML_TAG', 'this is not a comment, a CDATA section or a tag'],
    ['<a/><!¦[CDATA[]]>', 'XML_TAG', 'this is not a comment, a CDATA section or a tag'],
  ])('%j is refused as %s: %s', (document, code, message) => {
    expectRefused(document, code, message);
  });
});

describe('text', () => {
  test.each([
    '<a>b c\td\re\nf</a>',
    '<a>é€😀\u0085\u2028\ufdd0\ue000\ufffd</a>',
    '<a>\'"=/>?!-;#</a>',
    '<a>]</a>',
    '<a>]]</a>',
    '<a>]]]</a>',
    '<a>] ]></a>',
    '<a>]>]]&gt;]</a>',
    '<a>]]b></a>',
    '<a>></a>',
    '<a>&lt;&amp;&gt;&#65;b&#x41;</a>',
    '<a>\uffef\uffbf\ufffdﻃ</a>',
  ])('%j is accepted', (document) => {
    expectAccepted(document);
  });

  test.each<Refused>([
    ['<a>¦]]></a>', 'XML_TEXT', ']]> is not allowed in text'],
    ['<a>b]¦]]></a>', 'XML_TEXT', ']]> is not allowed in text'],
    ['<a><b/>\n¦]]></a>', 'XML_TEXT', ']]> is not allowed in text'],
    ['<a>b¦\u0008</a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['\ufeff<a>¦\0</a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['<a>é¦\ufffe</a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['<a>é¦\uffff</a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['<a>\r\n\r\n\t¦\u000b</a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['<a><!¦DOCTYPE a></a>', 'XML_TAG', 'this is not a comment, a CDATA section or a tag'],
    ['<a><!¦></a>', 'XML_TAG', 'this is not a comment, a CDATA section or a tag'],
    ['<a><¦ b/></a>', 'XML_TAG', 'a name is expected here'],
    ['<a>b <¦= c</a>', 'XML_TAG', 'a name is expected here'],
  ])('%j is refused as %s: %s', (document, code, message) => {
    expectRefused(document, code, message);
  });
});

describe('a comment', () => {
  test.each([
    '<a><!----></a>',
    '<a><!-- <b> & ]]> ?> --></a>',
    '<a><!-- - - -\t- é€😀 --></a>',
    '<a><!-- -b- --></a>',
    '<a><!-->--></a>',
    '<a><!--->--></a>',
    '<a><!----><!--b--></a>',
    '<!--a\u0085\ue000\ufffd--><a/>',
  ])('%j is accepted', (document) => {
    expectAccepted(document);
  });

  test.each<Refused>([
    ['<a><!-- ¦-- --></a>', 'XML_COMMENT', '-- is not allowed inside a comment'],
    ['<a><!-- -¦\u0001', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['<a><!-- ¦---></a>', 'XML_COMMENT', '-- is not allowed inside a comment'],
    ['<a><!--¦--->', 'XML_COMMENT', '-- is not allowed inside a comment'],
    ['<!--¦----><a/>', 'XML_COMMENT', '-- is not allowed inside a comment'],
    ['<a/><!--\n¦--->', 'XML_COMMENT', '-- is not allowed inside a comment'],
    ['<a><!--b¦\u0001--></a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['<a><!--é¦\uffff--></a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['\ufeff<a><!--¦\0--></a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['<a><!¦-></a>', 'XML_TAG', 'this is not a comment, a CDATA section or a tag'],
    ['<!¦- - --><a/>', 'XML_TAG', 'this is not a comment, a CDATA section or a tag'],
    ['<!¦><a/>', 'XML_TAG', 'this is not a comment, a CDATA section or a tag'],
  ])('%j is refused as %s: %s', (document, code, message) => {
    expectRefused(document, code, message);
  });
});

describe('a CDATA section', () => {
  test.each([
    '<a><![CDATA[]]></a>',
    '<a><![CDATA[ <b> & -- ?> ]]></a>',
    '<a><![CDATA[]]]]></a>',
    '<a><![CDATA[]>]] >]]></a>',
    '<a><![CDATA[é€😀\ufffd]]></a>',
    '<a><![CDATA[b]]><![CDATA[<![CDATA[]]>]]&gt;</a>',
  ])('%j is accepted', (document) => {
    expectAccepted(document);
  });

  test.each<Refused>([
    ['<a><![CDATA[b¦\u0001]]></a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['<a><![CDATA[]]¦\ufffe]]></a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['\ufeff<a><![CDATA[¦\0]]></a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['<a><!¦[cdata[]]></a>', 'XML_TAG', 'this is not a comment, a CDATA section or a tag'],
    ['<a><!¦[CDATA []]></a>', 'XML_TAG', 'this is not a comment, a CDATA section or a tag'],
    ['<a><![CDATA[]]>¦]]></a>', 'XML_TEXT', ']]> is not allowed in text'],
  ])('%j is refused as %s: %s', (document, code, message) => {
    expectRefused(document, code, message);
  });
});

describe('a processing instruction', () => {
  test.each([
    '<a><?p?></a>',
    '<a><?p ?></a>',
    '<a><?p\t??></a>',
    '<a><?p\r? ?></a>',
    '<a><?p\n<b> & -- ]]> > " \' ?></a>',
    '<a><?p é€😀\ufffd?></a>',
    '<a><?p ???></a>',
    '<a><?p xml?><?q?></a>',
    '<a><?xm?><?xmll?><?yxml?><?axml ?></a>',
    '<a><?é·?></a>',
    '<?p ?><a/>',
  ])('%j is accepted', (document) => {
    expectAccepted(document);
  });

  test.each<Refused>([
    ['<a><?¦ p?></a>', 'XML_TAG', 'a name is expected here'],
    ['<a><?¦?></a>', 'XML_TAG', 'a name is expected here'],
    ['<?¦1?><a/>', 'XML_TAG', 'a name is expected here'],
    ['<a><?p¦<?></a>', 'XML_PI', 'white space is expected after the target of a processing instruction'],
    ['<a><?p¦=?></a>', 'XML_PI', 'white space is expected after the target of a processing instruction'],
    ['<a><?p¦></a>', 'XML_PI', 'white space is expected after the target of a processing instruction'],
    ['<a/><?p?¦ ?>', 'XML_PI', 'a > is expected here'],
    ['<a><?p?¦?></a>', 'XML_PI', 'a > is expected here'],
    ['<a><?p b¦\u0001?></a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['<a><?p ?¦\uffff?></a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
    ['\ufeff<a><?p ¦\0?></a>', 'XML_CHARACTER', 'this character is not allowed in XML'],
  ])('%j is refused as %s: %s', (document, code, message) => {
    expectRefused(document, code, message);
  });
});

describe('an end tag', () => {
  test.each<Refused>([
    ['<a></¦b>', 'XML_MISMATCHED_TAG', '</a> is expected here'],
    ['<a></¦A>', 'XML_MISMATCHED_TAG', '</a> is expected here'],
    ['<a></¦ab>', 'XML_MISMATCHED_TAG', '</a> is expected here'],
    ['<ab></¦a>', 'XML_MISMATCHED_TAG', '</ab> is expected here'],
    ['<ab></¦ac>', 'XML_MISMATCHED_TAG', '</ab> is expected here'],
    ['<é></¦ê>', 'XML_MISMATCHED_TAG', '</é> is expected here'],
    ['<a><b>\n</¦a></b>', 'XML_MISMATCHED_TAG', '</b> is expected here'],
    ['<a><b></b><c/></¦b>', 'XML_MISMATCHED_TAG', '</a> is expected here'],
    ['<\ufeffa></¦a>', 'XML_MISMATCHED_TAG', '</\ufeffa> is expected here'],
    ['<a></¦ a>', 'XML_TAG', 'a name is expected here'],
    ['<a></¦>', 'XML_TAG', 'a name is expected here'],
    ['<a></a¦/>', 'XML_TAG', 'a > is expected here'],
    ['<a></a ¦b="c">', 'XML_TAG', 'a > is expected here'],
    ['<a></a\n¦<b/>', 'XML_TAG', 'a > is expected here'],
  ])('%j is refused as %s: %s', (document, code, message) => {
    expectRefused(document, code, message);
  });
});

describe('a file that ends too early', () => {
  const TAG = 'the file ends inside a tag or a reference';

  test.each<[string, string]>([
    [' ', 'the file ends before its root element'],
    ['\ufeff', 'the file ends before its root element'],
    ['<?xml version="1.0"?>', 'the file ends before its root element'],
    ['<!---->\n', 'the file ends before its root element'],
    ['<a>', 'the file ends before </a>'],
    ['<a><b>c', 'the file ends before </b>'],
    ['<a><b></b>', 'the file ends before </a>'],
    ['<a><b></b><!---->', 'the file ends before </a>'],
    ['<a><![CDATA[]]>', 'the file ends before </a>'],
    ['<a>&lt;', 'the file ends before </a>'],
    ['<!--', 'the file ends inside a comment'],
    ['<a><!-- b -', 'the file ends inside a comment'],
    ['<a/><!-- b', 'the file ends inside a comment'],
    ['<a/><!-- b --', 'the file ends inside a comment'],
    ['<a><![CDATA[', 'the file ends inside a CDATA section'],
    ['<a><![CDATA[ b ]', 'the file ends inside a CDATA section'],
    ['<a><![CDATA[ b ]]', 'the file ends inside a CDATA section'],
    ['<?p ', 'the file ends inside a processing instruction'],
    ['<a><?p b', 'the file ends inside a processing instruction'],
    ['<a/><?p b', 'the file ends inside a processing instruction'],
    ['<a/><?p b ?', 'the file ends inside a processing instruction'],
    ['<', TAG],
    ['<a', TAG],
    ['<é', TAG],
    ['<a ', TAG],
    ['<a b', TAG],
    ['<a b=', TAG],
    ['<a b = ', TAG],
    ['<a b="', TAG],
    ["<a b='c", TAG],
    ['<a b="c"', TAG],
    ['<a b="&', TAG],
    ['<a b="&quo', TAG],
    ['<a b="&#', TAG],
    ['<a /', TAG],
    ['<a><', TAG],
    ['<a></', TAG],
    ['<a></a', TAG],
    ['<a></a ', TAG],
    ['<a>&', TAG],
    ['<a>&am', TAG],
    ['<a>&amp', TAG],
    ['<a>&#', TAG],
    ['<a>&#x', TAG],
    ['<a>&#65', TAG],
    ['<a>&#x4', TAG],
    ['<a>]', TAG],
    ['<a>]]', TAG],
    ['<a><!', TAG],
    ['<a><!-', TAG],
    ['<a><![CDATA', TAG],
    ['<!DOCTYP', TAG],
    ['<?', TAG],
    ['<?p', TAG],
    ['<?xml', TAG],
    ['<a><?p?', TAG],
    ['<a/><', TAG],
    ['<a/><!', TAG],
    ['<?xml version="1.0"', TAG],
    ['<?xml version="1.0" ?', TAG],
  ])('%j is told as such, at its end', (document, message) => {
    expectRefused(`${document}¦`, 'XML_UNEXPECTED_END', message);
  });
});

describe('the visitor', () => {
  const document =
    '\ufeff<!-- --><r\n a="b">t<l1><l2 c=\'d\' ><l3/><l3><l4><l5/></l4></l3 ></l2><é2\t/></l1><?p?>\n<l1/></r>\n<!---->';
  const expected = [
    '0 <r\n a="b">',
    '1 <l1>',
    "2 <l2 c='d' >",
    '3 <l3/>',
    '3 <l3>',
    '3 </l3 >',
    '2 </l2>',
    '2 <é2\t/>',
    '1 </l1>',
    '1 <l1/>',
    '0 </r>',
  ];

  test('is told of the tags of four levels, in windows of any size', () => {
    const told = Array.from({ length: Buffer.byteLength(document) + 1 }, (_, i) => tagsOf(document, i + 1));
    expect(told).toEqual(told.map(() => expected));
  });

  test('is told of each tag before what stands behind it is read', () => {
    const seen: number[] = [];
    const text = sourceOf('<a><b/></a><c/>');
    const visitor = { startTag: (level: number) => seen.push(level), endTag: (level: number) => seen.push(-level) };
    expect(() => [...scan(text, visitor)]).toThrow('a second root element begins here');
    expect(seen).toEqual([0, 1, -0]);
  });
});

test('each step but the last yields how far the reading is', () => {
  const text = sourceOf(`<a>${'b'.repeat(60)}</a>`);
  const nothing = { startTag: () => undefined, endTag: () => undefined };
  const offsets = [...scan(text, nothing, 16)];
  expect(offsets.length).toBeGreaterThan(3);
  expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
  expect(offsets.at(-1)).toBeLessThanOrEqual(67);
  expect(offsets[0]).toBeGreaterThan(8);
  expect([...scan(text, nothing)].length).toBeLessThan(2);
});

describe('where only NUL bytes follow, the message says what to do', () => {
  const ADVICE =
    '; the file ends in NUL bytes, as after a power failure: restore it from the history folder (inetsrv\\History on the ' +
    'server) or from a backup, because the rest cannot be trusted';
  const tail = '\0'.repeat(300_000);

  test.each([
    ['after the document', '<a/>', 'XML_CHARACTER'],
    ['in text', '<a>b', 'XML_CHARACTER'],
    ['in a tag', '<a b="c" ', 'XML_TAG'],
    ['in a name', '<a><bc', 'XML_ATTRIBUTE'],
    ['in a value', '<a b="c', 'XML_CHARACTER'],
    ['in a reference', '<a>&am', 'XML_REFERENCE'],
    ['in a comment', '<a><!-- ', 'XML_CHARACTER'],
    ['in a character', Buffer.from('<a>\u20ac').subarray(0, 5), 'ENCODING_INVALID'],
  ])('%s', (_, head, code) => {
    const bytes = Buffer.concat([Buffer.from(head), Buffer.from(tail)]);
    const error = refusalOf(bytes);
    expect(error?.code).toBe(code);
    expect(error?.message.endsWith(ADVICE)).toBe(true);
    expect(refusalOf(Buffer.concat([bytes, Buffer.from(' ')]))?.message).not.toContain('NUL');
  });

  test('not where the error is far from the NUL bytes, nor without any', () => {
    expect(refusalOf(`<a>&x;${'y'.repeat(300)}\0\0`)?.message).not.toContain('NUL');
    expect(refusalOf('<a>')?.message).not.toContain('NUL');
  });
});
