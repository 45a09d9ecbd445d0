import type { RequestOptions } from '../../src/patch/request.ts';
import { custom, key, metabase, value } from '../locator/metabase-text.ts';
import { edited, planOf, refusalOf } from './plan-of.ts';

const ON = 7697601;
const OFF = 3503297;
const ROOT = '/LM';
const SERVICE = '/LM/SmtpSvc';
const ONE = '/LM/SmtpSvc/1';
const TWO = '/LM/SmtpSvc/2';

/** A key of a class whose schema has the property. */
const smtp = (location: string, attributes = ''): string => key(location, attributes, '', 'IIsSmtpServer');

/** The same with the attribute that an insertion makes. */
const inserted = (location: string, dword: number): string => smtp(location, value(dword));

describe('values of their own', () => {
  test.each<[string, string[], RequestOptions, string[]]>([
    ['the bit is cleared', [key(ONE, value(ON))], {}, [key(ONE, value(OFF))]],
    ['a clear bit stays clear', [key(ONE, value(OFF))], {}, [key(ONE, value(OFF))]],
    ['the bit is set', [key(ONE, value(OFF))], { enable: ['8bitmime'] }, [key(ONE, value(ON))]],
    ['one off, one on', [key(ONE, value(0x400000))], { disable: ['8bitmime'], enable: ['DSN'] }, [key(ONE, value(64))]],
    ['the highest bit', [key(ONE, value(0))], { enable: ['0x80000000'] }, [key(ONE, value(2147483648))]],
    ['all bits', [key(ONE, value(4294967295))], {}, [key(ONE, value(4290772991))]],
    ['leading zeros of a right value stay', [key(ONE, value('0003503297'))], {}, [key(ONE, value('0003503297'))]],
    ['leading zeros of a wrong value go', [key(ONE, value('0007697601'))], {}, [key(ONE, value(OFF))]],
    ['references of a right value stay', [key(ONE, value('&#51;503297'))], {}, [key(ONE, value('&#51;503297'))]],
    ['references of a wrong value go', [key(ONE, value('&#55;69760&#x31;'))], {}, [key(ONE, value(OFF))]],
    ['a Custom', [key(ONE, '', custom(ON))], {}, [key(ONE, '', custom(OFF))]],
    ['a Custom that is not inheritable', [key(ONE, '', custom(ON, ''))], {}, [key(ONE, '', custom(OFF, ''))]],
    [
      'every value of a key',
      [key(ONE, value(ON), custom(OFF) + custom(4194305, null))],
      {},
      [key(ONE, value(OFF), custom(OFF) + custom(1, null))],
    ],
    [
      'every value of a Location that is there twice',
      [key(ONE, value(ON)), key('/lm/smtpsvc/1/', value(4194304)), key('/LM/SMTPSVC/1', '', custom(4194305))],
      {},
      [key(ONE, value(OFF)), key('/lm/smtpsvc/1/', value(0)), key('/LM/SMTPSVC/1', '', custom(1))],
    ],
    [
      'no value of a key that is not selected, nor of one above or below',
      [
        key(SERVICE, value(ON)),
        key(ONE, value(ON)),
        key(TWO, value(ON)),
        key(`${TWO}/Domain`, value(ON)),
        key(ROOT, value(ON)),
      ],
      { servers: [2] },
      [
        key(SERVICE, value(ON)),
        key(ONE, value(ON)),
        key(TWO, value(OFF)),
        key(`${TWO}/Domain`, value(ON)),
        key(ROOT, value(ON)),
      ],
    ],
  ])('%s', (_, before, options, after) => {
    expect(edited(metabase(...before), options)).toBe(metabase(...after));
  });

  test('an edit replaces the bytes between the quotes, and has the old text; edits are sorted by offset', () => {
    const keys = [key(ONE, value('&#55;697601')), key(SERVICE, value(ON))];
    const text = metabase(...keys);
    expect(planOf(keys).edits).toEqual(
      [
        {
          kind: 'replace',
          location: ONE,
          offset: text.indexOf('&#55;'),
          length: 11,
          old: '&#55;697601',
          new: '3503297',
          oldValue: ON,
          newValue: OFF,
        },
        {
          kind: 'replace',
          location: SERVICE,
          offset: text.indexOf('7697601"/'),
          length: 7,
          old: '7697601',
          new: '3503297',
          oldValue: ON,
          newValue: OFF,
        },
      ].sort((a, b) => a.offset - b.offset),
    );
  });
});

