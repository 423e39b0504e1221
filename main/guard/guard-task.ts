/** Guard as a job: a record for each file that is not just ok, a summary, and the counts as the outcome. */
import type { GuardEntry, GuardRecordRow, GuardSpec } from '#shared/contract/kinds/guard.ts';
import { findingRow } from '#shared/guard/report/json.ts';
import type { CheckReport } from '#shared/guard/report/model.ts';
import { coverageText, verdictText } from '#shared/guard/report/words.ts';
import { decodeName } from '#shared/text/utf8.ts';
import { nameBytes } from '../base/raw-names.ts';
import { asProblem, pathOf } from '../tasks/path-input.ts';
import { runSteps } from '../tasks/pipeline/stepped-task.ts';
import type { TaskKind } from '../tasks/task.ts';
import { addFolder, checkGuarded, guardedRoot } from './guard.ts';
import { type GuardStore, guardProblem } from './guard-store.ts';

export function guardTask(store: GuardStore): TaskKind<GuardSpec> {
  return {
    kind: 'guard',
    sources: ({ source }) => [source],
    start(spec, context) {
      const given = pathOf(context.inputs, spec.source);
      const reach = { roots: [nameBytes(given)], followsLinks: false };
      return runSteps(context, { algorithms: [], reach }, async (steps) => {
        const work = async (): Promise<CheckReport> => {
          const root = await guardedRoot(given);
          const now = Date.now;
          if (spec.action === 'add')
            return addFolder(store, root, { algorithm: 'sha256', isAtRoot: false, now }, steps);
          const folder = await store.find(root);
          if (folder === undefined) throw guardProblem('GUARD_UNKNOWN', root, 'is not on record');
          return checkGuarded(store, folder, { now, isNewDisk: false }, steps);
        };
        const report = await asProblem(work());
        await context.results.appendRecords(rows(report));
        return { verdict: report.verdict === 'damaged' ? 'failed' : report.verdict, counts: { ...report.counts } };
      });
    },
  };
}

function* rows(report: CheckReport): Generator<GuardRecordRow, void> {
  const { findings, header, readFiles, readBytes, elapsedMs } = report;
  for (const finding of findings) {
    yield { type: 'entry', ...(findingRow(finding, header.algorithm) as Omit<GuardEntry, 'type'>) };
  }
  yield {
    type: 'summary',
    sentence: verdictText(report),
    root: decodeName(header.root).text,
    folder: header.id,
    algorithm: header.algorithm,
    ...{ readFiles, readBytes, elapsedMs },
    coverage: coverageText(report.coverage),
  };
}
