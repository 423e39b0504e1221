import { expect, it } from 'vitest';
import type { Rehashed } from '#shared/contract/models.ts';
import { ResultView } from '../results/result-view.ts';
import { shownNames, tableOf } from '../testing/tables.ts';
import { findingsOf } from './again-store.ts';

const answer = (entry: number, outcome: Rehashed['outcome']): [string, Rehashed] => [
  `1/${entry}`,
  { entry, outcome, digests: [], error: null },
];

it('rows that differ now can be filtered for, and those of other jobs do not count', async () => {
  const table = tableOf(['same', 'altered', 'gone']);
  const answers = new Map([answer(0, 'same'), answer(1, 'different'), answer(2, 'missing')]);
  const findings = findingsOf(answers, [1]);
  const view = new ResultView(table);
  await view.arrange(null, { text: '', group: 'findings', findings });
  expect(shownNames(table, view)).toEqual(['altered', 'gone']);
  expect(findingsOf(answers, [2]).size).toBe(0);
});
