import { askHost, type HostResult, hostsDocument, hostTable, statusOfHost } from '../../src/ehlo/host-result.ts';
import { VERBS } from '../../src/verbs.ts';
import { isValid } from '../support/document.ts';
import { serve, smtpServer } from '../support/scripted-server.ts';

const REQUEST = { disable: VERBS['8bitmime'], enable: VERBS.DSN };

async function askServerThat(answer: string): Promise<HostResult> {
  const { port } = await smtpServer('220-mail.example.com\r\n220 ready\r\n', answer);
  return { ...(await askHost({ host: '127.0.0.1', port }, REQUEST, 20_000)), port: 25 };
}

const RIGHT = '250-mail.example.com\r\n250-TURN\r\n250-SIZE 1000\r\n250-DSN\r\n250 HELP\r\n';
const WRONG = '250-mail.example.com\r\n250 8bitmime\r\n';

test('a server that is as requested', async () => {
  const result = await askServerThat(RIGHT);
  expect(statusOfHost(result)).toBe(0);
  expect(hostTable(result, REQUEST)).toEqual([
    '127.0.0.1:25: mail.example.com / ready',
    '  8bitmime            not offered   as requested',
    '  BINARYMIME          not offered',
    '  CHUNKING            not offered',
    '  ENHANCEDSTATUSCODES not offered',
    '  TURN/ATRN           offered',
    '  ETRN                not offered',
    '  DSN                 offered       as requested',
    '  other keywords      SIZE 1000',
    '                      HELP',
  ]);
});

test('a server that is not as requested', async () => {
  const result = await askServerThat(WRONG);
  expect(statusOfHost(result)).toBe(1);
  expect(hostTable(result, REQUEST)).toEqual([
    '127.0.0.1:25: mail.example.com / ready',
    '  8bitmime            offered       not as requested',
    '  BINARYMIME          not offered',
    '  CHUNKING            not offered',
    '  ENHANCEDSTATUSCODES not offered',
    '  TURN/ATRN           not offered',
    '  ETRN                not offered',
    '  DSN                 not offered   not as requested',
  ]);
});

test('the JSON document has the shape of the schema', async () => {
  const { port } = await serve((socket) => socket.end('554 no\r\n'));
  const refused = await askHost({ host: '127.0.0.1', port }, REQUEST, 20_000);
  expect(statusOfHost(refused)).toBe(2);
  const document: unknown = JSON.parse(JSON.stringify(hostsDocument([await askServerThat(WRONG), refused])));
  expect(document).toEqual({
    version: 1,
    hosts: [
      {
        host: '127.0.0.1',
        port: 25,
        error: null,
        ok: false,
        banner: 'mail.example.com\nready',
        keywords: ['8bitmime'],
        verbs: {
          '8bitmime': { offered: true, ok: false },
          BINARYMIME: { offered: false, ok: true },
          CHUNKING: { offered: false, ok: true },
          ENHANCEDSTATUSCODES: { offered: false, ok: true },
          'TURN/ATRN': { offered: false, ok: true },
          ETRN: { offered: false, ok: true },
          DSN: { offered: false, ok: false },
        },
      },
      {
        host: '127.0.0.1',
        port,
        error: { code: 'SMTP_REFUSED', message: 'the greeting is "554 no"', line: null, column: null, offset: null },
        ok: false,
        banner: null,
        keywords: [],
        verbs: {},
      },
    ],
  });
  isValid(document);
  expect(isValid.errors).toBeNull();
});
