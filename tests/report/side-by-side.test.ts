import { patch } from '../../src/index.ts';
import { toRows } from '../../src/report/side-by-side.ts';
import { metabase, server } from '../support/metabase.ts';

const hunk = (...lines: string[]): Parameters<typeof toRows>[0] => ({
  oldStart: 3,
  oldCount: 0,
  newStart: 4,
  newCount: 0,
  lines,
});

test('removed and added lines are side by side, and what differs is in the middle', () => {
  const { diff } = patch(new TextEncoder().encode(metabase(server(1, 7697601))), { context: 1 });
  const rows = toRows(hunk(...diff.split(/(?<=\n)/).slice(3)));
  expect(rows.map(({ isChange }) => isChange)).toEqual([false, true, false]);
  const before = '\t\tSmtpInboundCommandSupportOptions="';
  expect(rows[1].old).toEqual({ number: 4, before, text: '7697601', after: '"' });
  expect(rows[1].new).toEqual({ number: 5, before, text: '3503297', after: '"' });
  expect(rows[2].old).toEqual({ number: 5, before: '', text: '\t>', after: '' });
});

test('a number differs as a whole', () => {
  const [{ old, new: changed }] = toRows(hunk('-x="17697601 z"\n', '+x="17697537 z"\n'));
  expect([old?.text, changed?.text]).toEqual(['17697601', '17697537']);
});

test('a character of two code units is not cut', () => {
  const [{ old, new: changed }] = toRows(hunk('-a\u{1f600}b\n', '+a\u{1f601}b\n'));
  expect([old?.text, changed?.text]).toEqual(['\u{1f600}', '\u{1f601}']);
});

test('if one side has more lines, the other has empty places', () => {
  const rows = toRows(hunk(' a\r\n', '+b\n', '+c'));
  expect(rows).toEqual([
    {
      isChange: false,
      old: { number: 3, before: '', text: 'a', after: '' },
      new: { number: 4, before: '', text: 'a', after: '' },
    },
    { isChange: true, old: null, new: { number: 5, before: '', text: 'b', after: '' } },
    { isChange: true, old: null, new: { number: 6, before: '', text: 'c', after: '' } },
  ]);
  expect(toRows(hunk('-a\n'))).toEqual([
    { isChange: true, old: { number: 3, before: '', text: 'a', after: '' }, new: null },
  ]);
});
