import { expect, it } from 'vitest';
import type { Rehashed } from '#shared/contract/models.ts';
import { withAnswers } from './hash-again.ts';

function answer(entry: number, outcome: Rehashed['outcome']): Rehashed {
  return { entry, outcome, digests: [], error: null };
}

it('a file that differs is never dropped, however many answers follow', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => answer(at + 1, 'same'));
  let answers = withAnswers(new Map(), 7, [answer(0, 'different')]);
  answers = withAnswers(answers, 7, many);
  expect(answers.get('7/0')).toMatchObject({ outcome: 'different' });
  expect(answers.size).toBe(10_001);
  expect(answers.has('7/20000')).toBe(true);
  expect(answers.has('7/1')).toBe(false);
});
