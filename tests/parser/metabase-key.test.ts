import { memorySource } from '../../src/source/source.ts';
import type { MetabaseKey, PropertyValue } from '../../src/parser/metabase-key.ts';
import { readKeys } from '../support/reading.ts';

const NOT_A_DWORD = 'SmtpInboundCommandSupportOptions must be a DWORD: digits only, 0 to 4294967295';

const WRONG_TYPE = 'the Type of SmtpInboundCommandSupportOptions must be DWORD, in capitals';

const BEGINNING = '<configuration><MBProperty>';

/** @returns The only key of a metabase. */
function keyOf(element: string): MetabaseKey {
  const keys = readKeys(memorySource(Buffer.from(`${BEGINNING}${element}</MBProperty></configuration>`)));
  expect(keys).toHaveLength(1);
  return keys[0];
}

const withValue = (value: string): string => `<k Location="/LM/SmtpSvc/1" SmtpInboundCommandSupportOptions=${value}/>`;
const withCustom = (attributes: string): string => `<k Location="/LM/SmtpSvc/1"><Custom ${attributes}/></k>`;

/** @returns The only value of the only key, its offsets counted from the key's beginning. */
function valueOf(element: string): PropertyValue {
  const { values } = keyOf(element);
  expect(values).toHaveLength(1);
  const [{ span, offset, ...value }] = values;
  const placed = span && { ...span, offset: span.offset - BEGINNING.length };
  return { ...value, span: placed, offset: offset - BEGINNING.length };
}

test.each<[string, number | null]>([
  ['0', 0],
  ['7697601', 7697601],
  ['007697601', 7697601],
  ['4294967295', 4294967295],
  ['00000000000000004294967295', 4294967295],
  ['&#55;69&#x37;601', 7697601],
  ['4294967296', null],
  ['99999999999999999999', null],
  ['', null],
  [' ', null],
  [' 1', null],
  ['1 ', null],
  ['1\n', null],
  ['&#10;1', null],
  ['-1', null],
  ['+1', null],
  ['1.0', null],
  ['1e3', null],
  ['0x7574C1', null],
  ['1,2', null],
  ['\u0661', null],
  ['Infinity', null],
  ['1&amp;', null],
])('the value "%s" is the DWORD %p, as an attribute and as a Custom', (raw, dword) => {
  const attribute = withValue(`"${raw}"`);
  const custom = withCustom(`ID="3699800" Value='${raw}'`);
  const placed = (element: string, mark: string): object => {
    const offset = element.indexOf(mark) + mark.length;
    const problem = dword === null ? NOT_A_DWORD : null;
    return { span: { offset, length: Buffer.byteLength(raw) }, dword, problem, offset, inheritable: true };
  };
  expect(valueOf(attribute)).toEqual({ id: null, ...placed(attribute, 'Options="') });
  expect(valueOf(custom)).toEqual({ id: '3699800', ...placed(custom, "Value='") });
});

test('offsets count bytes, whatever is before the key', () => {
  const element = `<é a="€😀"\r\n\tLocation='/LM/SmtpSvc/1' b='"' SmtpInboundCommandSupportOptions = '7'></é>`;
  const offset = Buffer.from(element).indexOf("'7'") + 1;
  expect(valueOf(element)).toMatchObject({ span: { offset, length: 1 }, offset });
});

