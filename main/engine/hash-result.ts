/** One record of a batch as a small object of its own, for those who ask for single files. */
import type { BatchView } from '#shared/batch/reader.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import type { HashResult } from './engine.ts';

/** Copies what it takes: the batch may be given back afterwards. */
export function resultOf(batch: BatchView, index: number): HashResult {
  const digests: Partial<Record<AlgorithmName, Uint8Array>> = {};
  for (const name of batch.algorithms) {
    const digest = batch.digest(index, name);
    if (digest !== null) digests[name] = digest.slice();
  }
  return {
    status: batch.status(index),
    size: batch.size(index),
    modifiedNs: batch.modifiedNs(index),
    error: batch.errorCode(index),
    errorText: batch.errorText(index),
    digests,
  };
}