describe('inherited values', () => {
  test.each<[string, string[], RequestOptions, string[]]>([
    [
      'what inherits from a selected key needs nothing',
      [smtp(ONE), smtp(SERVICE, value(ON))],
      {},
      [smtp(ONE), smtp(SERVICE, value(OFF))],
    ],
    [
      'what inherits a right value needs nothing',
      [smtp(ONE), smtp(ROOT, value(OFF))],
      {},
      [smtp(ONE), smtp(ROOT, value(OFF))],
    ],
    [
      'what inherits a wrong value from a key that is not selected gets one of its own',
      [smtp(ONE), smtp(SERVICE, value(ON))],
      { servers: ['1'] },
      [inserted(ONE, OFF), smtp(SERVICE, value(ON))],
    ],
    [
      'the service gets it before its servers, which inherit it then',
      [smtp(ONE), smtp(TWO), smtp(SERVICE), smtp('/', value(ON))],
      {},
      [smtp(ONE), smtp(TWO), inserted(SERVICE, OFF), smtp('/', value(ON))],
    ],
    [
      'without a service each server gets it',
      [smtp(ONE), smtp(TWO), smtp(ROOT, value(ON))],
      {},
      [inserted(ONE, OFF), inserted(TWO, OFF), smtp(ROOT, value(ON))],
    ],
    [
      'a service that is not inheritable does not help its servers',
      [smtp(ONE), key(SERVICE, '', custom(ON, 'SECURE')), smtp(ROOT, value(4194305))],
      {},
      [inserted(ONE, 1), key(SERVICE, '', custom(OFF, 'SECURE')), smtp(ROOT, value(4194305))],
    ],
    [
      'the first inheritable value counts, as changed',
      [smtp(ONE), key(SERVICE, '', custom(OFF, 'SECURE') + custom(4194305))],
      {},
      [smtp(ONE), key(SERVICE, '', custom(OFF, 'SECURE') + custom(1))],
    ],
    [
      'a Location that is there twice gets it in its first element',
      [smtp('/lm/smtpsvc/1'), smtp(ONE), smtp(SERVICE, value(ON))],
      { servers: [1] },
      [inserted('/lm/smtpsvc/1', OFF), smtp(ONE), smtp(SERVICE, value(ON))],
    ],
    [
      'a value in the second element is the key\u2019s own',
      [smtp(ONE), smtp(ONE, value(ON)), smtp(SERVICE, value(4194305))],
      { servers: [1] },
      [smtp(ONE), smtp(ONE, value(OFF)), smtp(SERVICE, value(4194305))],
    ],
    [
      'it is the inherited value that is changed, not the one to set',
      [smtp(ONE), smtp(ROOT, value(4194305))],
      { setMissing: 0 },
      [inserted(ONE, 1), smtp(ROOT, value(4194305))],
    ],
  ])('%s', (_, before, options, after) => {
    expect(edited(metabase(...before), options)).toBe(metabase(...after));
  });
});

test('a Custom of another Type is refused at the Type', () => {
  const keys = [key(ONE, '', '<Custom ID="36998" Type="STRING" Value="1"/>')];
  const message = 'the Type of SmtpInboundCommandSupportOptions must be DWORD, in capitals';
  expect(refusalOf(() => planOf(keys))).toEqual(['VALUE_INVALID 3:68', message]);
});