describe('a Custom', () => {
  test.each<[string, number | null, string]>([
    ['ID="3699800" Value="1"', 1, 'Value="'],
    ['Value="1" ID="3699800"', 1, 'Value="'],
    ['ID="3699800" Value="1" Type="DWORD"', 1, 'Value="'],
    ['ID="3699800" Value="1" Type="&#68;WORD"', 1, 'Value="'],
    ['ID="3699800" Value="1" Type="STRING"', null, 'Type="'],
    ['ID="3699800" Value="1" Type="dword"', null, 'Type="'],
    ['ID="3699800" Value="1" Type=""', null, 'Type="'],
    ['ID="3699800" Value="1" Type="DWORD "', null, 'Type="'],
    ['ID="36998" Type="BINARY"', null, 'Type="'],
    ['ID="36998" Value="1"', 1, 'Value="'],
    ['ID="369&#57;8" Value="1"', 1, 'Value="'],
    ['ID="3699800" Value="1" type="STRING"', 1, 'Value="'],
    ['ID="3699800" Value="x" Type="DWORD"', null, 'Value="'],
    ['ID="3699800" Value="x" Type="STRING"', null, 'Type="'],
    ['ID="3699800"', null, '<Custom'],
    ['ID="3699800" value="1"', null, '<Custom'],
    ['ID="3699800" Type="DWORD"', null, '<Custom'],
  ])('<Custom %s/> has the value %p, and an error points after %s', (attributes, dword, mark) => {
    const element = withCustom(attributes);
    const value = valueOf(element);
    expect(value.dword).toBe(dword);
    const problem = mark === 'Type="' ? WRONG_TYPE : NOT_A_DWORD;
    expect(value.problem).toBe(dword === null ? problem : null);
    expect(value.offset).toBe(element.indexOf(mark) + (mark === '<Custom' ? 0 : mark.length));
  });

  test('without a Value has neither span nor raw text; with another Type it has both', () => {
    expect(valueOf(withCustom('ID="3699800"'))).toMatchObject({ span: null });
    const element = withCustom('ID="3699800" Type="STRING" Value="12"');
    expect(valueOf(element)).toMatchObject({ span: { offset: element.indexOf('12'), length: 2 } });
  });

  test.each<[string, boolean]>([
    ['INHERIT', true],
    ['NO_ATTRIBUTES', false],
    ['', false],
    ['INHERIT | SECURE', true],
    ['SECURE|INHERIT', true],
    ['SECURE | INHERIT | VOLATILE', true],
    ['SECURE INHERIT', true],
    ['SECURE\n\tINHERIT\n', true],
    ['&#73;NHERIT', true],
    ['INHERITED', false],
    ['NOINHERIT', false],
    ['NO_INHERIT', false],
    ['INHERIT_NOT', false],
    ['inherit', false],
    ['INHERIT,SECURE', false],
    ['SECURE,INHERIT', false],
    ['INHERITED | INHERIT', true],
  ])('with the Attributes "%s": whether it is inherited is %p', (words, inheritable) => {
    expect(valueOf(withCustom(`ID="3699800" Value="1" Attributes="${words}"`)).inheritable).toBe(inheritable);
  });

  test('without Attributes is inherited', () => {
    expect(valueOf(withCustom('ID="3699800" Value="1" attributes="NO_ATTRIBUTES"')).inheritable).toBe(true);
  });
});

test('several values are in order: the attribute, then each Custom', () => {
  const element =
    '<k SmtpInboundCommandSupportOptions="1" Location="/LM/SmtpSvc/1"><Custom ID="3699800" Value="2"/>' +
    '<Custom ID="1" Value="3"/><Custom ID="&#51;699801" Value="4"/><Custom ID="3699800" Value="5" Attributes=""/></k>';
  expect(keyOf(element).values.map(({ id, dword, inheritable }) => [id, dword, inheritable])).toEqual([
    [null, 1, true],
    ['3699800', 2, true],
    ['3699800', 5, false],
  ]);
});

test('only an attribute with the exact name is the property', () => {
  const element =
    '<k Location="/LM/SmtpSvc/1" smtpinboundcommandsupportoptions="1" SmtpInboundCommandSupportOptions2="2" SmtpOutboundCommandSupportOptions="7"/>';
  expect(keyOf(element).values).toEqual([]);
});

