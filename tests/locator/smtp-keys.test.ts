import { isPatchable, locateKeys, patchableKeys, toPath } from '../../src/locator/smtp-keys.ts';
import { read, readKeys, sourceOf } from '../support/reading.ts';
import { custom, key, keysByPath, metabase, value } from './metabase-text.ts';

test.each([
  ['/LM/SmtpSvc', '/lm/smtpsvc'],
  ['/lm/SMTPSVC/1', '/lm/smtpsvc/1'],
  ['/LM/SmtpSvc/1/', '/lm/smtpsvc/1'],
  ['/LM/SmtpSvc/1//', '/lm/smtpsvc/1/'],
  ['/LM/', '/lm'],
  ['/', '/'],
  ['//', '/'],
  ['', ''],
  ['AZaz', 'azaz'],
  ['/LM/\u0130\u212a\u00c9', '/lm/\u0130\u212a\u00c9'],
])('the Location "%s" is the path "%s"', (location, path) => {
  expect(toPath(location)).toBe(path);
});

test.each([
  ['/lm/smtpsvc', true],
  ['/lm/smtpsvc/1', true],
  ['/lm/smtpsvc/01', true],
  ['/lm/smtpsvc/1234567890123456789012', true],
  ['/lm/smtpsvc/', false],
  ['/lm/smtpsvc/1/', false],
  ['/lm/smtpsvc/1/domain', false],
  ['/lm/smtpsvc/a', false],
  ['/lm/smtpsvc/1a', false],
  ['/lm/smtpsvc/a1', false],
  ['/lm/smtpsvc/-1', false],
  ['/lm/smtpsvc/\u0661', false],
  ['/lm/smtpsvc1', false],
  ['x/lm/smtpsvc/1', false],
  ['/lm/nntpsvc/1', false],
  ['/lm', false],
  ['/', false],
])('the key %s can be patched: %p', (path, expected) => {
  expect(isPatchable(path)).toBe(expected);
});

test('keys with one Location, in any case and with a slash or not, are one key, known by the first', () => {
  const keys = keysByPath(
    key('/LM/SmtpSvc/1', '', custom(1)),
    key('/LM/SmtpSvc/2', value(9)),
    key('/lm/smtpsvc/1/', value(2), custom(3)),
    key('/LM/SMTPSVC/1'),
  );
  expect([...keys.keys()]).toEqual(['/lm/smtpsvc/1', '/lm/smtpsvc/2']);
  const one = keys.get('/lm/smtpsvc/1');
  expect(one).toMatchObject({ path: '/lm/smtpsvc/1', location: '/LM/SmtpSvc/1' });
  expect(one?.elements.map(({ location }) => location)).toEqual(['/LM/SmtpSvc/1', '/lm/smtpsvc/1/', '/LM/SMTPSVC/1']);
  expect(one?.values.map(({ id, dword }) => [id, dword])).toEqual([
    ['3699800', 1],
    [null, 2],
    ['3699800', 3],
  ]);
});

test('the service comes first, then the virtual servers in the order of the file', () => {
  const keys = keysByPath(
    key('/LM/SmtpSvc/10'),
    key('/LM/SmtpSvc/1/Domain'),
    key('/LM'),
    key('/LM/SmtpSvc/2'),
    key('/LM/SmtpSvc'),
    key('/LM/SmtpSvc/1'),
    key('/'),
  );
  expect(patchableKeys(keys).map(({ location }) => location)).toEqual([
    '/LM/SmtpSvc',
    '/LM/SmtpSvc/10',
    '/LM/SmtpSvc/2',
    '/LM/SmtpSvc/1',
  ]);
});

test('without a service key there are only the virtual servers', () => {
  expect(patchableKeys(keysByPath(key('/LM'), key('/LM/SmtpSvc/1')))).toHaveLength(1);
  expect(patchableKeys(keysByPath(key('/LM')))).toEqual([]);
});

test('of several sections of one Location the first value counts; one without a value is left out', () => {
  const section = (location: string, attributes = '', children = ''): string =>
    key(location, attributes, children, 'IIsInheritedProperties');
  const text = metabase(
    section('/LM/SmtpSvc/1'),
    section('/lm/smtpsvc/1/', value(1), custom(2)),
    section('/LM/SmtpSvc/1', value(3)),
    section('/LM/SmtpSvc'),
    section('/', '', custom(4)),
  );
  const values = locateKeys(read(sourceOf(text)).sections);
  expect([...values].map(([path, { values }]) => [path, values.at(0)?.dword])).toEqual([
    ['/lm/smtpsvc/1', 1],
    ['/lm/smtpsvc', undefined],
    ['/', 4],
  ]);
});

test('the comment of a key is the first ServerComment of its elements', () => {
  const one = '/LM/SmtpSvc/1';
  const commentOf = (...elements: string[]): unknown => keysByPath(...elements).get('/lm/smtpsvc/1')?.comment;
  expect(commentOf(key(one))).toBeNull();
  expect(commentOf(key(one), key(one, 'ServerComment="a"'), key(one, 'ServerComment="b"'))).toBe('a');
});

test('a Location may be in the file twice, with any number of values', () => {
  const [one] = readKeys(sourceOf(metabase(key('/LM/SmtpSvc/1', value(1)))));
  const many = { ...one, values: Array.from({ length: 200_000 }, () => one.values[0]) };
  expect(locateKeys([one, many]).get('/lm/smtpsvc/1')?.values).toHaveLength(200_001);
});
