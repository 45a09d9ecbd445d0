import type { MetabaseError } from '../../src/errors.ts';
import type { RequestOptions } from '../../src/patch/request.ts';
import { custom, key, value } from '../locator/metabase-text.ts';
import { planOf } from './plan-of.ts';

const OFF = 3503297;
const SERVICE = '/LM/SmtpSvc';
const ONE = '/LM/SmtpSvc/1';
const TWO = '/LM/SmtpSvc/2';

/** Each warning with its line in the file; the first key is on line 3. */
function warningsOf(keys: readonly string[], options?: RequestOptions): [string, number | null, string][] {
  return planOf(keys, options, 'report').warnings.map(({ code, line, message }) => [code, line, message]);
}

const codes = (keys: readonly string[], options?: RequestOptions): [string, number | null][] =>
  warningsOf(keys, options).map(([code, line]) => [code, line]);

test('an ordinary metabase gives no warning', () => {
  const keys = [
    key('/'),
    key('/LM'),
    key(SERVICE, value(OFF)),
    key(ONE, '', custom(OFF)),
    key(`${ONE}/Domain`),
    key(TWO),
  ];
  expect(warningsOf(keys)).toEqual([]);
});

describe('SEVERAL_KEYS', () => {
  test('is given at the second element', () => {
    expect(warningsOf([key(ONE, value(OFF)), key(TWO, value(OFF)), key('/lm/smtpsvc/1/'), key(ONE)])).toEqual([
      ['SEVERAL_KEYS', 5, 'the Location /LM/SmtpSvc/1 is in the file 3 times; all count as one key'],
    ]);
  });

  test.each(['/', '/LM', SERVICE, `${ONE}/Domain`])('is given for %s too', (location) => {
    expect(codes([key(ONE, value(OFF)), key(location), key(location)])).toEqual([['SEVERAL_KEYS', 5]]);
  });
});

describe('SEVERAL_VALUES', () => {
  const message =
    '/LM/SmtpSvc/1 has SmtpInboundCommandSupportOptions 3 times; the first counts as its value, and a patch changes all';

  test('is given at the second value', () => {
    const keys = [key(ONE, value(OFF), `\n${custom(OFF)}\n${custom(OFF)}`)];
    expect(warningsOf(keys)).toEqual([['SEVERAL_VALUES', 4, message]]);
  });

  test('is given for a key that is not selected, and for the service', () => {
    const two = custom(OFF) + custom(OFF);
    expect(codes([key(ONE, '', two), key(TWO, value(OFF))], { servers: [2] })).toEqual([['SEVERAL_VALUES', 3]]);
    expect(codes([key(SERVICE, '', two)])).toEqual([['SEVERAL_VALUES', 3]]);
  });

  test('is given if the values are in two elements', () => {
    expect(codes([key(ONE, value(OFF)), key(ONE, value(OFF))])).toEqual([
      ['SEVERAL_KEYS', 4],
      ['SEVERAL_VALUES', 4],
    ]);
  });

  test('is not given for keys that are never patched', () => {
    const twice = [value(OFF), custom(OFF)] as const;
    expect(codes([key(ONE, value(OFF)), key('/LM', ...twice), key('/', ...twice)])).toEqual([]);
    expect(codes([key(ONE, value(OFF)), key(`${ONE}/Domain`, ...twice)])).toEqual([['DEEPER_VALUE', 4]]);
  });
});

describe('DEEPER_VALUE', () => {
  test.each([`${ONE}/Domain`, '/lm/smtpsvc/1/domain/example.com', `${SERVICE}/Info`, `${SERVICE}/1a`, `${ONE}//`])(
    'is given for %s',
    (location) => {
      expect(warningsOf([key(ONE, value(OFF)), key(location, '', `\n${custom(OFF)}`)])).toEqual([
        [
          'DEEPER_VALUE',
          5,
          `${location} is not a virtual server, but has SmtpInboundCommandSupportOptions; it is left as it is`,
        ],
      ]);
    },
  );

  test('is not given without a value, nor for keys above', () => {
    expect(codes([key(ONE, value(OFF)), key(`${ONE}/Domain`), key('/LM', value(OFF)), key('/', value(OFF))])).toEqual(
      [],
    );
  });
});

