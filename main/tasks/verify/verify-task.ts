/** Verify as a job: entries as they are judged, the summary as the last record, the verdict as the outcome. */
import type { VerifyEntry, VerifyRecord, VerifySpec } from '#shared/contract/kinds/verify.ts';
import { manifestsOf, signatureOf } from '#shared/verify/report/json.ts';
import { entryRows, type Row, restRows, type VerifyReport } from '#shared/verify/report/rows.ts';
import { verdictText } from '#shared/verify/summary.ts';
import { nameBytes, shownName } from '../../base/raw-names.ts';
import { asProblem, pathOf } from '../path-input.ts';
import { runSteps } from '../pipeline/stepped-task.ts';
import { readPublicKey } from '../signatures/key-files.ts';
import type { TaskContext, TaskKind } from '../task.ts';
import type { Read } from './read-manifests.ts';
import { reportOf } from './report-of.ts';
import { verifyManifests } from './verify-parts.ts';

export const verifyTask: TaskKind<VerifySpec> = {
  kind: 'verify',
  sources: ({ manifests, root, signedBy = [] }) => [...manifests, ...(root === null ? [] : [root]), ...signedBy],
  start(spec, context) {
    const manifests = spec.manifests.map((id) => ({ name: pathOf(context.inputs, id) }));
    const root = spec.root === null ? null : pathOf(context.inputs, spec.root);
    const keyFiles = spec.signedBy?.map((id) => pathOf(context.inputs, id));
    const reach = { roots: [], followsLinks: false };
    return runSteps(context, { algorithms: [], reach }, async (steps) => {
      const names = new Map(manifests.map(({ name }, number) => [number, shownName(nameBytes(name))]));
      const judged = ({ entries }: Read, numbers: readonly number[]): Promise<void> =>
        append(context, entryRows(entries, numbers, names));
      const keys = await asProblem(
        keyFiles === undefined ? context.profile.trustedKeys() : Promise.all(keyFiles.map(readPublicKey)),
      );
      const own = (keyFiles ?? []).map(nameBytes);
      const options = { unlisted: spec.unlisted, moved: spec.moved, own, judged };
      const verified = await asProblem(verifyManifests({ manifests, root, keys }, options, steps));
      const required = spec.require.map(nameBytes);
      const report = reportOf(verified, required, spec.unlisted, new Set(), keyFiles !== undefined);
      for (const part of report.parts) await append(context, restRows(part));
      const summary = summaryRecord(report);
      await context.results.appendRecords([summary]);
      return { verdict: report.summary.verdict, counts: { ...report.summary.counts } };
    });
  },
};

async function append({ results }: TaskContext, rows: Iterable<Row>): Promise<void> {
  await results.appendRecords(entriesOf(rows));
}

function* entriesOf(rows: Iterable<Row>): Generator<VerifyEntry, void> {
  for (const row of rows) yield { type: 'entry', ...row };
}

function summaryRecord(report: VerifyReport): Extract<VerifyRecord, { type: 'summary' }> {
  const { verdict, reasons, required } = report.summary;
  return {
    type: 'summary',
    verdict,
    sentence: verdictText(report.summary),
    reasons: [...reasons],
    required: [...required],
    signature: signatureOf(report),
    manifests: manifestsOf(report),
  };
}
