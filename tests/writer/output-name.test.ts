import { defaultOutput, diffName } from '../../src/writer/output-name.ts';

test.each([
  ['MetaBase.xml', 'MetaBase.patched.xml'],
  ['exports/MetaBase.XML', 'exports/MetaBase.patched.xml'],
  ['MetaBase.xml.bak', 'MetaBase.xml.bak.patched.xml'],
  ['a.xml.xml', 'a.xml.patched.xml'],
  ['MetaBase', 'MetaBase.patched.xml'],
  ['axml', 'axml.patched.xml'],
  ['my.xml/export', 'my.xml/export.patched.xml'],
])('beside %s, %s is written', (path, output) => {
  expect(defaultOutput(path)).toBe(output);
});

test.each([
  ['C:\\exports\\MetaBase.xml', true, '/exports/MetaBase.xml'],
  ['d:MetaBase.xml', true, 'MetaBase.xml'],
  ['.\\exports/MetaBase.xml', true, './exports/MetaBase.xml'],
  ['exports\\c:\\M.xml', true, 'exports/c:/M.xml'],
  ['CC:\\M.xml', true, 'CC:/M.xml'],
  ['C:\\exports\\MetaBase.xml', false, 'C:\\exports\\MetaBase.xml'],
  ['exports/MetaBase.xml', false, 'exports/MetaBase.xml'],
])('a diff has the path %s (on Windows: %p) as %s', (path, isWindows, name) => {
  expect(diffName(path, isWindows)).toBe(name);
});