test.each<[string, string]>([
  ['"plain"', 'plain'],
  ['""', ''],
  ['" a  b "', ' a  b '],
  ['"a&amp;b"', 'a&b'],
  ['"&lt;&gt;&quot;&apos;"', `<>"'`],
  [`'"'`, '"'],
  [`"'"`, "'"],
  ['"&amp;lt;"', '&lt;'],
  ['"&amp;amp;lt;"', '&amp;lt;'],
  ['"&#38;lt;"', '&lt;'],
  ['"&#x26;#65;"', '&#65;'],
  ['"&amp;#65;&amp;copy;"', '&#65;&copy;'],
  ['"&#65;&#x41;&#x0041;&#0065;"', 'AAAA'],
  ['"&#128;&#x9f;&#160;"', '\u0080\u009f\u00a0'],
  ['"&#x1F600;😀é€"', '😀😀é€'],
  ['"&#xd7ff;&#xe000;&#xfffd;&#x10ffff;"', '\ud7ff\ue000\ufffd\u{10ffff}'],
  ['"\ufeffa&#xfeff;"', '\ufeffa\ufeff'],
  ['"a > b"', 'a > b'],
  ['"/>"', '/>'],
  ['"=\'x\' y="', "='x' y="],
  ['"1e3"', '1e3'],
  ['"true"', 'true'],
  ['"__proto__"', '__proto__'],
  ['"&#9;&#10;&#13;"', '\t\n\r'],
  ['"a\tb\nc"', 'a\tb\nc'],
])('the comment %j means %j', (written, meant) => {
  expect(keyOf(`<k Location="/LM/SmtpSvc/1" ServerComment=${written}/>`).comment).toBe(meant);
});

test('the number of references is not limited', () => {
  const comment = `${'&amp;'.repeat(5000)}${'&#65;'.repeat(5000)}`;
  expect(keyOf(`<k Location="/LM/SmtpSvc/1" ServerComment="${comment}"/>`).comment).toBe(
    '&'.repeat(5000) + 'A'.repeat(5000),
  );
});

test('a reference may have any number of leading zeros', () => {
  const zeros = '0'.repeat(100);
  const key = keyOf(
    `<k Location="/LM/SmtpSvc/&#x${zeros}31;" ServerComment="&#${zeros}65;&amp;#065;" SmtpInboundCommandSupportOptions="&#x${zeros}37;"/>`,
  );
  expect(key).toMatchObject({ location: '/LM/SmtpSvc/1', comment: 'A&#065;', values: [{ dword: 7 }] });
});

test('a class may have any name', () => {
  for (const name of ['__proto__', 'constructor', 'prototype', 'k', 'é', '\ufeffk', 'a:b']) {
    expect(keyOf(`<${name} Location="/LM/SmtpSvc/1" __proto__="1" constructor="2"/>`).class).toBe(name);
  }
});

describe('a Custom with the Name of the property', () => {
  const NAME = 'Name="SmtpInboundCommandSupportOptions"';

  test.each<[string, number]>([
    [`<Custom ${NAME} ID="36999" Value="1"/>`, 1],
    [`<Custom ${NAME} Value="1"/>`, 1],
    [`<Custom ID="" ${NAME}/>`, 1],
    ['<Custom Name="Smtp&#73;nboundCommandSupportOptions" ID="1"/>', 1],
    [`<Custom ${NAME} ID="1"/><Custom ${NAME} ID="2"/>`, 2],
    [`<Custom ${NAME} ID="36998" Value="1"/><Custom ${NAME} ID="3699800" Value="1"/>`, 0],
    ['<Custom Name="SmtpInboundCommandSupportOption" ID="1"/>', 0],
    ['<Custom Name="smtpinboundcommandsupportoptions" ID="1"/>', 0],
    ['<Custom name="SmtpInboundCommandSupportOptions" ID="1"/>', 0],
    [`<x><Custom ${NAME} ID="1"/></x>`, 0],
  ])('%s is reported as another ID %d times', (children, count) => {
    const { otherIds, values } = keyOf(`<k Location="/LM/SmtpSvc/1">${children}</k>`);
    expect(otherIds).toHaveLength(count);
    expect(values).toHaveLength(children.match(/ID="(36998|3699800)"/g)?.length ?? 0);
    if (count > 0) expect(otherIds[0]).toBe(BEGINNING.length + '<k Location="/LM/SmtpSvc/1">'.length);
  });
});
