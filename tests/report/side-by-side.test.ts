import { patch } from '../../src/index.ts';
import { type Line, type Pair, toRows } from '../../src/report/side-by-side.ts';
import { metabase, server } from '../support/metabase.ts';

const hunk = (...lines: string[]): Parameters<typeof toRows>[0] => ({
  oldStart: 3,
  oldCount: 0,
  newStart: 4,
  newCount: 0,
  lines,
});

/** The lines that are removed and added, side by side. */
const pairs = (...lines: string[]): Pair[] => toRows(hunk(...lines)).filter((row): row is Pair => 'old' in row);

/** What differs between two lines. */
const difference = (removed: string, added: string): (string | undefined)[] => {
  const [{ old, new: changed }] = pairs(removed, added);
  return [old?.text, changed?.text];
};

test('removed and added lines are side by side, and what differs is in the middle', () => {
  const { diff } = patch(new TextEncoder().encode(metabase(server(1, 7697601))), { context: 1 });
  const rows = toRows(hunk(...diff.split(/(?<=\n)/).slice(3)));
  const before = '\t\tSmtpInboundCommandSupportOptions="';
  expect(rows).toEqual<(Line | Pair)[]>([
    expect.objectContaining({ number: 3 }) as Line,
    {
      old: { number: 4, before, text: '7697601', after: '"' },
      new: { number: 5, before, text: '3503297', after: '"' },
    },
    { number: 5, before: '', text: '\t>', after: '' },
  ]);
});

test('a number differs as a whole', () => {
  expect(difference('-x="17697601 z"\n', '+x="17697537 z"\n')).toEqual(['17697601', '17697537']);
  expect(difference('-x="4"\n', '+x="4100"\n')).toEqual(['4', '4100']);
  expect(difference('-x="5"\n', '+x="15"\n')).toEqual(['5', '15']);
});

test('a character of two code units is not cut', () => {
  expect(difference('-a\u{1f600}b\n', '+a\u{1f601}b\n')).toEqual(['\u{1f600}', '\u{1f601}']);
});

test('if one side has more lines, the other has empty places', () => {
  const rows = toRows(hunk(' a\r\n', '+b\n', '+c'));
  expect(rows).toEqual([
    { number: 3, before: '', text: 'a', after: '' },
    { old: null, new: { number: 5, before: '', text: 'b', after: '' } },
    { old: null, new: { number: 6, before: '', text: 'c', after: '' } },
  ]);
  expect(toRows(hunk('-a\n'))).toEqual([{ old: { number: 3, before: '', text: 'a', after: '' }, new: null }]);
});
