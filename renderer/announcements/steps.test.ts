import { expect, it } from 'vitest';
import { type Step, stepOf } from './steps.ts';

function heard(course: readonly (readonly [isAtWork: boolean, tenth: number | null])[]): string[] {
  let step: Step = { kind: 'rest' };
  const words: string[] = [];
  for (const [isAtWork, tenth] of course) {
    const next = stepOf(step, isAtWork, tenth);
    if (next !== step) words.push(next.kind === 'tenth' ? `${next.tenth}` : next.kind);
    step = next;
  }
  return words;
}

it('a job is heard at its beginning, at each tenth, and at its end', () => {
  const course = [0, 0, 1, 1, 2, 5, 4, 9, 10].map((tenth) => [true, tenth] as const);
  expect(heard([[false, null], [true, null], ...course, [false, null], [false, null]])).toEqual([
    'began',
    '1',
    '2',
    '5',
    '9',
    'ended',
  ]);
});

it('a further job begins anew', () => {
  expect(
    heard([
      [true, null],
      [true, 9],
      [false, null],
      [true, null],
      [true, 1],
      [false, null],
    ]),
  ).toEqual(['began', '9', 'ended', 'began', '1', 'ended']);
});
