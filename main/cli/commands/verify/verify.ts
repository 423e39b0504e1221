/** `hashlane verify`: from manifests to a report and an exit status. */
import { realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Paint } from '#shared/text/paint.ts';
import { reportCsv } from '#shared/verify/report/csv.ts';
import { reportHtml } from '#shared/verify/report/html.ts';
import { reportJson, reportJsonLines } from '#shared/verify/report/json.ts';
import { reportPremis } from '#shared/verify/report/premis.ts';
import type { VerifyReport } from '#shared/verify/report/rows.ts';
import { reportText } from '#shared/verify/report/text.ts';
import type { EntryStatus, UnlistedPolicy } from '#shared/verify/statuses.ts';
import { nameBytes } from '../../../base/raw-names.ts';
import type { Steps } from '../../../tasks/pipeline/stepped-task.ts';
import { readPublicKey } from '../../../tasks/signatures/key-files.ts';
import type { KnownKey } from '../../../tasks/signatures/known-key.ts';
import { reportOf } from '../../../tasks/verify/report-of.ts';
import { type UpdateAction, updateManifest } from '../../../tasks/verify/update.ts';
import type { Verified } from '../../../tasks/verify/verify.ts';
import { verifyManifests } from '../../../tasks/verify/verify-parts.ts';
import { type ColorOptions, paintFor } from '../../color.ts';
import { UsageError } from '../../errors.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { ReportOutput } from '../../steps/report-output.ts';
import { runOnEngine } from '../../steps/run-steps.ts';
import { version } from '../../version.ts';
import type { World } from '../../world.ts';
import { trustedKeys } from '../keys/trusted-keys.ts';

export const reportFormats = ['text', 'json', 'jsonl', 'csv', 'html', 'premis'] as const;

/** As the option parser gives them; names in the form of `nameText`. */
export interface VerifyCommandOptions extends ColorOptions {
  readonly root?: string;
  readonly require: readonly string[];
  readonly unlisted: UnlistedPolicy;
  readonly moved: boolean;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly format: (typeof reportFormats)[number];
  readonly output?: string;
  readonly update?: readonly UpdateAction[];
  readonly accept: readonly string[];
  readonly signedBy: readonly string[];
}

export async function verify(
  manifests: readonly string[],
  options: VerifyCommandOptions,
  world: World,
): Promise<ExitStatus> {
  if (options.quiet && options.verbose) throw new UsageError('--quiet and --verbose exclude one another');
  if (manifests.filter((name) => name === '-').length > 1) throw new UsageError('standard input can be read once');
  if (manifests.includes('') || options.require.includes('')) throw new UsageError('a name is empty');
  const updates = options.update !== undefined || options.accept.length > 0;
  if (updates && (manifests.length > 1 || manifests[0] === '-')) {
    throw new UsageError('--update and --accept take one manifest, which is a file');
  }
  if (updates && options.unlisted === 'ignore' && options.update?.includes('add')) {
    throw new UsageError('--update add needs to know what is unlisted');
  }
  const keys = options.signedBy.length > 0 ? await givenKeys(options.signedBy) : await trustedKeys(world).list();
  const output = await ReportOutput.open(options.output, world, options.format === 'text');
  try {
    const report = await runOnEngine(world, async (steps) => {
      const sources = manifests.map((name) =>
        name === '-' ? { name: 'standard input', bytes: () => world.openInput() } : { name },
      );
      const verified = await verifyManifests(
        { manifests: sources, root: options.root ?? null, keys },
        { ...options, own: [...output.own, ...(await ownPaths(options.signedBy))] },
        steps,
      );
      return await withUpdates(manifests[0]!, verified, options, steps);
    });
    await output.write(
      documentOf(report, options, paintFor(options, options.output === undefined ? world.output : {}, world)),
    );
    return report.summary.verdict === 'ok' ? exitStatus.ok : exitStatus.failed;
  } finally {
    await output.discard();
  }
}

function givenKeys(files: readonly string[]): Promise<KnownKey[]> {
  return Promise.all(files.map(readPublicKey));
}

/** Without links. */
async function ownPaths(files: readonly string[]): Promise<Uint8Array[]> {
  const paths = files.map((file) => realpath(Buffer.from(nameBytes(file)), 'buffer') as Promise<unknown>);
  return (await Promise.all(paths)) as Buffer[];
}

/** The report; what was to be updated is updated first, so that the report says so. */
async function withUpdates(
  manifest: string,
  verified: readonly Verified[],
  options: VerifyCommandOptions,
  steps: Steps,
): Promise<VerifyReport> {
  const required = options.require.map(nameBytes);
  const actions = new Set(options.update ?? []);
  const made = (mended?: ReadonlySet<EntryStatus>): VerifyReport =>
    reportOf(verified, required, options.unlisted, mended, options.signedBy.length > 0);
  if (actions.size === 0 && options.accept.length === 0) return made();
  const accept = options.accept.map(nameBytes);
  const updated = await updateManifest(manifest, verified[0]!, { actions, accept }, steps);
  const mended = new Set<EntryStatus>([
    ...(actions.has('add') ? (['unlisted'] as const) : []),
    ...(actions.has('drop') ? (['missing'] as const) : []),
    ...(actions.has('moves') ? (['moved'] as const) : []),
  ]);
  const report = made(mended);
  // Where every changed entry was accepted by its name, none is left.
  if (updated.accepted > 0 && updated.accepted === report.summary.counts.changed) mended.add('changed');
  return { ...made(mended), updated };
}

function documentOf(report: VerifyReport, options: VerifyCommandOptions, paint: Paint): Iterable<string> {
  switch (options.format) {
    case 'text':
      return reportText(report, {
        verbose: options.verbose === true,
        quiet: options.quiet === true,
        unlisted: options.unlisted,
        paint,
      });
    case 'json':
      return reportJson(report);
    case 'jsonl':
      return reportJsonLines(report);
    case 'csv':
      return reportCsv(report);
    case 'html':
      return reportHtml(report, { date: new Date().toISOString(), host: hostname(), version });
    case 'premis':
      return reportPremis(report, { date: new Date().toISOString(), host: hostname(), version });
  }
}
