import { locateKeys, patchableKeys } from '../../src/locator/smtp-keys.ts';
import { Inserter } from '../../src/patch/insertion.ts';
import { makePlan } from '../../src/patch/make-plan.ts';
import { toRequest } from '../../src/patch/request.ts';
import { key, metabase } from '../locator/metabase-text.ts';
import { read, readKeys, sourceOf } from '../support/reading.ts';
import { edited, planFor } from './plan-of.ts';
import { watchedSource } from '../support/watched-source.ts';

const SET = { setMissing: 7697601, servers: [1] };
const ATTRIBUTE = 'SmtpInboundCommandSupportOptions="3503297"';

/** The output for the only key of a metabase whose first line end is `lineEnd`. */
function insertedInto(key: string, lineEnd = '\n'): string {
  const [before, after] = [`<configuration><MBProperty>${lineEnd}`, '</MBProperty></configuration>'];
  const output = edited(before + key + after, SET);
  expect(output.startsWith(before) && output.endsWith(after)).toBe(true);
  return output.slice(before.length, -after.length);
}

describe('an attribute, in a class whose schema has the property', () => {
  test.each<[string, string, string]>([
    [
      'last, where no name is greater',
      '<IIsSmtpServer Location ="/LM/SmtpSvc/1"\r\n\t\tServerComment="x"\r\n\t>\r\n</IIsSmtpServer>',
      `<IIsSmtpServer Location ="/LM/SmtpSvc/1"\r\n\t\tServerComment="x"\r\n\t\t${ATTRIBUTE}\r\n\t>\r\n</IIsSmtpServer>`,
    ],
    [
      'directly after Location if all names are greater',
      '<IIsSmtpServer\tLocation ="/LM/SmtpSvc/1"\n\t\tSmtpOutboundCommandSupportOptions="7"\n\t></IIsSmtpServer>',
      `<IIsSmtpServer\tLocation ="/LM/SmtpSvc/1"\n\t\t${ATTRIBUTE}\n\t\tSmtpOutboundCommandSupportOptions="7"\n\t></IIsSmtpServer>`,
    ],
    [
      'before the first greater name',
      '<IIsSmtpServer Location="/LM/SmtpSvc/1" SmartHost="a" SmtpLocalDelayExpireMinutes="1" SmtpA="2"/>',
      `<IIsSmtpServer Location="/LM/SmtpSvc/1" SmartHost="a" ${ATTRIBUTE} SmtpLocalDelayExpireMinutes="1" SmtpA="2"/>`,
    ],
    [
      'by code unit: SSL… before Smtp…, small letters after it',
      '<IIsSmtpService Location="/LM/SmtpSvc/1" SSLCertHash="a" Smtp="1" a="2"/>',
      `<IIsSmtpService Location="/LM/SmtpSvc/1" SSLCertHash="a" Smtp="1" ${ATTRIBUTE} a="2"/>`,
    ],
    [
      'a name that begins with the property is greater, its beginning is not',
      '<IIsSmtpServer Location="/LM/SmtpSvc/1" SmtpInboundCommandSupportOption="1" SmtpInboundCommandSupportOptionsX="2"/>',
      `<IIsSmtpServer Location="/LM/SmtpSvc/1" SmtpInboundCommandSupportOption="1" ${ATTRIBUTE} SmtpInboundCommandSupportOptionsX="2"/>`,
    ],
    [
      'names beyond ASCII are greater',
      '<IIsSmtpServer Location="/LM/SmtpSvc/1" A="ä😀" \u00e9="1"/>',
      `<IIsSmtpServer Location="/LM/SmtpSvc/1" A="ä😀" ${ATTRIBUTE} \u00e9="1"/>`,
    ],
    [
      'greater names before Location do not count',
      '<IIsSmtpServer a="1"  Location="/LM/SmtpSvc/1"\tB="2"/>',
      `<IIsSmtpServer a="1"  Location="/LM/SmtpSvc/1"\tB="2"\t${ATTRIBUTE}/>`,
    ],
    [
      'several greater names before Location do not count',
      '<IIsSmtpServer x="1" y="2" Location="/LM/SmtpSvc/1" B="3"/>',
      `<IIsSmtpServer x="1" y="2" Location="/LM/SmtpSvc/1" B="3" ${ATTRIBUTE}/>`,
    ],
    [
      'a name that begins with U+FEFF, which is not a byte order mark there',
      '<IIsSmtpServer Location="/LM/SmtpSvc/1" \ufeffA="1"/>',
      `<IIsSmtpServer Location="/LM/SmtpSvc/1" ${ATTRIBUTE} \ufeffA="1"/>`,
    ],
    [
      'with the white space of Location, where that is last but not alone',
      '<IIsSmtpServer a="1"\n Location="/LM/SmtpSvc/1"\n\t/>',
      `<IIsSmtpServer a="1"\n Location="/LM/SmtpSvc/1"\n ${ATTRIBUTE}\n\t/>`,
    ],
    [
      'with the white space of the next, not the previous',
      '<IIsSmtpServer  Location="/LM/SmtpSvc/1"   A="1" \r\n  z="2"/>',
      `<IIsSmtpServer  Location="/LM/SmtpSvc/1"   A="1" \r\n  ${ATTRIBUTE} \r\n  z="2"/>`,
    ],
    [
      'with the white space of the next, not the last',
      '<IIsSmtpServer Location="/LM/SmtpSvc/1"\tA="1"  y="2"\nz="3"/>',
      `<IIsSmtpServer Location="/LM/SmtpSvc/1"\tA="1"  ${ATTRIBUTE}  y="2"\nz="3"/>`,
    ],
    [
      'in double quotes, after a value in single quotes that contains double ones',
      `<IIsSmtpServer Location = '/LM/SmtpSvc/1' ServerComment='"x"'/>`,
      `<IIsSmtpServer Location = '/LM/SmtpSvc/1' ServerComment='"x"' ${ATTRIBUTE}/>`,
    ],
    [
      'after a value that contains > and / and a look-alike',
      `<IIsSmtpServer Location="/LM/SmtpSvc/1" A="> / 'Smtq='"/>`,
      `<IIsSmtpServer Location="/LM/SmtpSvc/1" A="> / 'Smtq='" ${ATTRIBUTE}/>`,
    ],
    [
      'alone with Location: the line of the bracket, a tab more',
      '<IIsSmtpServer\tLocation ="/LM/SmtpSvc/1"\r\n\t>\r\n</IIsSmtpServer>',
      `<IIsSmtpServer\tLocation ="/LM/SmtpSvc/1"\r\n\t\t${ATTRIBUTE}\r\n\t>\r\n</IIsSmtpServer>`,
    ],
    [
      'alone with Location, a bracket at the beginning of its line',
      '<IIsSmtpServer Location="/LM/SmtpSvc/1"\n></IIsSmtpServer>',
      `<IIsSmtpServer Location="/LM/SmtpSvc/1"\n\t${ATTRIBUTE}\n></IIsSmtpServer>`,
    ],
    [
      'alone with Location, a carriage return alone',
      '<IIsSmtpServer Location="/LM/SmtpSvc/1"\r></IIsSmtpServer>',
      `<IIsSmtpServer Location="/LM/SmtpSvc/1"\r\t${ATTRIBUTE}\r></IIsSmtpServer>`,
    ],
    [
      'alone with Location on a line',
      '<IIsSmtpServer\t Location="/LM/SmtpSvc/1" ></IIsSmtpServer>',
      `<IIsSmtpServer\t Location="/LM/SmtpSvc/1"\t ${ATTRIBUTE} ></IIsSmtpServer>`,
    ],
    [
      'alone with Location on a line below the name',
      '<IIsSmtpServer\n  Location="/LM/SmtpSvc/1"></IIsSmtpServer>',
      `<IIsSmtpServer\n  Location="/LM/SmtpSvc/1"\n  ${ATTRIBUTE}></IIsSmtpServer>`,
    ],
    [
      'alone with Location, closed by itself',
      '<IIsSmtpServer Location="/LM/SmtpSvc/1"/>',
      `<IIsSmtpServer Location="/LM/SmtpSvc/1" ${ATTRIBUTE}/>`,
    ],
    [
      'alone with Location, closed by itself on a line of its own',
      '<IIsSmtpServer Location="/LM/SmtpSvc/1"\n\t/>',
      `<IIsSmtpServer Location="/LM/SmtpSvc/1"\n\t\t${ATTRIBUTE}\n\t/>`,
    ],
    [
      'beside a Custom of another property',
      '<IIsSmtpServer Location="/LM/SmtpSvc/1"><Custom ID="1" Value="2"/></IIsSmtpServer>',
      `<IIsSmtpServer Location="/LM/SmtpSvc/1" ${ATTRIBUTE}><Custom ID="1" Value="2"/></IIsSmtpServer>`,
    ],
  ])('%s', (_, before, after) => {
    expect(insertedInto(before)).toBe(after);
  });

  test('where the tag is longer than a window of the scanner', () => {
    const long = `A="${'ä'.repeat(100_000)}"`;
    const many = Array.from({ length: 300 }, (_, i) => `B${i}="${i}"`).join(' ');
    expect(insertedInto(`<IIsSmtpServer Location="/LM/SmtpSvc/1" ${long} ${many} z="1"/>`)).toBe(
      `<IIsSmtpServer Location="/LM/SmtpSvc/1" ${long} ${many} ${ATTRIBUTE} z="1"/>`,
    );
  });
});

