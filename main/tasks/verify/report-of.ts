/** The report of a verification: one for the command and for jobs. */

import type { SignatureReport, VerifyReport } from '#shared/verify/report/rows.ts';
import { checkRequirement, type Requirement } from '#shared/verify/required.ts';
import type { EntryStatus, UnlistedPolicy } from '#shared/verify/statuses.ts';
import { summarise } from '#shared/verify/summary.ts';
import { shownName } from '../../base/raw-names.ts';
import type { Verified } from './verify.ts';

export function reportOf(
  parts: readonly Verified[],
  require: readonly Uint8Array[],
  unlisted: UnlistedPolicy,
  mended: ReadonlySet<EntryStatus> = new Set(),
): VerifyReport {
  const required = require.map((name) => requirementOf(parts, name));
  return { parts, summary: summarise(parts, required, unlisted, mended), signature: signatureOf(parts) };
}

/** Of several roots it is enough that one has the name; where one fails it, the whole does. */
function requirementOf(parts: readonly Verified[], name: Uint8Array): Requirement {
  const all = parts.map(({ entries }) => checkRequirement(entries, name, shownName(name)));
  const listed = all.filter(({ state }) => state !== 'not-listed');
  return listed.find(({ state }) => state === 'failed') ?? listed[0] ?? all[0]!;
}

function signatureOf(parts: readonly Verified[]): SignatureReport {
  const isWrapped = parts.some(({ manifests }) => manifests.some(({ recognised }) => recognised.envelope !== 'none'));
  return { status: isWrapped ? 'not-checked' : 'none' };
}