describe('missing values', () => {
  const missing =
    'the key has no SmtpInboundCommandSupportOptions, and nothing to inherit it from (the export of a branch does not ' +
    'hold what it inherits); --set-missing inserts it';

  test.each<[string, string[], RequestOptions, string]>([
    ['a server', [key(ONE)], {}, '3:1'],
    ['the first of several in the file', [key(ONE, value(ON)), key(TWO), key('/LM/SmtpSvc/3')], {}, '4:1'],
    ['the first in the file, not the first taken', [key(ONE), key(SERVICE)], { servers: [SERVICE, '1'] }, '3:1'],
    ['the service, named beside a server', [key(ONE, value(ON)), key(SERVICE)], { servers: ['1', SERVICE] }, '4:1'],
    ['the service, named', [key(ONE, value(ON)), key(SERVICE)], { servers: [SERVICE] }, '4:1'],
    ['the service alone', [key(SERVICE)], {}, '3:1'],
    ['the service beside deeper keys', [key(SERVICE), key(`${SERVICE}/Info`)], {}, '3:1'],
    ['a server below a service without one', [key(SERVICE), key(ONE)], {}, '4:1'],
    ['a server below one that is not inheritable', [key(SERVICE, '', custom(ON, 'NO')), key(ONE)], {}, '4:1'],
    ['the first element of a Location that is there twice', [key(ONE), key(ONE)], {}, '3:1'],
  ])('%s is refused', (_, keys, options, place) => {
    expect(refusalOf(() => planOf(keys, options))).toEqual([`VALUE_MISSING ${place}`, missing]);
  });

  test.each<[string, string[], RequestOptions, string[]]>([
    [
      'the service that only the default selects is passed over',
      [key(SERVICE), key(ONE, value(ON))],
      {},
      [key(SERVICE), key(ONE, value(OFF))],
    ],
    [
      'a server that is not selected may lack it',
      [key(ONE), key(TWO, value(ON))],
      { servers: [2] },
      [key(ONE), key(TWO, value(OFF))],
    ],
    ['the value to set has the bits changed', [smtp(ONE)], { setMissing: ON }, [inserted(ONE, OFF)]],
    ['it is inserted even where no bit changes', [smtp(ONE)], { setMissing: 0 }, [inserted(ONE, 0)]],
    [
      'the service gets it first, and its servers inherit it',
      [smtp(ONE), smtp(SERVICE), smtp(TWO, value(1))],
      { setMissing: ON },
      [smtp(ONE), inserted(SERVICE, OFF), smtp(TWO, value(1))],
    ],
    [
      'a server that is selected alone gets it',
      [smtp(ONE), smtp(SERVICE)],
      { setMissing: ON, servers: [1] },
      [inserted(ONE, OFF), smtp(SERVICE)],
    ],
    [
      'below a value that is not inheritable the server gets it',
      [key(SERVICE, '', custom(ON, 'NO')), smtp(ONE)],
      { setMissing: 4194305 },
      [key(SERVICE, '', custom(OFF, 'NO')), inserted(ONE, 1)],
    ],
    ['nothing is set where there is a value', [smtp(ONE, value(5))], { setMissing: ON }, [smtp(ONE, value(5))]],
  ])('%s', (_, before, options, after) => {
    expect(edited(metabase(...before), options)).toBe(metabase(...after));
  });

  test('is reported, with no edits: patch would refuse the file', () => {
    const { servers, edits } = planOf([key(ONE), key(TWO, value(ON))], {}, 'report');
    expect(servers.map(({ value: before, newValue, source, ok }) => [before, newValue, source, ok])).toEqual([
      [null, null, null, false],
      [ON, OFF, TWO, false],
    ]);
    expect(edits).toEqual([]);
  });
});

describe('values that are not a DWORD', () => {
  const message = 'SmtpInboundCommandSupportOptions must be a DWORD: digits only, 0 to 4294967295';
  const bad = value('x');

  test.each<[string, string[], RequestOptions, string]>([
    ['of a selected key', [key(ONE, bad)], {}, '3:77'],
    ['of a selected key, the second', [key(ONE, value(ON), custom(''))], {}, '3:141'],
    ['of the second element of a selected key', [key(ONE, value(ON)), key(ONE, bad)], {}, '4:77'],
    ['that is inherited', [key('/', value('0x1')), key(ONE)], {}, '3:65'],
    ['that is inherited from a service not selected', [key(SERVICE, bad), key(ONE)], { servers: [1] }, '3:75'],
    ['the first of several in the file', [key(TWO, bad), key(ONE, bad), key(SERVICE, bad)], {}, '3:77'],
    ['before a missing one', [key(TWO), key(ONE, bad)], {}, '4:77'],
    ['whatever is to be set', [key(ONE, bad)], { setMissing: 1 }, '3:77'],
    ['a Custom without Value', [key(ONE, '', '<Custom ID="3699800"/>')], {}, '3:43'],
  ])('are refused: %s', (_, keys, options, place) => {
    expect(refusalOf(() => planOf(keys, options))).toEqual([`VALUE_INVALID ${place}`, message]);
    expect(refusalOf(() => planOf(keys, options, 'report'))).toEqual([`VALUE_INVALID ${place}`, message]);
  });

  test.each<[string, string[], RequestOptions]>([
    ['of a key that is not selected', [key(ONE, value(OFF)), key(TWO, bad)], { servers: [1] }],
    ['above a key with a value of its own', [key(ROOT, bad), key(ONE, value(OFF))], {}],
    ['above one that is inherited', [key('/', bad), key(ROOT, value(OFF)), key(ONE)], {}],
    ['that are not inheritable', [key(ROOT, '', custom('x', '') + custom(OFF)), key(ONE)], {}],
    ['after the first inheritable one', [key(ROOT, value(OFF), custom('x')), key(ONE)], {}],
    ['below a virtual server', [key(ONE, value(OFF)), key(`${ONE}/Domain`, bad)], {}],
  ])('are left alone: %s', (_, keys, options) => {
    expect(planOf(keys, options).edits).toEqual([]);
  });
});

