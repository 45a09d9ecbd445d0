import { folderWith, readText, run } from '../support/command.ts';
import { NO_POSTFIX, startPostfix } from '../support/mail-servers.ts';
import { ON } from '../support/metabase.ts';

const title = 'the whole way: dry run, review, patch, verify, and the server asked before and after';

(NO_POSTFIX === null ? test : test.skip)(
  `${title}${NO_POSTFIX === null ? '' : `; skipped because ${NO_POSTFIX}`}`,
  async () => {
    const cwd = folderWith({ 'MetaBase.xml': ON });
    const ok = (...words: string[]): string => {
      const { status, out, err } = run(words, { cwd });
      expect({ words, status, err: status === 0 ? '' : err }).toEqual({ words, status: 0, err: '' });
      return out;
    };

    // Postfix represents the Windows server: at first it offers the verb.
    const before = await startPostfix();
    // (With a deadline of an hour: the command must not wait for it once it has the answer.)
    const asked = run(['ehlo', '--timeout', '3600', `127.0.0.1:${before.port}`]);
    expect(asked).toMatchObject({ status: 1, err: '' });
    expect(asked.out).toMatch(/^ {2}8bitmime +offered +not as requested$/m);

    expect(run(['check', 'MetaBase.xml'], { cwd }).status).toBe(1);
    const diff = ok('-n', '--diff', 'change.diff', '--report', 'change.html', 'MetaBase.xml');
    expect(readText(cwd, 'change.diff')).toBe(diff);
    expect(readText(cwd, 'change.html')).toContain('3503297');
    ok('MetaBase.xml');
    ok('verify', 'MetaBase.xml', 'MetaBase.patched.xml');
    ok('check', 'MetaBase.patched.xml');

    // The patched file is put back: the server restarts without the verb.
    await before.stop();
    const after = await startPostfix('smtpd_discard_ehlo_keywords = 8bitmime');
    expect(ok('ehlo', `127.0.0.1:${after.port}`, `[::1]:${after.port}`)).toMatch(
      /^ {2}8bitmime +not offered +as requested$/m,
    );

    // And back again.
    ok('--enable', '8bitmime', '-o', 'restored.xml', 'MetaBase.patched.xml');
    expect(readText(cwd, 'restored.xml')).toBe(ON);
    expect(run(['ehlo', '--enable', '8bitmime', `127.0.0.1:${after.port}`]).status).toBe(1);
  },
);
