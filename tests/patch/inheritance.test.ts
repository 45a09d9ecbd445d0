import { custom, key, value } from '../locator/metabase-text.ts';
import { planOf, refusalOf } from './plan-of.ts';

const SERVICE = '/LM/SmtpSvc';
const SERVER = '/LM/SmtpSvc/1';

/** A key that is selected instead, so that no value of the others is needed. */
const OTHER = key('/LM/SmtpSvc/99', value(0));

/** The effective value of the virtual server 1 (or of the service), and where it comes from. */
function effective(keys: readonly string[], path = '/lm/smtpsvc/1'): [number | null, string] | null {
  const { servers } = planOf([...keys, OTHER], { servers: ['99'] });
  const own = servers.find((server) => server.key.path === path);
  if (own === undefined) throw new Error(`${path} is not there`);
  return own.source === null ? null : [own.value, own.source];
}

test.each<[string, string[], [number | null, string] | null]>([
  ['its own attribute', [key(SERVER, value(1)), key(SERVICE, value(2))], [1, SERVER]],
  ['its attribute before its Custom', [key(SERVER, value(1), custom(2))], [1, SERVER]],
  ['the first of its Customs', [key(SERVER, '', custom(1) + custom(2))], [1, SERVER]],
  ['its own Custom, inheritable or not', [key(SERVER, '', custom(1, 'NO_ATTRIBUTES'))], [1, SERVER]],
  ['its own value, even where it is invalid', [key(SERVER, value('x')), key(SERVICE, value(2))], [null, SERVER]],
  ['what a later element of the same Location has', [key(SERVER), key('/lm/smtpsvc/1', value(1))], [1, SERVER]],
  ['what the service has', [key('/LM', value(3)), key(SERVICE, value(2)), key(SERVER)], [2, SERVICE]],
  ['a value at /LM', [key('/', value(4)), key('/LM', value(3)), key(SERVICE), key(SERVER)], [3, '/LM']],
  ['a value at /', [key('/', value(4)), key('/LM'), key(SERVICE), key(SERVER)], [4, '/']],
  ['a value below it in the file', [key(SERVER), key(SERVICE, value(2))], [2, SERVICE]],
  ['an inherited Custom that says INHERIT', [key(SERVICE, '', custom(2)), key(SERVER)], [2, SERVICE]],
  ['an inherited Custom without Attributes', [key(SERVICE, '', custom(2, null)), key(SERVER)], [2, SERVICE]],
  [
    'the first inheritable one of several',
    [key(SERVICE, '', custom(2, 'SECURE') + custom(5, 'SECURE | INHERIT') + custom(6)), key(SERVER)],
    [5, SERVICE],
  ],
  [
    'what is above one that is not inheritable',
    [key('/LM', value(3)), key(SERVICE, '', custom(2, 'NO_INHERIT')), key(SERVER)],
    [3, '/LM'],
  ],
  ['an invalid inherited value', [key('/LM', value(3)), key(SERVICE, value('0x1')), key(SERVER)], [null, SERVICE]],
  ['nothing', [key(SERVICE), key(SERVER)], null],
  ['nothing where no value is inheritable', [key(SERVICE, '', custom(2, '')), key(SERVER)], null],
  [
    'nothing from beside or below',
    [key('/LM/SmtpSvc/2', value(2)), key(`${SERVER}/Domain`, value(2)), key(SERVER)],
    null,
  ],
])('the value of a virtual server is %s', (_, keys, expected) => {
  expect(effective(keys)).toEqual(expected);
});

test('the service inherits from above, not from its virtual servers', () => {
  expect(effective([key('/LM', value(3)), key(SERVICE), key(SERVER, value(1))], '/lm/smtpsvc')).toEqual([3, '/LM']);
  expect(effective([key(SERVICE), key(SERVER, value(1))], '/lm/smtpsvc')).toBeNull();
});

