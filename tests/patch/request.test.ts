import { type RequestOptions, toContext, toRequest } from '../../src/patch/request.ts';
import { refusalOf } from './plan-of.ts';

const NOTHING = { disable: 0, enable: 0, servers: null, setMissing: null };

test.each<[RequestOptions | undefined, object]>([
  [undefined, { disable: 0x400000 }],
  [{}, { disable: 0x400000 }],
  [{ disable: undefined, enable: undefined }, { disable: 0x400000 }],
  [{ disable: ['chunking'] }, { disable: 0x100000 }],
  [{ enable: ['chunking'] }, { enable: 0x100000 }],
  [
    { disable: ['DSN'], enable: ['etrn'] },
    { disable: 0x40, enable: 0x80 },
  ],
  [{ disable: ['8bitmime', 'CHUNKING', '8BITMIME', 0x1] }, { disable: 0x500001 }],
  [{ disable: ['TURN', 'ATRN'] }, { disable: 0x400 }],
  [{ disable: [0x80000000] }, { disable: 0x80000000 }],
  [
    { disable: ['0x80000000', '0x1'], enable: [0x40000000] },
    { disable: 0x80000001, enable: 0x40000000 },
  ],
  [{ enable: [0xffffffff] }, { enable: 0xffffffff }],
  [{ disable: [] }, {}],
  [{ servers: ['1', '/LM/SmtpSvc'] }, { disable: 0x400000, servers: ['1', '/LM/SmtpSvc'] }],
  [{ servers: [1, 23] }, { disable: 0x400000, servers: ['1', '23'] }],
  [{ servers: [] }, { disable: 0x400000, servers: [] }],
  [{ servers: null }, { disable: 0x400000 }],
  [{ setMissing: 0 }, { disable: 0x400000, setMissing: 0 }],
  [{ setMissing: 4294967295 }, { disable: 0x400000, setMissing: 4294967295 }],
  [{ setMissing: null }, { disable: 0x400000 }],
  [{ setMissing: false }, { disable: 0x400000 }],
  [{ setMissing: true }, { disable: 0x400000, setMissing: 7697601 }],
  [{ setMissing: '16' }, { disable: 0x400000, setMissing: 16 }],
  [{ setMissing: '0X1f' }, { disable: 0x400000, setMissing: 31 }],
  [{ disable: null, enable: null }, { disable: 0x400000 }],
  [{ disable: null, enable: ['DSN'] }, { enable: 0x40 }],
])('%j asks for %j', (options, expected) => {
  expect(toRequest(options)).toEqual({ ...NOTHING, ...expected });
});

const VERBS = 'The verbs are 8bitmime, BINARYMIME, CHUNKING, ENHANCEDSTATUSCODES, TURN/ATRN, ETRN, DSN';

test.each<[RequestOptions, string]>([
  [
    { disable: ['8bitmine'] },
    '"8bitmine" is neither an ESMTP verb nor a mask such as 0x400000; did you mean 8bitmime? ' + VERBS,
  ],
  [{ disable: ['atr'] }, '"atr" is neither an ESMTP verb nor a mask such as 0x400000; did you mean ATRN? ' + VERBS],
  [{ enable: ['DSN', 'StartTLS'] }, 'SmtpInboundCommandSupportOptions does not control STARTTLS. ' + VERBS],
  [{ disable: ['4194304'] }, '"4194304" is neither an ESMTP verb nor a mask such as 0x400000. ' + VERBS],
  [{ disable: ['DSN', ''] }, '"" is neither an ESMTP verb nor a mask such as 0x400000. ' + VERBS],
  [{ enable: ['0x0'] }, '"0x0" is neither an ESMTP verb nor a mask such as 0x400000. ' + VERBS],
  [{ enable: ['0x100000000'] }, '"0x100000000" is neither an ESMTP verb nor a mask such as 0x400000. ' + VERBS],
  [{ disable: [0] }, '"0" is neither an ESMTP verb nor a mask such as 0x400000. ' + VERBS],
  [{ disable: [-1] }, '"-1" is neither an ESMTP verb nor a mask such as 0x400000. ' + VERBS],
  [{ disable: [1.5] }, '"1.5" is neither an ESMTP verb nor a mask such as 0x400000. ' + VERBS],
  [{ disable: [NaN] }, '"NaN" is neither an ESMTP verb nor a mask such as 0x400000. ' + VERBS],
  [{ disable: [0x100000000] }, '"4294967296" is neither an ESMTP verb nor a mask such as 0x400000. ' + VERBS],
  [{ disable: ['DSN'], enable: ['DSN'] }, 'dsn (0x40) cannot be turned off and on at once'],
  [{ disable: ['DSN', 'etrn'], enable: ['0xc0'] }, 'etrn, dsn (0xC0) cannot be turned off and on at once'],
  [{ disable: ['0x3'], enable: ['0x6'] }, 'bits (0x2) cannot be turned off and on at once'],
  [{ disable: ['TURN'], enable: ['ATRN'] }, 'atrn (0x400) cannot be turned off and on at once'],
  [{ disable: [0xffffffff], enable: [0x80000000] }, 'bits (0x80000000) cannot be turned off and on at once'],
  [{ servers: ['1', 'x', 'y'] }, 'a server is a number (1) or a Location (/LM/SmtpSvc/1), not "x"; show lists them'],
  [{ servers: [''] }, 'a server is a number (1) or a Location (/LM/SmtpSvc/1), not ""; show lists them'],
  [{ servers: [-1] }, 'a server is a number (1) or a Location (/LM/SmtpSvc/1), not "-1"; show lists them'],
  ...['1a', 'a1', '1 ', '1\n', ' /LM', 'LM/SmtpSvc/1', '\u0661'].map((name): [RequestOptions, string] => [
    { servers: [name] },
    `a server is a number (1) or a Location (/LM/SmtpSvc/1), not "${name}"; show lists them`,
  ]),
  [{ setMissing: -1 }, 'the value to insert is a number from 0 to 4294967295, decimal or hex, not "-1"'],
  [
    { setMissing: 4294967296 },
    'the value to insert is a number from 0 to 4294967295, decimal or hex, not "4294967296"',
  ],
  [{ setMissing: 0.5 }, 'the value to insert is a number from 0 to 4294967295, decimal or hex, not "0.5"'],
  [{ setMissing: '1e3' }, 'the value to insert is a number from 0 to 4294967295, decimal or hex, not "1e3"'],
  [{ setMissing: '' }, 'the value to insert is a number from 0 to 4294967295, decimal or hex, not ""'],
  [{ setMissing: '0x' }, 'the value to insert is a number from 0 to 4294967295, decimal or hex, not "0x"'],
])('%j is a usage error', (options, message) => {
  expect(refusalOf(() => toRequest(options))).toEqual(['USAGE null:null', message]);
});

test('a server may have any digits, and a Location any characters', () => {
  const servers = ['1', '0123456789', '/', '/LM/SmtpSvc/1', '/a\nb'];
  expect(toRequest({ servers }).servers).toEqual(servers);
});

test.each([0, 1, 3, 1000, '0', '7', '007'])('%j lines of context can be asked for', (context) => {
  expect(toContext(context)).toBe(Number(context));
});

test('the default is three', () => {
  expect([toContext(), toContext(null)]).toEqual([3, 3]);
});

test.each([-1, 0.5, NaN, Infinity, '', ' 7', '7 ', '-1', '1.5', '0x7', '1e3'])(
  '%p is not a number of lines',
  (context) => {
    expect(refusalOf(() => toContext(context))).toEqual([
      'USAGE null:null',
      `the context is a number of lines, not "${context}"`,
    ]);
  },
);
