import { XMLParser } from 'fast-xml-parser';
import { memorySource } from '../../src/source/source.ts';
import type { MetabaseKey } from '../../src/parser/metabase-key.ts';
import { readMetabase } from '../../src/parser/read-metabase.ts';
import { read, readKeys, sourceOf } from '../support/reading.ts';
import { windowSizes } from './expect-refused.ts';

/** @returns The document's keys on the SMTP path; the same in windows of any size. */
function keysOf(document: string): readonly MetabaseKey[] {
  const bytes = Buffer.from(document);
  const keys = readKeys(memorySource(bytes));
  const outcomes = windowSizes(bytes).map((size) => JSON.stringify(readKeys(memorySource(bytes), size)));
  expect([...new Set(outcomes)]).toEqual([JSON.stringify(keys)]);
  return keys;
}

const metabase = (keys: string): string => `<configuration><MBProperty>${keys}</MBProperty></configuration>`;
const locations = (document: string): string[] => keysOf(document).map(({ location }) => location);

test.each([
  '/',
  '/LM',
  '/lm/',
  '/LM/SmtpSvc',
  '/lm/smtpsvc',
  '/LM/SMTPSVC/',
  '/LM/SmtpSvc/1',
  '/LM/SmtpSvc/1/Domain/x',
  '/LM/SmtpSvc//',
  '/LM/SmtpSvc/é',
])('a key at %s is on the SMTP path', (location) => {
  expect(locations(metabase(`<k Location="${location}"/>`))).toEqual([location]);
});

test.each([
  '',
  '.',
  '//',
  'LM',
  '/LM//',
  '/L',
  '/LN',
  '/LMx',
  '/LM/W3SVC',
  '/LM/NntpSvc/1',
  '/LM/Smtp',
  '/LM/SmtpSvc1',
  '/LM/SmtpSvcs/1',
  '/LM/SmtpSv\u0441',
  '/LM/\u017fmtpSvc',
  ' /LM/SmtpSvc',
  '/LM/SmtpSvc ',
  'x/LM/SmtpSvc',
  '/LM/x/SmtpSvc',
  '\\LM',
])('a key at "%s" is not', (location) => {
  expect(locations(metabase(`<k Location="${location}"/>`))).toEqual([]);
});

test.each([
  ['&#x2f;', '/'],
  ['&#47;LM&#x2F;SmtpSvc', '/LM/SmtpSvc'],
  ['/&#76;M/SmtpSvc/1', '/LM/SmtpSvc/1'],
  ['/LM/Smtp&#83;vc/1', '/LM/SmtpSvc/1'],
  ['/LM/SmtpSv&#x63;', '/LM/SmtpSvc'],
  ['/LM/SmtpSvc&#47;1', '/LM/SmtpSvc/1'],
  ['/LM/SmtpSvc/&amp;&lt;&gt;&quot;&apos;', '/LM/SmtpSvc/&<>"\''],
])('a Location may be written with references: %s', (written, location) => {
  expect(locations(metabase(`<k Location="${written}"/>`))).toEqual([location]);
});

test.each([
  '/LM&#47;W3SVC',
  '&#47;LM/NntpSvc/1',
  '/&amp;',
  '/LM/SmtpSvc&#49;',
  '/LM/SmtpSvc&amp;',
  '&#47;x/',
  '&#120;/LM',
  '&#46;/LM/',
  '&#120;/LM/SmtpSvc',
  '&#120;/LM/SmtpSvc/1',
])('but it may still be another one: %s', (written) => {
  expect(locations(metabase(`<k Location="${written}"/>`))).toEqual([]);
});

test('each key is read with its class, its comment and its place', () => {
  const document = metabase(
    `\r\n<IIsSmtpService\tLocation ="/LM/SmtpSvc"\r\n\t></IIsSmtpService>\r\n` +
      `<é ServerComment='R&amp;D "1"' Other="x" Location="/LM/SmtpSvc/1"/>` +
      `<k Location="/LM/W3SVC">text</k>` +
      `<k Location="/LM/SmtpSvc/2" servercomment="x">text</k\n>`,
  );
  const bytes = Buffer.from(document);
  const keys = keysOf(document);
  const place = (text: string): { offset: number; length: number } => ({
    offset: bytes.indexOf(text),
    length: Buffer.byteLength(text),
  });
  expect(keys).toEqual([
    {
      location: '/LM/SmtpSvc',
      class: 'IIsSmtpService',
      comment: null,
      values: [],
      otherIds: [],
      tag: place('<IIsSmtpService\tLocation ="/LM/SmtpSvc"\r\n\t>'),
      endTag: bytes.indexOf('</IIsSmtpService>'),
    },
    {
      location: '/LM/SmtpSvc/1',
      class: 'é',
      comment: 'R&D "1"',
      values: [],
      otherIds: [],
      tag: place(`<é ServerComment='R&amp;D "1"' Other="x" Location="/LM/SmtpSvc/1"/>`),
      endTag: null,
    },
    {
      location: '/LM/SmtpSvc/2',
      class: 'k',
      comment: null,
      values: [],
      otherIds: [],
      tag: place('<k Location="/LM/SmtpSvc/2" servercomment="x">'),
      endTag: bytes.indexOf('</k\n>'),
    },
  ]);
});

