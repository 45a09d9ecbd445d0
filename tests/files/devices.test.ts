import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CLI, folderWith, readText, run, runProgram } from '../support/command.ts';
import { OFF, ON } from '../support/metabase.ts';

describe('outputs and inputs that are not regular files', () => {
  test('/dev/null is written to, never replaced', () => {
    const cwd = folderWith({ 'a.xml': ON });
    expect(run(['-q', '-o', '/dev/null', 'a.xml'], { cwd })).toMatchObject({ status: 0, err: '' });
    expect(run(['-q', '-n', '--diff', '/dev/null', 'a.xml'], { cwd }).status).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('/dev/full is exit 2, and stays', () => {
    const cwd = folderWith({ 'a.xml': ON });
    const { status, err } = run(['-q', '-o', '/dev/full', 'a.xml'], { cwd });
    expect([status, err]).toEqual([2, 'a.xml: cannot write /dev/full: the disk is full [WRITE_FAILED]\n']);
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  });

  test('a pipe takes the bytes', () => {
    const cwd = folderWith({ 'a.xml': ON });
    const script = `mkfifo pipe; cat pipe > got.xml & '${process.execPath}' '${CLI}' -q -o pipe a.xml; wait`;
    expect(runProgram('bash', ['-c', script], { cwd })).toMatchObject({ status: 0, err: '' });
    expect([readText(cwd, 'got.xml'), statSync(join(cwd, 'pipe')).isFIFO()]).toEqual([OFF, true]);
  });

  test('a pipe may have no name of its own: /dev/stdout, and the >() of a shell', () => {
    const command = `'${process.execPath}' '${CLI}' -q`;
    for (const script of [
      `${command} -o /dev/stdout a.xml | cat`,
      `${command} -n --diff /dev/stdout a.xml | cat`,
      `${command} -n --report /dev/stdout a.xml | cat`,
      `${command} -o >(cat) a.xml`,
    ]) {
      const cwd = folderWith({ 'a.xml': ON });
      const { status, out, err } = runProgram('bash', ['-c', `set -o pipefail; ${script}; s=$?; wait; exit $s`], {
        cwd,
      });
      expect([status, err]).toEqual([0, '']);
      expect(out).toContain('3503297');
    }
  });

  test('an input may be a pipe; it cannot be replaced', () => {
    const cwd = folderWith({ 'a.xml': ON });
    const script = `'${process.execPath}' '${CLI}' -q -o b.xml <(cat a.xml)`;
    expect(runProgram('bash', ['-c', script], { cwd })).toMatchObject({ status: 0, err: '' });
    expect(readText(cwd, 'b.xml')).toBe(OFF);
    for (const words of ['-i', '-n -i', '--out-dir d', '-n --out-dir d']) {
      const command = `'${process.execPath}' '${CLI}' -q ${words} <(cat a.xml)`;
      expect(runProgram('bash', ['-c', command], { cwd })).toMatchObject({
        status: 2,
        err: expect.stringContaining('[USAGE]') as string,
      });
    }
  });

  test('a folder is an error', () => {
    const cwd = folderWith({ 'a.xml': ON, 'd/x': '' });
    const { status, err } = run(['-q', '-o', 'd', 'a.xml'], { cwd });
    expect([status, err]).toEqual([2, 'a.xml: cannot write d: it is a folder [WRITE_FAILED]\n']);
  });
});