/** The Custom as IIS writes it, its lines ended by `lineEnd`. */
const custom = (lineEnd: string): string =>
  [
    '\t<Custom',
    '\t\tName="SmtpInboundCommandSupportOptions"',
    '\t\tID="36998"',
    '\t\tValue="3503297"',
    '\t\tType="DWORD"',
    '\t\tUserType="IIS_MD_UT_SERVER"',
    '\t\tAttributes="INHERIT"',
    '\t/>',
    '',
  ].join(lineEnd);

describe('a Custom, in any other class', () => {
  const LF = custom('\n');

  test.each<[string, string, string]>([
    [
      'before an end tag that begins its line',
      '<IIsConfigObject Location="/LM/SmtpSvc/1"\n\t>\n</IIsConfigObject>',
      `<IIsConfigObject Location="/LM/SmtpSvc/1"\n\t>\n${LF}</IIsConfigObject>`,
    ],
    [
      'after another Custom',
      '<IIsConfigObject Location="/LM/SmtpSvc/1">\n\t<Custom ID="1" Value="2"/>\n</IIsConfigObject >',
      `<IIsConfigObject Location="/LM/SmtpSvc/1">\n\t<Custom ID="1" Value="2"/>\n${LF}</IIsConfigObject >`,
    ],
    [
      'on a line of its own, where the end tag does not begin its line',
      '<IIsConfigObject Location="/LM/SmtpSvc/1"></IIsConfigObject>',
      `<IIsConfigObject Location="/LM/SmtpSvc/1">\n${LF}</IIsConfigObject>`,
    ],
    [
      'before the line of an end tag that is indented',
      '<IIsConfigObject Location="/LM/SmtpSvc/1">\n\t</IIsConfigObject>',
      `<IIsConfigObject Location="/LM/SmtpSvc/1">\n${LF}\t</IIsConfigObject>`,
    ],
    [
      'before an end tag with a long indentation',
      `<A Location="/LM/SmtpSvc/1">\n${' '.repeat(9000)}</A>`,
      `<A Location="/LM/SmtpSvc/1">\n${LF}${' '.repeat(9000)}</A>`,
    ],
    [
      'before much white space alone',
      `<A Location="/LM/SmtpSvc/1">${' '.repeat(9000)}</A>`,
      `<A Location="/LM/SmtpSvc/1">\n${LF}${' '.repeat(9000)}</A>`,
    ],
    [
      'before the white space of an end tag that does not begin its line',
      '<IIsConfigObject Location="/LM/SmtpSvc/1">\n<a/> \t</IIsConfigObject>',
      `<IIsConfigObject Location="/LM/SmtpSvc/1">\n<a/>\n${LF} \t</IIsConfigObject>`,
    ],
    [
      'before white space alone',
      '<IIsConfigObject Location="/LM/SmtpSvc/1"> </IIsConfigObject>',
      `<IIsConfigObject Location="/LM/SmtpSvc/1">\n${LF} </IIsConfigObject>`,
    ],
    [
      'in a key that is closed by itself',
      '<IIsConfigObject Location="/LM/SmtpSvc/1"/>',
      `<IIsConfigObject Location="/LM/SmtpSvc/1">\n${LF}</IIsConfigObject>`,
    ],
    [
      'in a key that is closed by itself on a line of its own',
      '<A\tLocation="/LM/SmtpSvc/1"\n\t/><!-- -->',
      `<A\tLocation="/LM/SmtpSvc/1"\n\t>\n${LF}</A><!-- -->`,
    ],
    [
      'in a class with a name beyond ASCII',
      '<\u00e4 Location="/LM/SmtpSvc/1"/>',
      `<\u00e4 Location="/LM/SmtpSvc/1">\n${LF}</\u00e4>`,
    ],
    [
      'in a class that is nearly SMTP\u2019s',
      '<iissmtpserver Location="/LM/SmtpSvc/1"/>',
      `<iissmtpserver Location="/LM/SmtpSvc/1">\n${LF}</iissmtpserver>`,
    ],
    [
      'outside of its children',
      '<A Location="/LM/SmtpSvc/1"><A>\n</A>\n</A>',
      `<A Location="/LM/SmtpSvc/1"><A>\n</A>\n${LF}</A>`,
    ],
  ])('%s', (_, before, after) => {
    expect(insertedInto(before)).toBe(after);
  });

  test('the edit of a self-closing key replaces its slash', () => {
    const text = '<configuration><MBProperty><A Location="/LM/SmtpSvc/1"/></MBProperty></configuration>';
    expect(planFor(text, SET).edits).toEqual([
      {
        kind: 'insert',
        location: '/LM/SmtpSvc/1',
        offset: text.indexOf('/></MB'),
        length: 1,
        old: '/',
        new: `>\r\n${custom('\r\n')}</A`,
        oldValue: 7697601,
        newValue: 3503297,
      },
    ]);
  });

  test('any other edit replaces nothing', () => {
    const text = '<configuration><MBProperty><A Location="/LM/SmtpSvc/1"></A></MBProperty></configuration>';
    const [edit] = planFor(text, SET).edits;
    expect(edit).toMatchObject({ kind: 'insert', offset: text.indexOf('</A'), length: 0, old: null });
    const [attribute] = planFor(text.replaceAll(/A(?=[ >])/g, 'IIsSmtpServer'), SET).edits;
    expect(attribute).toMatchObject({ kind: 'insert', length: 0, old: null, new: ` ${ATTRIBUTE}` });
  });
});

