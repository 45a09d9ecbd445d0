import { askHost } from '../../src/ehlo/host-result.ts';
import { toRequest } from '../../src/patch/request.ts';
import { type MailServer, NO_EXIM, NO_POSTFIX, startExim, startPostfix } from '../support/mail-servers.ts';

/** Runs tests against a server if it can be started; otherwise shows them as skipped, with the reason. */
function withServer(name: string, obstacle: string | null, tests: () => void): void {
  if (obstacle === null) describe(name, tests);
  else describe.skip(`${name}, skipped because ${obstacle}`, tests);
}

const ask = (port: number, request = toRequest(), host = '127.0.0.1'): ReturnType<typeof askHost> =>
  askHost({ host, port }, request, 20_000);

withServer('Postfix', NO_POSTFIX, () => {
  test('offers 8BITMIME, which is not as requested', async () => {
    const { port } = await startPostfix();
    for (const host of ['127.0.0.1', '::1']) {
      await expect(ask(port, toRequest(), host)).resolves.toMatchObject({
        error: null,
        ok: false,
        banner: expect.stringContaining('mail.example.com ESMTP Postfix') as string,
        keywords: expect.arrayContaining(['PIPELINING', '8BITMIME']) as string[],
        verbs: { '8bitmime': { offered: true, ok: false }, DSN: { offered: true, ok: true } },
      });
    }
  });

  test('no longer offers it when it is configured so', async () => {
    const { port } = await startPostfix('smtpd_discard_ehlo_keywords = 8bitmime');
    for (const host of ['127.0.0.1', '::1']) {
      await expect(ask(port, toRequest(), host)).resolves.toMatchObject({
        error: null,
        ok: true,
        verbs: { '8bitmime': { offered: false, ok: true }, DSN: { offered: true, ok: true } },
      });
    }
  });

  test('refuses every client when it is configured so', async () => {
    const { port } = await startPostfix('smtpd_client_restrictions = reject', 'smtpd_delay_reject = no');
    await expect(ask(port)).resolves.toMatchObject({ ok: false, error: { code: 'SMTP_REFUSED' } });
  });
});

withServer('Exim', NO_EXIM, () => {
  const bitsOf = async (server: MailServer): Promise<boolean[]> => {
    const { verbs } = await ask(server.port, toRequest({ disable: ['8bitmime', 'chunking'], enable: ['dsn'] }));
    return [verbs['8bitmime'], verbs.CHUNKING, verbs.DSN].map((verdict) => verdict?.ok ?? false);
  };

  test('with every verb the other way round', async () => {
    await expect(bitsOf(await startExim())).resolves.toEqual([false, false, false]);
  });

  test('with every verb as requested', async () => {
    const server = await startExim('accept_8bitmime = false', 'chunking_advertise_hosts =', 'dsn_advertise_hosts = *');
    await expect(bitsOf(server)).resolves.toEqual([true, true, true]);
  });

  test('gets EHLO and QUIT and nothing else', async () => {
    const server = await startExim();
    await ask(server.port);
    await server.stop();
    expect(server.log()).toMatch(/no MAIL in SMTP connection from \(?\[127\.0\.0\.1\]\)?.* C=EHLO,QUIT\n/);
  });
});