test('the Location comes from the attribute of exactly this name', () => {
  expect(
    locations(metabase('<k location="/LM"/><k LOCATION="/LM"/><k Locations="/LM"/><k xLocation="/LM"/><k/>')),
  ).toEqual([]);
  expect(locations(metabase('<k location="/x" Location="/LM" Locations="/y"/>'))).toEqual(['/LM']);
  expect(locations(metabase('<k>Location="/LM"</k><k><Location>/LM</Location></k>'))).toEqual([]);
});

test('only children of MBProperty are keys', () => {
  const key = (number: number): string => `<k Location="/LM/SmtpSvc/${number}"/>`;
  const document =
    `<configuration>${key(1)}<Other>${key(2)}</Other>` +
    `<MBProperty>${key(3)}<k>${key(4)}</k><MBProperty>${key(5)}</MBProperty><!--${key(6)}--><![CDATA[${key(7)}]]>` +
    `<?p ${key(8)}?></MBProperty><mbproperty>${key(9)}</mbproperty><MBProperty/><MBPropertyX>${key(10)}</MBPropertyX>` +
    `<MBProperty>${key(11)}</MBProperty>${key(12)}</configuration>`;
  expect(locations(document)).toEqual(['/LM/SmtpSvc/3', '/LM/SmtpSvc/11']);
});

test('a key goes on to its own end tag, whatever is inside', () => {
  const inner = '<k Location="/LM/SmtpSvc/9"><k></k></k><Custom/>';
  const document = metabase(`<k Location="/LM/SmtpSvc/1">${inner}</k><k Location="/LM/SmtpSvc/2"></k>`);
  expect(keysOf(document).map(({ endTag }) => endTag)).toEqual([
    document.indexOf('</k><k Location="/LM/SmtpSvc/2"'),
    document.indexOf('</k></MBProperty>'),
  ]);
});

describe('the Custom children of a key', () => {
  const custom = (value: number, id = '3699800'): string => `<Custom ID="${id}" Value="${value}"/>`;
  const valuesOf = (content: string): unknown[] =>
    keysOf(metabase(`<k Location="/LM/SmtpSvc/1">${content}</k>`)).map(({ values }) =>
      values.map(({ dword }) => dword),
    );

  test.each<[string, string, number[]]>([
    ['are read in the order of the file', custom(1) + custom(2) + custom(3), [1, 2, 3]],
    [
      'may have an end tag',
      '<Custom ID="3699800" Value="1"></Custom><Custom\n\tID="3699800" Value="2">x</Custom >',
      [1, 2],
    ],
    ['are recognized by ID, not by Name', '<Custom Name="SmtpInboundCommandSupportOptions" ID="1" Value="1"/>', []],
    ['of a longer ID are others', custom(1, '36998000') + custom(2, '03699800') + custom(3, '3699800 '), []],
    ['of a shorter ID are others', custom(1, '369980') + custom(2, '') + custom(3, '3699801'), []],
    ['may have an ID with references', custom(1, '3699&#56;00') + custom(2, '&#51;699800'), [1, 2]],
    ['may have another ID with references', custom(1, '3699&#57;00') + custom(2, '&amp;3699800'), []],
    ['have an ID in this case alone', '<Custom id="3699800" Value="1"/><Custom Id="3699800" Value="2"/>', []],
    ['are direct children', `<x>${custom(1)}</x>${custom(2)}<Custom>${custom(3)}</Custom>`, [2]],
    [
      'have this very name',
      '<custom ID="3699800" Value="1"/><Customs ID="3699800" Value="2"/><k ID="3699800" Value="3"/>',
      [],
    ],
    [
      'are not read from text',
      `<!--${custom(1)}--><![CDATA[${custom(2)}]]><?p ${custom(3)}?>ID="3699800" Value="4"`,
      [],
    ],
  ])('%s', (_, content, expected) => {
    expect(valuesOf(content)).toEqual([expected]);
  });

  test('belong to their own key', () => {
    const document = metabase(
      `<k Location="/LM">${custom(1)}</k>${custom(2)}<k Location="/LM/W3SVC">${custom(3)}</k><k Location="/LM/SmtpSvc"/>` +
        `<k>${custom(4)}</k><k Location="/LM/SmtpSvc/1">${custom(5)}</k>`,
    );
    expect(keysOf(document).map(({ location, values }) => [location, values.map(({ dword }) => dword)])).toEqual([
      ['/LM', [1]],
      ['/LM/SmtpSvc', []],
      ['/LM/SmtpSvc/1', [5]],
    ]);
  });
});