describe('the line end of a Custom is the file\u2019s first', () => {
  const KEY = '<A Location="/LM/SmtpSvc/1"/>';

  test.each<[string, string, string]>([
    ['LF', '<configuration>\n<MBProperty>\r\n', '\n'],
    ['CRLF', '<configuration>\r\n<MBProperty>\n', '\r\n'],
    ['CRLF where there is none', '<configuration><MBProperty>', '\r\n'],
    ['CR where there are only carriage returns', '<configuration>\r<MBProperty>', '\r'],
    ['LF that is the first byte', '\n<configuration><MBProperty>\r\n', '\n'],
    ['CRLF that comes first', '\r\n<configuration><MBProperty>', '\r\n'],
    ['CRLF in a value of another key', '<configuration><MBProperty><A B="x\r\ny"/>', '\r\n'],
    ...[4094, 4095, 4096, 8190, 8191, 8192].flatMap((length): [string, string, string][] => {
      const before = '<configuration><MBProperty>'.padEnd(length);
      return [
        [`LF at byte ${length}`, `${before}\n`, '\n'],
        [`CRLF at byte ${length}`, `${before}\r\n`, '\r\n'],
        [`CR and later LF at byte ${length}`, `${before}\r \n`, '\r'],
      ];
    }),
  ])('%s', (_, before, lineEnd) => {
    const text = `${before}${KEY}</MBProperty></configuration>`;
    expect(edited(text, SET)).toBe(
      `${before}<A Location="/LM/SmtpSvc/1">${lineEnd}${custom(lineEnd)}</A></MBProperty></configuration>`,
    );
  });

  test('is searched for once, however many keys need it', () => {
    const keys = Array.from({ length: 100 }, (_, i) => `<A Location="/LM/SmtpSvc/${i}"/>`);
    const text = sourceOf(
      `<configuration><MBProperty>${' '.repeat(100_000)}${keys.join('')}</MBProperty></configuration>`,
    );
    const found = read(text);
    const { source, bytes } = watchedSource(text);
    const { edits } = makePlan(source, found, toRequest({ setMissing: 0 }), 'refuse');
    expect(edits).toHaveLength(100);
    expect(bytes()).toBeLessThan(2 * text.length);
  });
});