describe('the keys, before and after', () => {
  const rows = (keys: readonly string[], options?: RequestOptions): unknown[] =>
    planOf(keys, options, 'report').servers.map((server) => [
      server.key.location,
      server.selected,
      server.value,
      server.source,
      server.newValue,
      server.ok,
    ]);

  test.each<[string, string[], RequestOptions, unknown[]]>([
    [
      'all selected, the service first',
      [key(TWO), key(SERVICE, value(ON)), key(ONE, value(OFF)), key(ROOT, value(1))],
      {},
      [
        [SERVICE, true, ON, SERVICE, OFF, false],
        [TWO, true, ON, SERVICE, OFF, false],
        [ONE, true, OFF, ONE, OFF, true],
      ],
    ],
    [
      'one selected: what it inherits stays, its own becomes right',
      [key(SERVICE, value(ON)), key(ONE), key(TWO)],
      { servers: [1] },
      [
        [SERVICE, false, ON, SERVICE, ON, null],
        [ONE, true, ON, SERVICE, OFF, false],
        [TWO, false, ON, SERVICE, ON, null],
      ],
    ],
    [
      'the service selected: its servers inherit what it gets',
      [key(SERVICE), key(ONE), key(ROOT, value(ON))],
      { servers: [SERVICE] },
      [
        [SERVICE, true, ON, ROOT, OFF, false],
        [ONE, false, ON, ROOT, OFF, null],
      ],
    ],
    [
      'the first value counts; any wrong one makes the key wrong',
      [key(ONE, value(OFF), custom(ON)), key(TWO, value(ON), custom(OFF))],
      {},
      [
        [ONE, true, OFF, ONE, OFF, false],
        [TWO, true, ON, TWO, OFF, false],
      ],
    ],
    [
      'an invalid value of a key that is not selected is none',
      [key(ONE, value('x')), key(TWO, value(OFF))],
      { servers: [2] },
      [
        [ONE, false, null, ONE, null, null],
        [TWO, true, OFF, TWO, OFF, true],
      ],
    ],
    [
      'an invalid value that a key not selected inherits is none, nor is the next one above',
      [key(ROOT, value(ON)), key(SERVICE, value('x')), key(ONE), key(TWO, value(OFF))],
      { servers: [2] },
      [
        [SERVICE, false, null, SERVICE, null, null],
        [ONE, false, null, SERVICE, null, null],
        [TWO, true, OFF, TWO, OFF, true],
      ],
    ],
    [
      'a value of its own counts, inheritable or not, before and after',
      [key('/LM', value(1)), key(ONE, '', custom(ON, 'SECURE')), key(TWO, '', custom(ON, 'SECURE'))],
      { servers: [2] },
      [
        [ONE, false, ON, ONE, ON, null],
        [TWO, true, ON, TWO, OFF, false],
      ],
    ],
    [
      'a service that is passed over is not selected',
      [key(SERVICE), key(ONE, value(OFF))],
      {},
      [
        [SERVICE, false, null, null, null, null],
        [ONE, true, OFF, ONE, OFF, true],
      ],
    ],
    [
      'a service that is named and lacks the value is not',
      [key(SERVICE), key(ONE, value(OFF))],
      { servers: [SERVICE] },
      [
        [SERVICE, true, null, null, null, false],
        [ONE, false, OFF, ONE, OFF, null],
      ],
    ],
    [
      'what is to be set comes after',
      [key(SERVICE), key(ONE)],
      { setMissing: ON },
      [
        [SERVICE, true, null, null, OFF, false],
        [ONE, true, null, null, OFF, false],
      ],
    ],
  ])('%s', (_, keys, options, expected) => {
    expect(rows(keys, options)).toEqual(expected);
  });
});
