import { expect, test } from 'vitest';
import { MessageBudget } from './message-budget.ts';

test('a burst is allowed, then so many a second', () => {
  const budget = new MessageBudget({ perSecond: 10, burst: 5 });
  const start = performance.now();
  const take = (count: number, at: number): number =>
    Array.from({ length: count }, () => budget.take(start + at)).filter(Boolean).length;
  expect(take(20, 0)).toBe(5);
  expect(take(20, 1_000)).toBe(5);
  expect(take(1, 1_050)).toBe(0);
  expect(take(2, 1_150)).toBe(1);
  expect(take(20, 60_000), 'rest is not saved up beyond the burst').toBe(5);
});
