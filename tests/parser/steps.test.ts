import { finish } from '../../src/parser/steps.ts';

function* countTo(end: number): Generator<number, string> {
  for (let i = 1; i <= end; i++) yield i;
  return `${end} steps`;
}

test.each([0, 1, 3])('%d steps are all taken, each is told, and what they come to is returned', (count) => {
  const told: number[] = [];
  expect(finish(countTo(count), (step) => told.push(step))).toBe(`${count} steps`);
  expect(told).toEqual([1, 2, 3].slice(0, count));
  expect(finish(countTo(count))).toBe(`${count} steps`);
});
