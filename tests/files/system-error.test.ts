import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { MetabaseError } from '../../src/errors.ts';
import { toMetabaseError } from '../../src/files/system-error.ts';
import { folderWith, run } from '../support/command.ts';
import { entriesOf } from '../support/document.ts';
import { ON } from '../support/metabase.ts';

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test('an error of the system is explained, and kept as the cause', () => {
  const cause = errorOf(() => readFileSync(join(folderWith(), 'missing')));
  const error = toMetabaseError(cause, 'FILE_UNREADABLE', 'cannot be read');
  expect(error).toMatchObject({ code: 'FILE_UNREADABLE', cause });
  expect(error.message).toBe('cannot be read: there is no such file or folder');
});

test.each([
  ['ENOTEMPTY', 'directory not empty'],
  [`Unknown system error -${constants.errno.EDQUOT}`, 'the disk quota is used up'],
  ['Unknown system error -12345', 'the system reports error 12345'],
])('an error of the system that needs no explanation, or for which Node has no name: %s', (code, words) => {
  const error = toMetabaseError(Object.assign(new Error('x'), { code }), 'WRITE_FAILED', 'cannot write');
  expect(error).toMatchObject({ code: 'WRITE_FAILED', message: `cannot write: ${words}` });
});

test('a MetabaseError passes through', () => {
  const error = new MetabaseError('OUTPUT_EXISTS', 'x');
  expect(toMetabaseError(error, 'WRITE_FAILED', 'cannot write')).toBe(error);
});

test.each([
  new TypeError('x is not\n a function'),
  Object.assign(new Error('x'), { code: 'ERR_ASSERTION' }),
  'x',
  null,
])('anything else is a fault of the program: INTERNAL_ERROR (%p)', (cause) => {
  const error = toMetabaseError(cause, 'WRITE_FAILED', 'cannot write');
  expect(error).toMatchObject({ code: 'INTERNAL_ERROR', cause });
  expect(error.message).toMatch(/^a fault of iis-metabase-patch itself; please report this line: .*$/);
});

test('the command reports a fault in a line without a stack trace, with status 2, and nothing is written', () => {
  // Breaks what the edits are made with.
  const fault = `Array.prototype.entries = () => { throw new TypeError('broken\\n by a test'); };`;
  const cwd = folderWith({ 'a.xml': ON, 'fault.cjs': fault });
  const env = { NODE_OPTIONS: '--require ./fault.cjs' };
  const { status, out, err } = run(['-q', '-i', 'a.xml'], { cwd, env });
  expect([status, out, err]).toEqual([
    2,
    '',
    expect.stringMatching(/^a\.xml: .* TypeError: broken by a test \[INTERNAL_ERROR\]\n$/),
  ]);
  expect(entriesOf(['-i', 'a.xml'], { cwd, env })).toMatchObject([{ error: { code: 'INTERNAL_ERROR' } }]);
});