describe('a section of inherited properties', () => {
  /** The Locations of the sections, and those of the keys. */
  const found = (location: string, name = 'IIsInheritedProperties'): [string[], string[]] => {
    const { sections, keys } = read(sourceOf(metabase(`<${name} Location="${location}"/><k Location="/LM"/>`)));
    return [sections.map((each) => each.location), keys.map((each) => each.location)];
  };

  test.each([
    ['/LM/SmtpSvc/1', '/LM/SmtpSvc/1'],
    ['/', '/'],
    ['Inherited:/LM/SmtpSvc', '/LM/SmtpSvc'],
    ['x&#47;LM/smtpsvc/1/Domain', '/LM/smtpsvc/1/Domain'],
  ])('at %s is not a key, and belongs to %s', (location, expected) => {
    expect(found(location)).toEqual([[expected], ['/LM']]);
  });

  test.each(['', 'LM', 'Inherited:', '/LM/W3SVC', 'x:/LM/DS2MB', '/LM/SmtpSvcs'])('at "%s" is ignored', (location) => {
    expect(found(location)).toEqual([[], ['/LM']]);
  });

  test('is known by its class to the letter', () => {
    expect(found('/LM/SmtpSvc', 'iisinheritedproperties')).toEqual([[], ['/LM/SmtpSvc', '/LM']]);
    expect(found('x:/LM/SmtpSvc', 'IIsInheritedPropertiesX')).toEqual([[], ['/LM']]);
  });

  test('says what a key says about the property', () => {
    const section = '<IIsInheritedProperties Location="x:/LM" SmtpInboundCommandSupportOptions="7"/>';
    const [{ values, class: name }] = read(sourceOf(metabase(section))).sections;
    expect([name, values.map(({ dword }) => dword)]).toEqual(['IIsInheritedProperties', [7]]);
  });
});

describe('the first key of DS2MB', () => {
  const START = metabase('').indexOf('</MBProperty>');
  const ds2mbOf = (keys: string): number | null => read(sourceOf(metabase(keys))).ds2mb;

  test.each(['/LM/DS2MB', '/lm/ds2mb/', '/LM/DS2MB/x', '/LM/DS2&#77;B', '&#47;LM/DS2MB'])('at %s', (location) => {
    expect(ds2mbOf(`<k Location="${location}"/>`)).toBe(START);
    expect(ds2mbOf(`<k/><k a="" Location="${location}"></k><k Location="/LM/DS2MB"/>`)).toBe(START + 4);
    const section = '<IIsInheritedProperties Location="/LM/DS2MB"/>';
    expect(ds2mbOf(`${section}<k Location="${location}"/>`)).toBe(START + section.length);
  });

  test.each([
    '/LM/DS2MBX',
    '/LM/DS2M',
    '/DS2MB',
    '/LM',
    '/LM/SmtpSvc/DS2MB',
    'x/LM/DS2MB',
    '&#120;/LM/DS2MB',
    '/LM/W3SVC&amp;',
  ])('is not at %s', (location) => {
    expect(ds2mbOf(`<k Location="${location}"/><k Path="/LM/DS2MB"/>`)).toBeNull();
  });
});

test('the offset of each step is yielded', () => {
  const text = sourceOf(metabase('<k Location="/LM"/>'.repeat(20)));
  const offsets = [...readMetabase(text, 64)];
  expect(offsets.length).toBeGreaterThan(3);
  expect(offsets.every((offset, i) => i === 0 || offset >= offsets[i - 1])).toBe(true);
});

