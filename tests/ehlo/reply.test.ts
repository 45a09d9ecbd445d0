import { MetabaseError } from '../../src/errors.ts';
import { readReply, type Reply } from '../../src/ehlo/reply.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** @returns The reply, null if it is not complete, or the code and message of the refusal. */
function read(bytes: Uint8Array): Reply | null | string {
  try {
    return readReply(bytes);
  } catch (error) {
    if (!(error instanceof MetabaseError)) throw error;
    return `${error.message} [${error.code}]`;
  }
}

describe('a reply', () => {
  test.each<[what: string, text: string, code: number, lines: readonly string[]]>([
    ['one line', '220 mail.example.com ESMTP\r\n', 220, ['mail.example.com ESMTP']],
    ['no text', '250\r\n', 250, ['']],
    ['no text but the space', '250 \r\n', 250, ['']],
    ['several lines', '250-mail\r\n250-SIZE 1000\r\n250 DSN\r\n', 250, ['mail', 'SIZE 1000', 'DSN']],
    ['an empty line among them', '250-mail\r\n250-\r\n250 DSN\r\n', 250, ['mail', '', 'DSN']],
    ['a last line of the code alone', '250-mail\r\n250\r\n', 250, ['mail', '']],
    ['bare line feeds', '250-mail\n250 DSN\n', 250, ['mail', 'DSN']],
    ['both line ends', '250-mail\r\n250-DSN\n250 ETRN\r\n', 250, ['mail', 'DSN', 'ETRN']],
    ['a carriage return in the text', '250 a\rb\r\n', 250, ['a\rb']],
    ['a hyphen and a space in the text', '250 a-b c\r\n', 250, ['a-b c']],
    ['a second hyphen', '250--a\r\n250 b\r\n', 250, ['-a', 'b']],
    ['control characters', '220 \u001b[2J\0\r\n', 220, ['\u001b[2J\0']],
    ['text in UTF-8', '220 Grüße 🎩\r\n', 220, ['Grüße 🎩']],
    ['a byte order mark in the text', '220 \ufeffhi\r\n', 220, ['\ufeffhi']],
    ['a refusal', '554-no\r\n554 never\r\n', 554, ['no', 'never']],
    ['the least code', '200 x\r\n', 200, ['x']],
    ['the greatest code', '559 x\r\n', 559, ['x']],
  ])('%s, whole and cut off at every byte', (_, text, code, lines) => {
    const bytes = bytesOf(text);
    for (let length = 0; length < bytes.length; length++) expect(read(bytes.subarray(0, length))).toBeNull();
    expect(read(bytes)).toEqual({ code, lines, length: bytes.length });
    expect(read(bytesOf(`${text}250 next\r\n`))).toEqual({ code, lines, length: bytes.length });
    expect(read(bytesOf(`${text}garbage`))).toEqual({ code, lines, length: bytes.length });
  });

  test('bytes that are not UTF-8 become U+FFFD', () => {
    expect(read(Uint8Array.of(0x32, 0x32, 0x30, 0x20, 0xe9, 0x0a))).toMatchObject({ lines: ['\ufffd'] });
  });
});

describe('what cannot be a reply is refused at its first wrong byte', () => {
  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH\r\n', 1],
    ['an empty line', '\r\n', 1],
    ['an empty line without a carriage return', '\n', 1],
    ['a first digit that no reply has', '199 x\r\n', 1],
    ['a first digit that no reply has', '600 x\r\n', 1],
    ['a second digit that no reply has', '260 x\r\n', 2],
    ['a letter among the digits', '25x x\r\n', 3],
    ['four digits', '2500 x\r\n', 4],
    ['another separator', '250_x\r\n', 4],
    ['a code that ends the line too early', '25\r\n', 3],
    ['a carriage return after the code that does not end the line', '250\rx\n', 5],
    ['no code on a later line', '250-a\r\nDSN\r\n', 8],
    ['an empty later line', '250-a\r\n\r\n250 b\r\n', 8],
    ['a byte order mark', '\ufeff220 x\r\n', 1],
    ['a NUL', '\0\0\0\u0001', 1],
  ])('%s: %j', (_, text, wrong) => {
    const bytes = bytesOf(text);
    for (let length = 0; length < wrong; length++) expect(read(bytes.subarray(0, length))).toBeNull();
    for (let length = wrong; length <= bytes.length; length++) {
      expect(read(bytes.subarray(0, length))).toMatch(
        /^the server does not speak SMTP; it sent ".*" \[SMTP_PROTOCOL\]$/s,
      );
    }
  });

  test('what was sent is quoted, but only its beginning', () => {
    expect(read(bytesOf('HTTP/1.1 400 Bad Request\r\nServer: x\r\n'))).toBe(
      'the server does not speak SMTP; it sent "HTTP/1.1 400 Bad Request" [SMTP_PROTOCOL]',
    );
    expect(read(bytesOf('x'.repeat(1000)))).toBe(
      `the server does not speak SMTP; it sent "${'x'.repeat(40)}" [SMTP_PROTOCOL]`,
    );
  });

  test('two codes in one reply', () => {
    const bytes = bytesOf('250-a\r\n550 b\r\n');
    for (let length = 0; length < bytes.length; length++) expect(read(bytes.subarray(0, length))).toBeNull();
    expect(read(bytes)).toBe('one reply has two codes, 250 and 550 [SMTP_PROTOCOL]');
  });
});

describe('a reply of more than 64 KB is refused', () => {
  const MAX = 64 * 1024;
  const tooLong = 'the server sent a reply of more than 64 KB [SMTP_PROTOCOL]';

  test('on one line', () => {
    const longest = `220 ${'x'.repeat(MAX - 6)}\r\n`;
    expect(read(bytesOf(longest))).toMatchObject({ length: MAX });
    expect(read(bytesOf(longest.replace('\r\n', 'xx')))).toBeNull();
    expect(read(bytesOf(longest.replace('\r\n', 'x\r\n')))).toBe(tooLong);
    expect(read(bytesOf(longest.replace('\r\n', 'xxx')))).toBe(tooLong);
  });

  test('on many lines', () => {
    const line = '250-x\r\n';
    const most = Math.floor(MAX / line.length);
    expect(read(bytesOf(line.repeat(most)))).toBeNull();
    expect(read(bytesOf(line.repeat(most + 1)))).toBe(tooLong);
    expect(read(bytesOf(`${line.repeat(most + 1)}250 end\r\n`))).toBe(tooLong);
  });

  test('but not for what follows it', () => {
    expect(read(bytesOf(`220 hi\r\n${'x'.repeat(2 * MAX)}`))).toMatchObject({ lines: ['hi'] });
  });
});
