/** Modification times as file systems keep them. */

/** Nanoseconds: finer times first. FAT keeps 2 s, many network shares 1 s, SMB 100 ns; others 1 ms or 1 µs. */
const granularities = [1n, 100n, 1_000n, 1_000_000n, 1_000_000_000n, 2_000_000_000n];

/** The coarsest granularity that `time` fits; ns. */
function granularityOf(time: bigint): bigint {
  return granularities.findLast((step) => time % step === 0n) ?? 1n;
}

/**
 * Whether `found` comes before (−1) or after (1) `known`, both ns since 1970; 0 when they are the same at the coarser
 * granularity of both, so that a copy on a file system that keeps coarser times counts as having the same.
 */
export function compareTimes(found: bigint, known: bigint): -1 | 0 | 1 {
  if (found === known) return 0;
  const [a, b] = [granularityOf(found), granularityOf(known)];
  const coarse = a > b ? a : b;
  const distance = found > known ? found - known : known - found;
  if (distance < coarse) return 0;
  return found < known ? -1 : 1;
}
