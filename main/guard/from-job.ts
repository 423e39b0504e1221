/** A record made of what a finished job has found: nothing is read a second time. */
import { coverageOf } from '#shared/guard/coverage.ts';
import { GuardRecord } from '#shared/guard/record.ts';
import type { CheckReport, Finding } from '#shared/guard/report/model.ts';
import { noCounts } from '#shared/guard/states.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { FailedAttempt } from '../base/failed-attempt.ts';
import { nameBytes } from '../base/raw-names.ts';
import { inFolder } from '../tasks/folder/folder-names.ts';
import { type GuardStore, guardId, guardProblem, writeRecord } from './guard-store.ts';
import { lookAtRoot } from './identity.ts';
import { eachResult } from './job-results.ts';

export interface FromJobOptions {
  /** Of the job's journal. */
  readonly journal: string;
  /** Default: SHA-256, or else the first that the job has computed. */
  readonly algorithm?: AlgorithmName;
  /** The folder as the job may have named it, beside its name without links. */
  readonly givenAs: string;
  readonly isAtRoot: boolean;
  readonly now: () => number;
}

/** Puts `root` on record. Files count as checked when the job began. Rejects with FailedAttempt; nothing is on record then. */
export async function addFromJob(store: GuardStore, root: string, options: FromJobOptions): Promise<CheckReport> {
  const startedMs = options.now();
  const look = await lookAtRoot(nameBytes(root));
  if (look.kind === 'unavailable') throw guardProblem('UNAVAILABLE', root, look.reason);
  const prefixes = [root, options.givenAs].map((name) => inFolder(nameBytes(name), new Uint8Array(1)).subarray(0, -1));
  const id = guardId(nameBytes(root));
  const base = { id, root: nameBytes(root), identity: look.identity, createdMs: startedMs };
  let record: GuardRecord | undefined;
  try {
    await eachResult(options.journal, (path, batch, index, { algorithms, startedAt }) => {
      const prefix = prefixes.find((one) => Buffer.compare(one, path.subarray(0, one.length)) === 0);
      if (prefix === undefined) return;
      const algorithm = options.algorithm ?? (algorithms.includes('sha256') ? 'sha256' : algorithms[0]);
      const digest = algorithm === undefined || !algorithms.includes(algorithm) ? null : batch.digest(index, algorithm);
      if (digest === null) throw guardProblem('GUARD_JOB', root, 'the job has not computed this algorithm');
      record ??= new GuardRecord({ ...base, algorithm: algorithm! });
      record.set({
        path: path.slice(prefix.length),
        size: batch.size(index),
        modifiedNs: batch.modifiedNs(index),
        digest: digest.slice(),
        checkedMs: startedAt,
        isDamaged: false,
      });
    });
  } catch (error) {
    throw error instanceof FailedAttempt ? error : new FailedAttempt('cannot read the results of the job', error);
  }
  if (record === undefined) throw guardProblem('GUARD_JOB', root, 'the job has no results of files in it');
  const folder = await store.create(root, options.isAtRoot);
  const lock = await store.lock(folder);
  try {
    await writeRecord(folder, record);
    await store.note(folder);
  } finally {
    await lock.release();
  }
  return reportOf(record, startedMs, options.now());
}

function reportOf(record: GuardRecord, startedMs: number, endedMs: number): CheckReport {
  const findings = Array.from(record.sorted(), (number): Finding => {
    const { path, digest, size } = record.entry(number);
    return { path: path.slice(), state: 'new', actual: digest.slice(), size };
  });
  return {
    header: record.header,
    verdict: 'ok',
    counts: { ...noCounts(), new: findings.length },
    findings,
    ok: [],
    record,
    coverage: coverageOf(record, endedMs),
    startedMs,
    elapsedMs: endedMs - startedMs,
    readFiles: 0,
    readBytes: 0,
  };
}
