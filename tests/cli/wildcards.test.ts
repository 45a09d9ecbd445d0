import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expandWildcards } from '../../src/cli/wildcards.ts';
import { folderWith } from '../support/command.ts';

/* What Windows leaves to programs; there the command expands its files by this. */

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

test('a pattern without a match stays, and so does a plain name', () => {
  const names = [join(cwd, '*.none'), join(cwd, 'missing/*.xml'), 'a.xml', '-'];
  expect(expandWildcards(names)).toEqual(names);
});