describe('a section of inherited properties', () => {
  const section = (location: string, attributes = '', children = ''): string =>
    key(location, attributes, children, 'IIsInheritedProperties');
  const OUTSIDE = 'IIsInheritedProperties';

  test.each<[string, string[], [number | null, string] | null]>([
    ['counts for the key of its Location', [key(SERVER), section(SERVER, value(1))], [1, OUTSIDE]],
    ['may come before the key', [section(SERVER, value(1)), key(SERVER)], [1, OUTSIDE]],
    ['may hold a Custom, inheritable or not', [key(SERVER), section(SERVER, '', custom(1, 'NO'))], [1, OUTSIDE]],
    ['may have a word before its Location', [key(SERVER), section(`x y:${SERVER}/`, value(1))], [1, OUTSIDE]],
    ['counts in any case of its Location', [key(SERVER), section('/lm/SMTPSVC/1', value(1))], [1, OUTSIDE]],
    ['counts for the keys below', [key(SERVER), section(SERVICE, value(1))], [1, OUTSIDE]],
    [
      'counts for the keys below, though its own key is there',
      [key(SERVICE), key(SERVER), section(SERVICE, value(1))],
      [1, OUTSIDE],
    ],
    ['counts from far above', [key(SERVER), section('/', value(1))], [1, OUTSIDE]],
    ['counts before one above it', [key(SERVER), section('/', value(2)), section('/LM', value(1))], [1, OUTSIDE]],
    [
      'nearest to the key counts',
      [key(SERVER), section('/LM', value(2)), section(SERVER, value(1)), section(SERVICE, value(3))],
      [1, OUTSIDE],
    ],
    ['without a value leaves it to the next', [key(SERVER), section(SERVER), section(SERVICE, value(3))], [3, OUTSIDE]],
    [
      'that is the first of its Location counts',
      [key(SERVER), section(SERVER), section(SERVER, value(1)), section(SERVER, value(2))],
      [1, OUTSIDE],
    ],
    ['comes after the key itself', [key(SERVER, value(9)), section(SERVER, value(1))], [9, SERVER]],
    ['comes after every ancestor in the file', [key('/', value(9)), key(SERVER), section(SERVER, value(1))], [9, '/']],
    [
      'comes after an ancestor with a wrong value',
      [key('/LM', value('x')), key(SERVER), section(SERVER, value(1))],
      [null, '/LM'],
    ],
    ['with a wrong value gives none', [key(SERVER), section(SERVER, value('x'))], [null, OUTSIDE]],
    ['of another server does not count', [key(SERVER), section('/LM/SmtpSvc/2', value(1))], null],
    ['without a slash in its Location does not count', [key(SERVER), section('inherited', value(1))], null],
    ['without a Location does not count', [key(SERVER), `<IIsInheritedProperties ${value(1)}/>`], null],
    [
      'in another case is a key like others',
      [key(SERVER), key(SERVER, value(1), '', 'iisinheritedproperties')],
      [1, SERVER],
    ],
  ])('%s', (_, keys, expected) => {
    expect(effective(keys)).toEqual(expected);
  });

  test('is not a key: it makes no server, and gets no edit', () => {
    const keys = [section(SERVICE, value(7697601)), section(SERVER, value(7697601)), key('/LM')];
    expect(refusalOf(() => planOf(keys))[0]).toBe('NO_SMTP_SERVER null:null');
    expect(refusalOf(() => planOf([...keys, OTHER], { servers: [1] }))[0]).toBe('UNKNOWN_SERVER null:null');
    const { edits, servers } = planOf([...keys, OTHER]);
    expect([edits, servers.length]).toEqual([[], 1]);
  });

  test('whose value is wrong makes the key get one of its own', () => {
    const { edits, servers } = planOf([key(SERVER, '', '', 'IIsSmtpServer'), section(SERVER, value(7697601))]);
    expect(edits).toMatchObject([{ kind: 'insert', location: SERVER, oldValue: 7697601, newValue: 3503297 }]);
    expect(servers).toMatchObject([{ value: 7697601, source: OUTSIDE, newValue: 3503297, ok: false }]);
  });

  test('whose value is right needs nothing', () => {
    const { edits, servers } = planOf([key(SERVER), section(SERVER, value(3503297))]);
    expect([edits, servers[0].ok]).toEqual([[], true]);
  });

  test('of the service makes the service get one, which its servers inherit', () => {
    const { edits, servers } = planOf([key(SERVICE), key(SERVER), section(SERVICE, value(7697601))]);
    expect(edits.map(({ location }) => location)).toEqual([SERVICE]);
    expect(servers.map(({ value: before, newValue }) => [before, newValue])).toEqual([
      [7697601, 3503297],
      [7697601, 3503297],
    ]);
  });

  test('does not count if a value set above it does', () => {
    const keys = [key(SERVICE), key(SERVER), section(SERVER, value('x'))];
    const { edits, servers, warnings } = planOf(keys, { setMissing: true });
    expect(edits.map(({ location }) => location)).toEqual([SERVICE]);
    expect(servers[1]).toMatchObject({ value: null, newValue: 3503297 });
    expect(warnings.map(({ code }) => code)).toEqual(['VALUE_INVALID']);
  });

  test('is an error if its wrong value is needed, and a warning otherwise', () => {
    expect(refusalOf(() => planOf([key(SERVER), section(SERVER, value('x'))]))[0]).toMatch(/^VALUE_INVALID 4:/);
    const warnings = ['/', '/LM', SERVICE, SERVER, `${SERVER}/Domain`].flatMap(
      (location) => planOf([key(SERVER, value(0)), section(location, value('x'))]).warnings,
    );
    expect(warnings.map(({ code, line }) => [code, line])).toEqual(Array(5).fill(['VALUE_INVALID', 4]));
    expect(planOf([key(SERVER, value(0)), section('/LM/W3SVC', value('x'))]).warnings).toEqual([]);
  });

  test('gives no other warning, whatever it contains', () => {
    const twice = section(SERVER, value(4294967295), custom(4294967295) + custom(1));
    expect(planOf([key(SERVER), twice, twice, section(`${SERVER}/Domain`, value(1))]).warnings).toEqual([]);
  });
});
