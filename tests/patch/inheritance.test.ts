import { custom, key, value } from '../locator/located.ts';
import { planOf } from './planned.ts';

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
  ['what stands at /LM', [key('/', value(4)), key('/LM', value(3)), key(SERVICE), key(SERVER)], [3, '/LM']],
  ['what stands at /', [key('/', value(4)), key('/LM'), key(SERVICE), key(SERVER)], [4, '/']],
  ['what stands below it in the file', [key(SERVER), key(SERVICE, value(2))], [2, SERVICE]],
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
