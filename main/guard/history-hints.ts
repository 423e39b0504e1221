/** Identical copies that jobs of the history have met, where the guarded folders have none. */
import { lstat } from 'node:fs/promises';
import type { Copy } from '#shared/guard/report/model.ts';
import { compareTimes } from '#shared/guard/times.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { nameText } from '../base/raw-names.ts';
import { History } from '../store/history.ts';
import type { GuardStore } from './guard-store.ts';
import { eachResult } from './job-results.ts';

/** Bytes of journals that are gone through at most, the newest first: a hint is not worth any wait. */
const mostBytes = 512 << 20;

interface Candidate extends Copy {
  readonly size: number;
  readonly modifiedNs: bigint;
}

/**
 * Puts copies into `wanted`, by digests as latin1, where it has null. `damaged`: whole paths, as latin1, of the files that
 * copies are wanted of. Never rejects: what cannot be read gives no hint.
 */
export async function searchHistory(
  store: GuardStore,
  algorithm: AlgorithmName,
  wanted: Map<string, Copy | null>,
  damaged: ReadonlySet<string>,
): Promise<void> {
  const history = new History(store.jobsFolder);
  const listed = await history
    .list({ offset: 0, limit: Number.POSITIVE_INFINITY, unfinished: false })
    .catch(() => ({ entries: [] }));
  let bytes = 0;
  for (const entry of listed.entries) {
    if (![...wanted.values()].includes(null)) return;
    if (entry.kind !== 'hash' || entry.endedAt === null || !entry.algorithms.includes(algorithm)) continue;
    bytes += entry.bytes;
    if (bytes > mostBytes) return;
    const found = new Map<string, Candidate[]>();
    await eachResult(history.journalOf(entry.id), (path, batch, index, { startedAt }) => {
      const digest = batch.digest(index, algorithm);
      if (digest === null) return;
      const key = Buffer.from(digest).toString('latin1');
      if (wanted.get(key) !== null || damaged.has(Buffer.from(path).toString('latin1'))) return;
      if (!store.sees(nameText(path))) return;
      const facts = { size: batch.size(index), modifiedNs: batch.modifiedNs(index) };
      found.set(key, [...(found.get(key) ?? []), { path: path.slice(), checkedMs: startedAt, ...facts }]);
    }).catch(() => undefined);
    for (const [key, candidates] of found) {
      for (const candidate of candidates) {
        if (wanted.get(key) === null && (await isAsItWas(candidate))) wanted.set(key, candidate);
      }
    }
  }
}

/** Nobody wrote to it since, as far as its size and time tell. */
async function isAsItWas({ path, size, modifiedNs }: Candidate): Promise<boolean> {
  const stats = await lstat(Buffer.from(path), { bigint: true }).catch(() => undefined);
  return stats?.isFile() === true && Number(stats.size) === size && compareTimes(stats.mtimeNs, modifiedNs) === 0;
}