describe('VALUE_INVALID', () => {
  const options = { servers: [1] };

  test.each([TWO, SERVICE, '/LM', '/'])('is given for %s, if its value is not needed', (location) => {
    expect(warningsOf([key(ONE, value(OFF)), key(location, value('0x1'))], options)).toEqual([
      [
        'VALUE_INVALID',
        4,
        `SmtpInboundCommandSupportOptions must be a DWORD: digits only, 0 to 4294967295; at ${location} it is not needed, and it is left as it is`,
      ],
    ]);
  });

  test('is at a wrong Type, and about it', () => {
    const wrong = '<Custom ID="36998" Value="1"\nType="STRING"/>';
    expect(warningsOf([key(ONE, value(OFF)), key(TWO, '', `\n${wrong}`)], options)).toEqual([
      [
        'VALUE_INVALID',
        6,
        'the Type of SmtpInboundCommandSupportOptions must be DWORD, in capitals; at /LM/SmtpSvc/2 it is not needed, and it is left as it is',
      ],
    ]);
  });

  test('is given for each value, in the order of the file', () => {
    const keys = [
      key('/LM', value('x'), `\n${custom('')}`),
      key(ONE, value(OFF)),
      key(TWO, '', `\n${custom(OFF)}\n${custom(-1)}`),
    ];
    expect(codes(keys, options)).toEqual([
      ['VALUE_INVALID', 3],
      ['VALUE_INVALID', 4],
      ['SEVERAL_VALUES', 8],
      ['VALUE_INVALID', 8],
    ]);
  });

  test('is not given in addition to DEEPER_VALUE', () => {
    expect(codes([key(ONE, value(OFF)), key(`${ONE}/x`, value(''))], options)).toEqual([['DEEPER_VALUE', 4]]);
  });
});

test('the warnings of keys come in the order of the file, not of the keys', () => {
  const keys = [
    key(ONE, value(OFF)),
    key(TWO, value(OFF)),
    key(`${TWO}/x`, value(OFF)),
    key(TWO),
    key(`${ONE}/x`, value(OFF)),
    key(ONE),
  ];
  expect(codes(keys)).toEqual([
    ['DEEPER_VALUE', 5],
    ['SEVERAL_KEYS', 6],
    ['DEEPER_VALUE', 7],
    ['SEVERAL_KEYS', 8],
  ]);
});

describe('UNNAMED_MASK', () => {
  const keys = [key(ONE, value(0))];

  test.each<[RequestOptions, string]>([
    [{ disable: ['0x1'] }, '0x1'],
    [{ enable: ['0x80000000'] }, '0x80000000'],
    [{ disable: [0x400003], enable: ['DSN', 0x10] }, '0x13'],
  ])('%j names the bits %s', (options, bits) => {
    expect(warningsOf(keys, options)).toEqual([['UNNAMED_MASK', null, `no verb is known for the bits ${bits}`]]);
  });

  test('is not given for masks of verbs, whatever the value is', () => {
    expect(codes([key(ONE, value(7697601))], { disable: [0x7014c0] })).toEqual([]);
  });
});

