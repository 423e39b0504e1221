/** The report of a verification: one for the command and for jobs. */

import type { VerifyReport } from '#shared/verify/report/rows.ts';
import { wholeSignature } from '#shared/verify/report/signature-report.ts';
import { checkRequirement, type Requirement } from '#shared/verify/required.ts';
import type { EntryStatus, UnlistedPolicy } from '#shared/verify/statuses.ts';
import { type Summary, summarise } from '#shared/verify/summary.ts';
import { shownName } from '../../base/raw-names.ts';
import type { Verified } from './verify.ts';

export function reportOf(
  parts: readonly Verified[],
  require: readonly Uint8Array[],
  unlisted: UnlistedPolicy,
  mended: ReadonlySet<EntryStatus> = new Set(),
  mustBeSigned = false,
): VerifyReport {
  const required = require.map((name) => requirementOf(parts, name));
  const summary = withSignatures(summarise(parts, required, unlisted, mended), parts, mustBeSigned);
  const all = parts.flatMap(({ manifests }) => manifests.map(({ signature }) => signature));
  return { parts, summary, signature: wholeSignature(all) };
}

/** A signature that is bad fails the whole, and so does none where one is wanted, however well the files are. */
function withSignatures(summary: Summary, parts: readonly Verified[], mustBeSigned: boolean): Summary {
  const reasons: string[] = [];
  for (const { shown, signature } of parts.flatMap(({ manifests }) => manifests)) {
    // guard: bad signatures
    if (signature.status === 'bad') reasons.push(`the signature of ${shown} is BAD`);
    // guard: wanted signatures
    if (mustBeSigned && signature.status !== 'signed') reasons.push(`${shown} is not signed by a key that was given`);
  }
  return reasons.length === 0 ? summary : { ...summary, verdict: 'failed', reasons: [...reasons, ...summary.reasons] };
}

/** Of several roots it is enough that one has the name; where one fails it, the whole does. */
function requirementOf(parts: readonly Verified[], name: Uint8Array): Requirement {
  const all = parts.map(({ entries }) => checkRequirement(entries, name, shownName(name)));
  const listed = all.filter(({ state }) => state !== 'not-listed');
  return listed.find(({ state }) => state === 'failed') ?? listed[0] ?? all[0]!;
}
