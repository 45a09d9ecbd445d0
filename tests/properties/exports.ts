import fc from 'fast-check';

/*
 * Whole exports with every trap: quotes, references, CDATA, comments with tags in them, multi-strings, several values, doubled
 * Locations, self-closing keys, strange names, any line end, any encoding.
 */

export interface Generated {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-8-bom';
}

const pick = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** Text without what must be escaped; the encoder adds references. */
const words = fc.string({
  unit: pick('a', 'Z', '7', ' ', 'é', '😀', '"', "'", '<', '>', '&', '\r\n', '\t', ']', '-', '?', '/'),
  maxLength: 12,
});

const escaped = (text: string, quote: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(quote, quote === '"' ? '&quot;' : '&#39;');

const quoted = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, pick('"', "'"), pick('=', ' =', '= ', '\t=\r\n'))
    .map(([value, quote, equals]) => `${equals}${quote}${escaped(value, quote)}${quote}`);

const dword = fc.oneof(
  pick('7697601', '3503297', '4194304', '0', '4294967295', '007697601'),
  fc.nat({ max: 0xffffffff }).map(String),
);

/** A value whose digits may be written as references, which must not be escaped again. */
const value = fc.tuple(dword, fc.nat({ max: 3 }), pick('"', "'")).map(([digits, at, quote]) => {
  const reference = `&#${digits.charCodeAt(0)};`;
  return `=${quote}${at === 0 ? reference + digits.slice(1) : digits}${quote}`;
});

const location = fc
  .tuple(
    pick(
      '/LM/SmtpSvc',
      '/LM/SmtpSvc/1',
      '/LM/SmtpSvc/2',
      '/lm/smtpsvc/1/',
      '/LM/SmtpSvc/1/Domain',
      '/LM',
      '/',
      '/LM/NntpSvc/1',
      '/LM/W3SVC/1',
      '/LM/DS2MB',
      'inherited:/LM/SmtpSvc/2',
      '/LM/SmtpSvcX',
      '.',
    ),
    fc.boolean(),
  )
  .map(([path, isWritten]) => `"${isWritten ? path.replace('S', '&#83;') : path}"`);

const className = pick(
  'IIsSmtpServer',
  'IIsSmtpService',
  'IIsConfigObject',
  'IIsInheritedProperties',
  'constructor',
  '__proto__',
  'é',
);
const space = pick(' ', '\t', '\r\n\t\t', '\n  ');

const property = value.map((text) => `SmtpInboundCommandSupportOptions${text}`);
const other = fc
  .tuple(pick('ServerComment', 'SmtpZzz', 'SSLStoreName', 'aLower', 'AAA', '__proto__', 'toString'), quoted(words))
  .map(([name, text]) => `${name}${text}`);

const attributes = fc
  .tuple(
    fc.uniqueArray(other, { maxLength: 3, selector: (each) => each.split(/[\s=]/)[0] }),
    fc.option(property, { freq: 2 }),
    fc.nat(),
  )
  .map(([others, own, at]) => (own === null ? others : others.toSpliced(at % (others.length + 1), 0, own)));

const custom = fc
  .tuple(
    value,
    pick('3699800', '36998', '3699801', '36&#57;9800', '369&#57;8'),
    pick('', '', ' Type="DWORD"', ' Type="DWORD"', ' Type="dword"'),
    pick('', ' Attributes="INHERIT"', ' Attributes="NO_ATTRIBUTES"', " Attributes='SECURE | INHERIT'"),
    pick('/>', '></Custom>'),
  )
  .map(([text, id, type, flags, end]) => `<Custom Name="x" ID="${id}" Value${text}${type}${flags}${end}`);

const misc = pick(
  '<!-- <IIsSmtpServer Location="/LM/SmtpSvc/1" SmtpInboundCommandSupportOptions="7697601"> -->',
  '<![CDATA[<Custom ID="3699800" Value="7697601"/>]]>',
  `<?pi it's "quoted" > here?>`,
  'text &amp; more 7697601',
  '<Wrapper><Custom ID="3699800" Value="7697601"/></Wrapper>',
);

const children = fc.array(fc.oneof({ weight: 3, arbitrary: custom }, { weight: 2, arbitrary: misc }), { maxLength: 3 });

const key = fc
  .tuple(
    className,
    location,
    attributes,
    space,
    pick('', '\r\n\t'),
    fc.option(children, { freq: 3 }),
    fc.nat({ max: 9 }),
  )
  .map(([name, path, others, gap, tail, inside, at]) => {
    const all =
      at === 0 && others.length > 0
        ? [others[0], `Location =${path}`, ...others.slice(1)]
        : [`Location =${path}`, ...others];
    const start = `<${name}${all.map((each) => gap + each).join('')}${tail}`;
    return inside === null
      ? `${start}/>`
      : `${start}>${inside.map((each) => `\r\n\t${each}`).join('')}${inside.length > 1 ? '\r\n' : ''}</${name}>`;
  });

const lineEnds = pick('\r\n', '\r\n', '\n', '\r');

/** An export that is well-formed, and that often has SMTP keys. */
export const anExport: fc.Arbitrary<Generated> = fc
  .tuple(
    fc.array(fc.oneof({ weight: 5, arbitrary: key }, { weight: 1, arbitrary: misc }), { maxLength: 6 }),
    lineEnds,
    pick('<?xml version ="1.0"?>', '<!-- first -->'),
    fc.boolean(),
    pick<Generated['encoding']>('utf-8', 'utf-8', 'utf-8-bom'),
  )
  .map(([keys, lineEnd, head, hasFinal, encoding]) => {
    const lines = [head, '<configuration xmlns="urn:x">', '<MBProperty>', ...keys, '</MBProperty>', '</configuration>'];
    const text = lines.join('\r\n').replaceAll('\r\n', lineEnd);
    return { text: hasFinal ? text + lineEnd : text, encoding };
  });

/** @returns The export as the bytes of its file. */
export function toBytes({ text, encoding }: Generated): Uint8Array {
  return Buffer.from(encoding === 'utf-8' ? text : `\ufeff${text}`);
}

const mask = pick(0x400000, 0x300000, 0x40, 0x80, 0x1, 0xffffffff);

export interface GeneratedRequest {
  readonly disable: number;
  readonly enable: number;
  readonly servers: readonly string[] | null;
  readonly setMissing: number | null;
}

export const aRequest: fc.Arbitrary<GeneratedRequest> = fc
  .record({
    disable: mask,
    enable: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: mask }),
    servers: pick(null, null, ['/LM/SmtpSvc'], ['/lm/smtpsvc/1'], ['1', '2']),
    setMissing: pick(null, 7697601, 7697601, 0),
  })
  .map((request) => ({ ...request, enable: (request.enable & ~request.disable) >>> 0 }));
