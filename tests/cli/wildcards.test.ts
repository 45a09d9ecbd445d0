import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expandWildcards } from '../../src/cli/inputs.ts';
import { folderWith } from '../support/command.ts';

/* Windows leaves this to programs, so there the command expands the names of its files. */

const cwd = folderWith({ 'a.xml': '', 'B.XML': '', 'c.txt': '', 'd(1).xml': '', axxml: '' });
mkdirSync(join(cwd, 'folder.xml'));

test.each([
  ['*.xml', ['B.XML', 'a.xml', 'd(1).xml']],
  ['?.xml', ['B.XML', 'a.xml']],
  ['d(*).xml', ['d(1).xml']],
  ['*', ['B.XML', 'a.xml', 'axxml', 'c.txt', 'd(1).xml']],
])('%s means the files that it matches, whatever their case', (pattern, names) => {
  expect(expandWildcards([join(cwd, pattern)])).toEqual(names.map((name) => join(cwd, name)));
});

test('a pattern without a match is kept, and so is a plain name', () => {
  const names = [join(cwd, '*.none'), join(cwd, 'missing/*.xml'), 'a.xml', '-'];
  expect(expandWildcards(names)).toEqual(names);
});
