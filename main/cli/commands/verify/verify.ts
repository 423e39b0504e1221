/** `hashlane verify`: from manifests to a report and an exit status. */
import { hostname } from 'node:os';
import { reportCsv } from '#shared/verify/report/csv.ts';
import { reportHtml } from '#shared/verify/report/html.ts';
import { reportJson, reportJsonLines } from '#shared/verify/report/json.ts';
import type { VerifyReport } from '#shared/verify/report/rows.ts';
import { reportText } from '#shared/verify/report/text.ts';
import type { UnlistedPolicy } from '#shared/verify/statuses.ts';
import { nameBytes } from '../../../base/raw-names.ts';
import { readManifests } from '../../../tasks/verify/read-manifests.ts';
import { reportOf } from '../../../tasks/verify/report-of.ts';
import { type Verified, verifyPart } from '../../../tasks/verify/verify.ts';
import { UsageError } from '../../errors.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { ReportOutput } from '../../steps/report-output.ts';
import { runOnEngine } from '../../steps/run-steps.ts';
import { version } from '../../version.ts';
import type { World } from '../../world.ts';

export const reportFormats = ['text', 'json', 'jsonl', 'csv', 'html'] as const;

/** As the option parser gives them; names in the form of `nameText`. */
export interface VerifyCommandOptions {
  readonly root?: string;
  readonly require: readonly string[];
  readonly unlisted: UnlistedPolicy;
  readonly moved: boolean;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly format: (typeof reportFormats)[number];
  readonly output?: string;
}

export async function verify(
  manifests: readonly string[],
  options: VerifyCommandOptions,
  world: World,
): Promise<ExitStatus> {
  if (options.quiet && options.verbose) throw new UsageError('--quiet and --verbose exclude one another');
  if (manifests.filter((name) => name === '-').length > 1) throw new UsageError('standard input can be read once');
  if (manifests.includes('') || options.require.includes('')) throw new UsageError('a name is empty');
  const output = await ReportOutput.open(options.output, world);
  try {
    const report = await runOnEngine(world, async (steps) => {
      const parts = await readManifests({
        manifests: manifests.map((name) =>
          name === '-' ? { name: 'standard input', bytes: () => world.openInput() } : { name },
        ),
        root: options.root ?? null,
        signal: steps.signal,
      });
      const verified: Verified[] = [];
      for (const part of parts) verified.push(await verifyPart(part, { ...options, own: output.own }, steps));
      return reportOf(verified, options.require.map(nameBytes), options.unlisted);
    });
    await output.write(documentOf(report, options));
    return report.summary.verdict === 'ok' ? exitStatus.ok : exitStatus.failed;
  } finally {
    await output.discard();
  }
}

function documentOf(report: VerifyReport, options: VerifyCommandOptions): Iterable<string> {
  switch (options.format) {
    case 'text':
      return reportText(report, {
        verbose: options.verbose === true,
        quiet: options.quiet === true,
        unlisted: options.unlisted,
      });
    case 'json':
      return reportJson(report);
    case 'jsonl':
      return reportJsonLines(report);
    case 'csv':
      return reportCsv(report);
    case 'html':
      return reportHtml(report, { date: new Date().toISOString(), host: hostname(), version });
  }
}