describe('not a metabase:', () => {
  test.each<[string, number, number]>([
    ['<¦a/>', 1, 1],
    ['\n <!-- <configuration> -->\r\n  <¦configurations><MBProperty/></configurations>', 3, 3],
    ['<¦Configuration><MBProperty/></Configuration>', 1, 1],
    ['\ufeff<¦configuration/>', 1, 1],
    ['<¦configuration><MBproperty/></configuration>', 1, 1],
    ['<¦configuration><MBPropert/><MBProperty1/></configuration>', 1, 1],
    ['<¦configuration><x><MBProperty/></x></configuration>', 1, 1],
    ['<¦MBProperty><configuration/></MBProperty>', 1, 1],
    ['<¦MBProperty><MBProperty><k Location="/LM"/></MBProperty></MBProperty>', 1, 1],
    ['<¦x><configuration><MBProperty><k Location="/LM"/></MBProperty></configuration></x>', 1, 1],
    ['<¦configuration>&lt;MBProperty/&gt;<![CDATA[<MBProperty/>]]></configuration>', 1, 1],
  ])('%j', (document, line, column) => {
    const bytes = Buffer.from(document.replace('¦', ''));
    for (const size of windowSizes(bytes)) {
      expect(() => readKeys(memorySource(bytes), size)).toThrow(
        expect.objectContaining({
          code: 'NOT_A_METABASE',
          message: 'this is not a metabase: it has no <configuration> with an <MBProperty> in it',
          line,
          column,
          offset: Buffer.byteLength(document.slice(0, document.indexOf('¦') - 1)),
        }) as Error,
      );
    }
  });

  test('but what is not well-formed further on is reported first', () => {
    expect(() => readKeys(memorySource(Buffer.from('<a/><')))).toThrow('the file ends inside a tag or a reference');
  });
});

test.each([
  '<configuration><MBProperty/></configuration>',
  '<configuration><MBProperty/><x/></configuration>',
  '<configuration a="b"><x/><MBProperty c="d"></MBProperty></configuration>',
])('%s is a metabase without keys', (document) => {
  expect(keysOf(document)).toEqual([]);
});

test('only what may matter is decoded, once for each window', () => {
  const decoded: string[] = [];
  const parse = Object.getOwnPropertyDescriptor(XMLParser.prototype, 'parse') ?? {};
  const watched = function (this: XMLParser, text: string): unknown {
    decoded.push(text);
    return (parse.value as (text: string) => unknown).call(this, text);
  };
  Object.defineProperty(XMLParser.prototype, 'parse', { ...parse, value: watched });
  const others = [
    ...['/LM/W3SVC', '/LN', '/LM/NntpSvc/1', '.', 'x', '/LM/Smtp_vc', '/LM/Dx'].map(
      (at) => `<k a="/LM" Location="${at}"/>`,
    ),
    '<k/><k a="/LM/SmtpSvc"/><k location="/LM/SmtpSvc/1"/>',
    '<k Location="/LM/W3SVC/1"><Custom ID="36998" Value="1"/></k>',
  ];
  const wanted = [
    '<k Location="/"/>',
    "<k a='b' Location='/lm'\n/>",
    '<k Location="/LM/SmtpSvc" ServerComment="&amp;"><Custom ID="1" Name="x"/><Custom a="b" ID="36998" Value="1"></Custom></k>',
    '<k a="1" Location="/LM/DS2MB"/>',
    '<k a="1" Location="/L&#77;/x"/>',
    '<IIsInheritedProperties Location="x:/LM/W3SVC"/>',
  ];
  try {
    readKeys(sourceOf(metabase([...others, ...wanted, ...others].join(''))));
    readKeys(sourceOf(metabase(others.join('').repeat(50))), 64);
    readKeys(sourceOf(metabase(`<k Location="/"/>${others.join('')}<k Location="/LM"/>`)), 64);
  } finally {
    Object.defineProperty(XMLParser.prototype, 'parse', parse);
  }
  expect(decoded).toEqual([
    '<k Location="/"/>' +
      "<k Location='/lm'/>" +
      '<k Location="/LM/SmtpSvc" ServerComment="&amp;"/><k ID="36998" Value="1"/>' +
      '<k Location="/LM/DS2MB"/>' +
      '<k Location="/L&#77;/x"/>' +
      '<k Location="x:/LM/W3SVC"/>',
    '',
    '<k Location="/"/>',
    '<k Location="/LM"/>',
    '',
  ]);
});
