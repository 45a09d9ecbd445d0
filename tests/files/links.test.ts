import {
  linkSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { folderWith, readText, run } from '../support/command.ts';
import { OFF, ON } from '../support/metabase.ts';
import { runRefused, testRefused } from '../support/refuse-calls.ts';

describe('links', () => {
  test('the target of a symbolic link is replaced, not the link', () => {
    const cwd = folderWith({ 'sub/a.xml': ON, 'sub/b.xml': 'old' });
    symlinkSync('sub/a.xml', join(cwd, 'a.xml'));
    symlinkSync('sub/b.xml', join(cwd, 'b.xml'));
    expect(run(['--force', '-o', 'b.xml', 'a.xml'], { cwd }).status).toBe(0);
    expect(run(['-i', 'a.xml'], { cwd }).status).toBe(0);
    for (const name of ['a.xml', 'b.xml']) {
      expect(readlinkSync(join(cwd, name))).toBe(join('sub', name));
      expect(readText(cwd, 'sub', name)).toBe(OFF);
    }
    expect(readText(cwd, 'a.xml.bak')).toBe(ON);
    expect(lstatSync(join(cwd, 'a.xml.bak')).isSymbolicLink()).toBe(false);
  });

  test('a link whose target is missing leads there', () => {
    const cwd = folderWith({ 'a.xml': ON });
    symlinkSync('new.xml', join(cwd, 'b.xml'));
    expect(run(['-o', 'b.xml', 'a.xml'], { cwd }).status).toBe(0);
    expect([readlinkSync(join(cwd, 'b.xml')), readText(cwd, 'new.xml')]).toEqual(['new.xml', OFF]);
  });

  test('a path through a linked folder leads where the system goes, not where its letters would', () => {
    const cwd = folderWith({ 'real/x.xml': ON, 'real/sub/y': '', 'here/x.xml': 'precious' });
    symlinkSync(join('..', 'real', 'sub'), join(cwd, 'here/d'));
    symlinkSync(join('..', 'x.xml'), join(cwd, 'real/sub/link.xml'));
    const here = { cwd: join(cwd, 'here') };
    expect(run(['-q', '-i', 'd/../x.xml'], here).status).toBe(0);
    expect([readText(cwd, 'real/x.xml'), readText(cwd, 'real/x.xml.bak')]).toEqual([OFF, ON]);
    expect(run(['-q', '-i', '--enable', '8bitmime', 'd/link.xml'], here).status).toBe(0);
    expect([readText(cwd, 'real/x.xml'), readText(cwd, 'real/sub/link.xml.bak')]).toEqual([ON, OFF]);
    expect(run(['-q', '--out-dir', 'd/../out', 'd/link.xml'], here).status).toBe(0);
    expect(readText(cwd, 'real/out/link.xml')).toBe(OFF);
    for (const words of [
      ['-o', 'd/../x.xml', '--force'],
      ['-n', '--diff', 'd/../x.xml', '--force'],
    ]) {
      expect(run(['-q', ...words, '../real/x.xml'], here).err).toContain('[OUTPUT_IS_INPUT]');
    }
    expect([readText(cwd, 'real/x.xml'), readText(cwd, 'here/x.xml')]).toEqual([ON, 'precious']);
  });

  test('a name that ends in a slash is a folder, not a file', () => {
    const cwd = folderWith({ 'a.xml': ON });
    for (const output of ['a.xml/', 'new/']) {
      expect(run(['-q', '--force', '-o', output, 'a.xml'], { cwd })).toMatchObject({
        status: 2,
        err: `a.xml: cannot write ${output}: it is a folder [WRITE_FAILED]\n`,
      });
    }
    expect([readdirSync(cwd), readText(cwd, 'a.xml')]).toEqual([['a.xml'], ON]);
  });

  test('links in a circle are an error', () => {
    const cwd = folderWith({ 'a.xml': ON });
    symlinkSync('b.xml', join(cwd, 'c.xml'));
    symlinkSync('c.xml', join(cwd, 'b.xml'));
    const { status, err } = run(['-o', 'b.xml', 'a.xml'], { cwd });
    expect(status).toBe(2);
    expect(err).toContain('[WRITE_FAILED]');
    expect(readdirSync(cwd).sort()).toEqual(['a.xml', 'b.xml', 'c.xml']);
  });

  test('the backup of a file with other names is a copy, which no later change of these reaches', () => {
    const cwd = folderWith({ 'a.xml': ON });
    linkSync(join(cwd, 'a.xml'), join(cwd, 'other.xml'));
    expect(run(['-q', '-i', 'a.xml'], { cwd }).status).toBe(0);
    writeFileSync(join(cwd, 'other.xml'), 'changed');
    expect([readText(cwd, 'a.xml'), readText(cwd, 'a.xml.bak')]).toEqual([OFF, ON]);
  });

  test('another hard link to the file keeps the old bytes', () => {
    const cwd = folderWith({ 'a.xml': ON });
    linkSync(join(cwd, 'a.xml'), join(cwd, 'other.xml'));
    run(['-i', '--no-backup', 'a.xml'], { cwd });
    expect([readText(cwd, 'a.xml'), readText(cwd, 'other.xml')]).toEqual([OFF, ON]);
  });

  testRefused(
    'where there are no hard links, outputs are renamed and backups are copies (needs Linux and a C compiler)',
    () => {
      const cwd = folderWith({ 'a.xml': ON, 'a.xml.bak': 'mine' });
      utimesSync(join(cwd, 'a.xml'), 1e9, 1e9);
      for (const words of [['-o', 'b.xml'], ['-i']]) {
        expect(runRefused(['-q', ...words, 'a.xml'], cwd, { REFUSE_LINKS: '1' })).toMatchObject({ status: 0, err: '' });
      }
      expect(readdirSync(cwd)).toEqual(['a.xml', 'a.xml.bak', 'a.xml.bak.1', 'b.xml']);
      expect([readText(cwd, 'a.xml'), readText(cwd, 'a.xml.bak'), readText(cwd, 'a.xml.bak.1')]).toEqual([
        OFF,
        'mine',
        ON,
      ]);
      expect(statSync(join(cwd, 'a.xml.bak.1')).mtimeMs).toBe(1e12);
    },
  );
});
