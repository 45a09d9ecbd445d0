import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, win32 } from 'node:path';
import { commonFolder, nameBelow } from '../../src/cli/outputs.ts';
import { folderWith, run } from '../support/command.ts';
import { entriesOf } from '../support/document.ts';
import { OFF, ON } from '../support/metabase.ts';

const outputsOf = (words: readonly string[], cwd: string): (string | null)[] =>
  entriesOf(['--out-dir', 'out', ...words], { cwd }).map(({ output }) => output);

describe('--out-dir DIR writes under DIR', () => {
  test('one input: DIR/<base name>, and DIR is made if missing', () => {
    const cwd = folderWith({ 'a/b/MetaBase.xml': ON });
    expect(run(['--out-dir', 'new/out/', 'a/b/MetaBase.xml'], { cwd }).status).toBe(0);
    expect(readFileSync(join(cwd, 'new/out/MetaBase.xml'), 'utf8')).toBe(OFF);
  });

  test('a DIR that is a file is reported as what it is', () => {
    const cwd = folderWith({ 'a.xml': ON, dir: 'a file' });
    const { status, err } = run(['--out-dir', 'dir', 'a.xml'], { cwd });
    expect(status).toBe(2);
    expect(err).toMatch(/^a\.xml: cannot write dir.a\.xml: a part of the path is not a folder \[WRITE_FAILED\]\n/);
  });

  test('several: each keeps the folders that it has below the deepest folder that holds them all', () => {
    const cwd = folderWith({ 'x/a/MetaBase.xml': ON, 'x/b/MetaBase.xml': OFF, 'x/c.xml': ON });
    expect(outputsOf(['x/a/MetaBase.xml', 'x/b/MetaBase.xml'], cwd)).toEqual([
      'out/a/MetaBase.xml',
      'out/b/MetaBase.xml',
    ]);
    expect(readFileSync(join(cwd, 'out/a/MetaBase.xml'), 'utf8')).toBe(OFF);
    expect(readFileSync(join(cwd, 'out/b/MetaBase.xml'), 'utf8')).toBe(OFF);
    expect(outputsOf(['--force', 'x/a/MetaBase.xml', 'x/c.xml'], cwd)).toEqual(['out/a/MetaBase.xml', 'out/c.xml']);
    const list = folderWith({ list: 'x/b/MetaBase.xml' });
    expect(outputsOf(['-n', '--files-from', join(list, 'list'), 'x/a/MetaBase.xml'], cwd)).toEqual([null, null]);
    expect(run(['-n', '--out-dir', 'o', '--files-from', join(list, 'list'), 'x/c.xml'], { cwd }).err).toContain(
      'would be written to o/c.xml',
    );
  });

  test('files of one folder are side by side in DIR', () => {
    const cwd = folderWith({ 'x/a.xml': ON, 'x/b.xml': ON });
    expect(outputsOf(['x/a.xml', './x/b.xml'], cwd)).toEqual(['out/a.xml', 'out/b.xml']);
  });

  test('paths are made absolute, `..` is resolved by name, and links are not followed', () => {
    const cwd = folderWith({ 'x/y/a.xml': ON, 'x/b.xml': ON, 'far/z/c.xml': ON });
    expect(outputsOf(['x/y/../b.xml', join(cwd, 'x/y/a.xml')], cwd)).toEqual(['out/b.xml', 'out/y/a.xml']);
    symlinkSync(join(cwd, 'far/z'), join(cwd, 'x/link'));
    expect(outputsOf(['--force', 'x/link/c.xml', 'x/b.xml'], cwd)).toEqual(['out/link/c.xml', 'out/b.xml']);
  });

  test('all inputs named count, also those that fail', () => {
    const cwd = folderWith({ 'x/a/MetaBase.xml': ON, 'x/b/bad.xml': '<a' });
    expect(outputsOf(['x/a/MetaBase.xml', 'x/b/bad.xml', 'missing.xml'], cwd)).toEqual([
      'out/x/a/MetaBase.xml',
      null,
      null,
    ]);
  });

  test('a folder is made only when a file is written to it', () => {
    const cwd = folderWith({ 'x/a/MetaBase.xml': ON, 'x/b/bad.xml': '<a' });
    run(['--out-dir', 'out', 'x/a/MetaBase.xml', 'x/b/bad.xml'], { cwd });
    expect(readdirSync(join(cwd, 'out'))).toEqual(['a']);
    run(['--out-dir', 'none', 'x/b/bad.xml'], { cwd });
    run(['-n', '--out-dir', 'none', 'x/a/MetaBase.xml'], { cwd });
    expect(existsSync(join(cwd, 'none'))).toBe(false);
  });

  test('a file named twice counts as two inputs with one output: a usage error that names both and the output', () => {
    const cwd = folderWith({ 'x/a.xml': ON });
    mkdirSync(join(cwd, 'y'));
    expect(run(['--out-dir', 'out', 'x/a.xml', 'y/../x/a.xml'], { cwd })).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining('x/a.xml and y/../x/a.xml would both be written to out/a.xml [USAGE]') as string,
    });
    expect(readdirSync(cwd).sort()).toEqual(['x', 'y']);
  });

  test('DIR itself may go through a link and back', () => {
    const cwd = folderWith({ 'a.xml': ON, 'far/z/x': '' });
    symlinkSync('far/z', join(cwd, 'link'));
    expect(run(['-q', '--out-dir', 'link/..', 'a.xml'], { cwd }).status).toBe(0);
    expect(readdirSync(join(cwd, 'far')).sort()).toEqual(['a.xml', 'z']);
  });
});

describe('on Windows', () => {
  const names = (...files: string[]): string[] =>
    files.map((file) => nameBelow(commonFolder(files, win32), file, win32));

  test.each([
    [
      ['C:\\x\\a\\m.xml', 'c:/X/b/m.xml'],
      ['a\\m.xml', 'b\\m.xml'],
    ],
    [
      ['C:\\a.xml', 'C:\\b\\c.xml'],
      ['a.xml', 'b\\c.xml'],
    ],
    [
      ['\\\\srv\\share\\a\\m.xml', '\\\\SRV\\share\\b\\m.xml'],
      ['a\\m.xml', 'b\\m.xml'],
    ],
    [['C:\\x\\y\\..\\m.xml'], ['m.xml']],
  ])('%j become %j', (files, below) => {
    expect(names(...files)).toEqual(below);
  });

  test.each([
    [['C:\\a.xml', 'D:\\a.xml']],
    [['C:\\a.xml', '\\\\srv\\share\\a.xml']],
    [['\\\\srv\\one\\a.xml', '\\\\srv\\two\\a.xml']],
  ])('inputs on different drives are a usage error: %j', (files) => {
    expect(() => names(...files)).toThrow('with --out-dir all inputs must be on one drive');
  });
});
