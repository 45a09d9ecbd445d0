import type { Hunk } from '../../src/writer/hunks.ts';
import { diffName, unifiedDiff } from '../../src/writer/unified-diff.ts';

const HUNK: Hunk = { oldStart: 1, oldCount: 1, newStart: 1, newCount: 1, lines: ['-a\n', '+b\n'] };

const hunk = (oldStart: number, oldCount: number, newStart: number, newCount: number): Hunk => ({
  oldStart,
  oldCount,
  newStart,
  newCount,
  lines: ['+x\n'],
});

test('no hunks, no diff', () => {
  expect(unifiedDiff('MetaBase.xml', [])).toBe('');
});

test('a diff has two labels, and each hunk its header and its lines', () => {
  const lines = [' a\r\n', '-b\n', '+c\n', ' \n'];
  expect(unifiedDiff('MetaBase.xml', [{ ...hunk(3, 4, 5, 6), lines }, HUNK])).toBe(
    '--- a/MetaBase.xml\n+++ b/MetaBase.xml\n@@ -3,4 +5,6 @@\n a\r\n-b\n+c\n \n@@ -1 +1 @@\n-a\n+b\n',
  );
});

test.each<[Hunk, string]>([
  [hunk(1, 1, 1, 1), '@@ -1 +1 @@'],
  [hunk(1, 2, 1, 1), '@@ -1,2 +1 @@'],
  [hunk(7, 1, 8, 3), '@@ -7 +8,3 @@'],
  [hunk(7, 0, 8, 2), '@@ -7,0 +8,2 @@'],
  [hunk(0, 0, 1, 12), '@@ -0,0 +1,12 @@'],
])('a count of 1 is left out (%#)', (each, header) => {
  expect(unifiedDiff('x', [each])).toBe(`--- a/x\n+++ b/x\n${header}\n+x\n`);
});

test('a line without an end is marked, on either side and as context', () => {
  expect(unifiedDiff('x', [{ ...HUNK, lines: ['-a', '+b'] }])).toBe(
    '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n',
  );
  expect(unifiedDiff('x', [{ ...HUNK, lines: ['-a\n', '+b\n', ' c\r'] }])).toBe(
    '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n c\r\n\\ No newline at end of file\n',
  );
});

test.each([
  ['MetaBase.xml', 'a/MetaBase.xml'],
  ['exports/old/MetaBase.xml', 'a/exports/old/MetaBase.xml'],
  ['./MetaBase.xml', 'a/MetaBase.xml'],
  ['a/./b//c.xml', 'a/a/b/c.xml'],
  ['/srv/exports/MetaBase.xml', 'a/srv/exports/MetaBase.xml'],
  ['../MetaBase.xml', 'a/MetaBase.xml'],
  ['a/../../b/MetaBase.xml', 'a/MetaBase.xml'],
  ['..MetaBase.xml', 'a/..MetaBase.xml'],
  ['a..b/M.xml', 'a/a..b/M.xml'],
  ['.hidden', 'a/.hidden'],
  ['my export.xml', 'a/my export.xml\t'],
  ['my exports/M.xml', 'a/my exports/M.xml\t'],
  ['../my exports/M.xml', 'a/M.xml'],
  ["it's.xml", "a/it's.xml"],
  ['M~!#$%&()*+,-;=?@[]^_`{|}.xml', 'a/M~!#$%&()*+,-;=?@[]^_`{|}.xml'],
  ['a"b.xml', '"a/a\\"b.xml"'],
  ['M "x" \u00e9.xml', '"a/M \\"x\\" \\303\\251.xml"\t'],
  ['back\\slash.xml', '"a/back\\\\slash.xml"'],
  ['\u0007\b\t\n\v\f\r.xml', '"a/\\a\\b\\t\\n\\v\\f\\r.xml"'],
  ['\u0001\u001b\u001f\u007f.xml', '"a/\\001\\033\\037\\177.xml"'],
  ['\u20ac\ud83d\ude00', '"a/\\342\\202\\254\\360\\237\\230\\200"'],
])('the name %j is written as %j', (name, label) => {
  expect(unifiedDiff(name, [HUNK])).toBe(`--- ${label}\n+++ ${label.replace('a/', 'b/')}\n@@ -1 +1 @@\n-a\n+b\n`);
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