test('the keys are looked through once for the ID of the Customs, however many get one', () => {
  const source = sourceOf(metabase(...Array.from({ length: 50 }, (_, i) => key(`/LM/SmtpSvc/${i}`))));
  let looks = 0;
  const keys = patchableKeys(locateKeys(readKeys(source))).map((each) => ({
    ...each,
    get values() {
      looks++;
      return each.values;
    },
  }));
  const inserter = new Inserter(source, keys);
  for (const { elements } of keys) expect(inserter.insertion(elements[0], 1).new).toContain('ID="36998"');
  expect(looks).toBe(keys.length);
});

describe('the ID of an inserted Custom', () => {
  const other = (id: string, location: string): string =>
    `<A Location="${location}"><Custom ID="${id}" Value="3503297"/></A>`;
  const idIn = (...keys: string[]): string | undefined => {
    const text = `<configuration><MBProperty><A Location="/LM/SmtpSvc/1"/>${keys.join('')}</MBProperty></configuration>`;
    return /Name="SmtpInboundCommandSupportOptions"\s+ID="(\d+)"/.exec(edited(text, SET))?.[1];
  };

  test.each<[string, string[], string]>([
    ['is what IIS writes', [], '36998'],
    ['is that of the article where a virtual server has it', [other('3699800', '/LM/SmtpSvc/2')], '3699800'],
    [
      'is that of the first Custom in the file',
      [other('36998', '/LM/SmtpSvc/2'), other('3699800', '/LM/SmtpSvc/3')],
      '36998',
    ],
    [
      'is that of the first Custom in the file, also if the service comes later',
      [
        other('3699800', '/LM/SmtpSvc/2'),
        '<A Location="/LM/SmtpSvc"><Custom ID="36998" Value="3503297" Attributes=""/></A>',
      ],
      '3699800',
    ],
    ['does not follow a deeper key', [other('3699800', '/LM/SmtpSvc/1/x')], '36998'],
    [
      'does not follow an attribute',
      ['<A Location="/LM/SmtpSvc/2" SmtpInboundCommandSupportOptions="1"/>', other('3699800', '/LM/SmtpSvc/3')],
      '3699800',
    ],
  ])('%s', (_, keys, id) => {
    expect(idIn(...keys)).toBe(id);
  });
});

test('a CR before the end tag begins its line too', () => {
  const text = '<configuration><MBProperty><A Location="/LM/SmtpSvc/1">\r</A></MBProperty></configuration>';
  expect(edited(text, SET)).toContain('">\r\t<Custom\r');
});