describe('BINARYMIME_WITHOUT_CHUNKING', () => {
  const message = 'CHUNKING is turned off, but BINARYMIME, which needs it (RFC 3030), stays on at /LM/SmtpSvc/1';
  const off = { disable: ['CHUNKING'] };

  test('is given for each selected key, in the order of the file', () => {
    const three = key('/LM/SmtpSvc/3', value(7697601));
    expect(warningsOf([key(TWO, value(0)), key(ONE, value(7697601)), three], off)).toEqual([
      ['BINARYMIME_WITHOUT_CHUNKING', 4, message],
      ['BINARYMIME_WITHOUT_CHUNKING', 5, message.replace('/1', '/3')],
    ]);
    expect(codes([key(ONE), key(SERVICE, value(7697601))], off)).toEqual([
      ['BINARYMIME_WITHOUT_CHUNKING', 3],
      ['BINARYMIME_WITHOUT_CHUNKING', 4],
    ]);
  });

  test.each<[string, string[], RequestOptions]>([
    ['if CHUNKING was off before', [key(ONE, value(0x200000))], off],
    ['if BINARYMIME is turned on', [key(ONE, value(0))], { ...off, enable: ['BINARYMIME'] }],
    ['for an inherited value', [key(ONE), key('/LM', value(0x200000))], off],
    ['for a value that is set', [key(ONE)], { ...off, setMissing: 0x200000 }],
    ['if other bits are turned off too', [key(ONE, value(0x200000))], { disable: ['DSN', 'CHUNKING'] }],
  ])('is given %s', (_, keys, options) => {
    expect(codes(keys, options)).toEqual([['BINARYMIME_WITHOUT_CHUNKING', 3]]);
  });

  test.each<[string, string[], RequestOptions]>([
    ['CHUNKING stays', [key(ONE, value(7697601))], { disable: ['8bitmime'] }],
    ['CHUNKING is turned on', [key(ONE, value(0x200000))], { enable: ['CHUNKING'] }],
    ['BINARYMIME is turned off too', [key(ONE, value(7697601))], { disable: ['CHUNKING', 'BINARYMIME'] }],
    ['BINARYMIME was off', [key(ONE, value(0x100000))], off],
    ['the key is not selected', [key(ONE, value(7697601)), key(TWO, value(0))], { ...off, servers: [2] }],
    ['there is no value', [key(ONE)], off],
  ])('is not given if %s', (_, keys, options) => {
    expect(codes(keys, options)).toEqual([]);
  });
});

describe('OTHER_ID', () => {
  const other = '<Custom Name="SmtpInboundCommandSupportOptions" ID="36999" Value="7697601"/>';
  const message =
    'this Custom is named SmtpInboundCommandSupportOptions, but its ID is not 36998 or 3699800, so IIS takes it for another ' +
    'property; it is left as it is';

  test('points at the Custom, on a key that is selected or not', () => {
    const keys = [key(ONE, value(OFF), `\n${other}`), key(SERVICE, value(OFF), `\n${other}`)];
    expect(warningsOf(keys, { servers: [1] })).toEqual([
      ['OTHER_ID', 4, message],
      ['OTHER_ID', 6, message],
    ]);
  });

  test('is given once for each Custom, in every element of the key', () => {
    expect(codes([key(ONE, value(OFF), other + other), key(ONE, '', other)])).toEqual([
      ['OTHER_ID', 3],
      ['OTHER_ID', 3],
      ['SEVERAL_KEYS', 4],
      ['OTHER_ID', 4],
    ]);
  });

  test('is not given for keys that are never patched', () => {
    expect(codes([key(ONE, value(OFF)), key('/LM', '', other), key(`${ONE}/x`, '', other)])).toEqual([]);
  });
});

describe('EXCHANGE_OVERWRITES', () => {
  test.each(['/LM/DS2MB', '/lm/ds2mb/', '/LM/DS2MB/HighWaterMarks/x', '/LM/DS2&#77;B', '&#47;LM/DS2MB'])(
    '%s says that the server has Exchange',
    (location) => {
      expect(codes([key(ONE, value(OFF)), key(location)])).toEqual([['EXCHANGE_OVERWRITES', 4]]);
    },
  );

  test('is given once, at the first', () => {
    expect(codes([key('/LM'), key('/LM/DS2MB/x'), key(ONE, value(OFF)), key('/LM/DS2MB')])).toEqual([
      ['EXCHANGE_OVERWRITES', 4],
    ]);
  });

  test.each(['/LM/DS2MBX', '/DS2MB', '/LM/SmtpSvc/DS2MB', 'x/LM/DS2MB'])('%s does not', (location) => {
    expect(codes([key(ONE, value(OFF)), key(location)])).toEqual([]);
  });

  test('a section of inherited properties is not a key', () => {
    expect(codes([key(ONE, value(OFF)), key('/LM/DS2MB', '', '', 'IIsInheritedProperties')])).toEqual([]);
  });

  test('says what overwrites the value, and names the attribute to change', () => {
    expect(warningsOf([key(ONE, value(OFF)), key('/LM/DS2MB')])[0][2]).toMatch(
      /Exchange 2000 or 2003, which overwrites the value .* msExchSmtpInboundCommandSupportOptions /,
    );
  });
});

