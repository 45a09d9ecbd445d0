import { formatTarget, toTarget, toTimeout } from '../../src/ehlo/target.ts';
import { MetabaseError } from '../../src/errors.ts';

/** @returns The message of the usage error. */
function usageErrorOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof MetabaseError && error.code === 'USAGE') return error.message;
    throw error;
  }
  return 'accepted';
}

describe('HOST[:PORT]', () => {
  test.each([
    ['mail.example.com', 'mail.example.com', 25, 'mail.example.com:25'],
    ['mail.example.com:2525', 'mail.example.com', 2525, 'mail.example.com:2525'],
    ['mail.example.com.', 'mail.example.com.', 25, 'mail.example.com.:25'],
    ['EXCHANGE_01', 'EXCHANGE_01', 25, 'EXCHANGE_01:25'],
    ['müller.example', 'müller.example', 25, 'müller.example:25'],
    ['192.0.2.1', '192.0.2.1', 25, '192.0.2.1:25'],
    ['192.0.2.1:1', '192.0.2.1', 1, '192.0.2.1:1'],
    ['[::1]', '::1', 25, '[::1]:25'],
    ['[2001:db8::25]:65535', '2001:db8::25', 65535, '[2001:db8::25]:65535'],
    ['[fe80::1%eth0]:025', 'fe80::1%eth0', 25, '[fe80::1%eth0]:25'],
  ])('%s', (word, host, port, name) => {
    expect(toTarget(word)).toEqual({ host, port });
    expect(formatTarget({ host, port })).toBe(name);
    expect(toTarget(name)).toEqual({ host, port });
  });

  test.each([
    '',
    ' ',
    ':25',
    'a b',
    'user@mail.example.com',
    'smtp://mail.example.com',
    'mail.example.com/x',
    'mail\n.example.com',
    '[mail.example.com]',
    '[192.0.2.1]:25',
    '[]:25',
    '[::1',
    '[::1]25',
    '::1]',
    'x[::1]',
  ])('%j is not a server', (word) => {
    expect(usageErrorOf(() => toTarget(word))).toBe(
      `a server is HOST or HOST:PORT, an IPv6 address in brackets ([::1]:25), not "${word}"`,
    );
  });

  test.each(['::1', '2001:db8::1', 'fe80::1%eth0'])('%s needs brackets', (word) => {
    expect(usageErrorOf(() => toTarget(word))).toBe(`an IPv6 address is written in brackets: [${word}]`);
  });

  test.each(['', '0', '65536', '-1', '+25', '25x', '0x19', '2.5', ' 25', '25:25', 'smtp', '99999999999999999999'])(
    '%j is not a port',
    (port) => {
      for (const host of ['mail.example.com', '[::1]']) {
        expect(usageErrorOf(() => toTarget(`${host}:${port}`))).toBe(
          `a port is a number from 1 to 65535, not "${port}"`,
        );
      }
    },
  );
});

describe('the timeout', () => {
  test.each([
    [undefined, 10_000],
    ['10', 10_000],
    ['0.5', 500],
    ['2.25', 2250],
    ['086400', 86_400_000],
  ])('%j is %d ms', (seconds, milliseconds) => {
    expect(toTimeout(seconds)).toBe(milliseconds);
  });

  test.each([
    '',
    '0',
    '0.0',
    '-1',
    '+1',
    '1e3',
    '.5',
    '1.',
    '0x10',
    ' 1',
    '10s',
    '86400.1',
    '86401',
    'Infinity',
    'NaN',
  ])('%j is refused', (seconds) => {
    const message = `the timeout is a number of seconds, greater than 0 and at most 86400, not "${seconds}"`;
    expect(usageErrorOf(() => toTimeout(seconds))).toBe(message);
  });
});
