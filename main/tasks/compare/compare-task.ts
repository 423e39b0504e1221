/** Compare as a job: a record a path, and the counts as the outcome. */

import { compareRows } from '#shared/compare/report.ts';
import type { CompareRecord, CompareSide, CompareSpec } from '#shared/contract/kinds/compare.ts';
import { asProblem, pathOf } from '../path-input.ts';
import { runSteps } from '../pipeline/stepped-task.ts';
import type { TaskKind } from '../task.ts';
import { compareSides } from './compare.ts';

export const compareTask: TaskKind<CompareSpec> = {
  kind: 'compare',
  sources: ({ left, right }) => [left, right].filter((side) => typeof side === 'string'),
  start(spec, context) {
    const nameOf = (side: CompareSide): string =>
      typeof side === 'string' ? pathOf(context.inputs, side) : context.profile.journalOf(side.job);
    const [left, right] = [nameOf(spec.left), nameOf(spec.right)];
    const reach = { roots: [], followsLinks: false };
    return runSteps(context, { algorithms: [], reach }, async (steps) => {
      const report = await asProblem(compareSides({ left, right, own: [] }, steps));
      await context.results.appendRecords(compareRows(report) satisfies Iterable<CompareRecord>);
      const { verdict, counts, malformed } = report.summary;
      return { verdict: verdict === 'same' ? 'ok' : 'failed', counts: { ...counts, malformed } };
    });
  },
};