describe('UNUSUAL_BITS', () => {
  const TWICE = 4294276289;
  const message = (cure: string): string =>
    'the value has bits that neither a verb nor the default uses (0xFF800000): a bit was probably subtracted twice; ' +
    `--disable ${cure} clears them`;

  test.each<[RequestOptions, string]>([
    [{}, '8bitmime,0xFF800000'],
    [{ disable: ['TURN', 'dsn'] }, 'atrn,dsn,0xFF800000'],
    [{ enable: ['DSN'] }, '0xFF800000'],
    [{ disable: ['8bitmime', 0xff000000] }, '8bitmime,0xFF800000'],
  ])('with %j the cure is %s', (options, cure) => {
    const found = warningsOf([key(ONE, value(TWICE))], options).filter(([code]) => code === 'UNUSUAL_BITS');
    expect(found).toEqual([['UNUSUAL_BITS', 3, message(cure)]]);
  });

  test('the cure leaves the default without the verb', () => {
    expect(planOf([key(ONE, value(TWICE))], { disable: ['8bitmime', '0xFF800000'] }).servers[0].newValue).toBe(OFF);
  });

  test('is given once for a value that several keys inherit', () => {
    expect(codes([key('/LM', value(TWICE)), key(ONE), key(TWO)])).toEqual([['UNUSUAL_BITS', 3]]);
  });

  test('is given for each value of a selected key', () => {
    expect(codes([key(ONE, value(OFF), custom(TWICE))])).toEqual([
      ['SEVERAL_VALUES', 3],
      ['UNUSUAL_BITS', 3],
    ]);
  });

  test.each<[string, string[], RequestOptions]>([
    ['of a key that is not selected', [key(ONE, value(TWICE)), key(TWO, value(OFF))], { servers: [2] }],
    ['that no key inherits', [key('/LM', value(TWICE)), key(ONE, value(OFF))], {}],
    ['of a deeper key', [key(ONE, value(OFF)), key(`${ONE}/x`)], {}],
    ['with every verb and every bit of the default', [key(ONE, value(7697601))], {}],
    ['with other bits of the default alone', [key(ONE, value(0x56001))], {}],
  ])('is not given for a value %s', (_, keys, options) => {
    expect(codes(keys, options)).toEqual([]);
  });
});

describe('errors of a well-formed file come with its warnings', () => {
  const exchange = key('/LM/DS2MB');
  const twice = key(TWO, value(OFF), custom(OFF));

  test.each<[string, string[], RequestOptions, string[]]>([
    ['NO_SMTP_SERVER', [exchange], {}, ['EXCHANGE_OVERWRITES']],
    ['UNKNOWN_SERVER', [exchange, twice], { servers: [9] }, ['EXCHANGE_OVERWRITES', 'SEVERAL_VALUES']],
    ['VALUE_MISSING', [exchange, key(ONE), twice], {}, ['EXCHANGE_OVERWRITES', 'SEVERAL_VALUES']],
    [
      'VALUE_INVALID',
      [exchange, key(ONE, value('x')), key('/LM', value('y'))],
      {},
      ['EXCHANGE_OVERWRITES', 'VALUE_INVALID'],
    ],
  ])('%s', (code, keys, options, warnings) => {
    try {
      planOf(keys, options);
    } catch (error) {
      const refusal = error as MetabaseError;
      expect([refusal.code, refusal.warnings.map((warning) => warning.code)]).toEqual([code, warnings]);
      return;
    }
    throw new Error('nothing was refused');
  });
});
