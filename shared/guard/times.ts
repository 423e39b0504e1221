/** Modification times as file systems keep them, and as tools set them. */

/**
 * Nanoseconds. Many programs set times by way of floating-point seconds, which are exact to a quarter of a microsecond,
 * and SMB keeps 100 ns: nothing finer than this tells two times apart.
 */
const finest = 1_000n;

/** Nanoseconds: many tools keep milliseconds, many network shares 1 s, FAT 2 s. */
const coarser = [1_000_000n, 1_000_000_000n, 2_000_000_000n];

/** The coarsest granularity that `time` fits, give or take what floating-point numbers lose; ns. */
function granularityOf(time: bigint): bigint {
  return coarser.findLast((step) => (((time + finest / 2n) % step) + step) % step < finest) ?? finest;
}

/**
 * Whether `found` comes before (−1) or after (1) `known`, both ns since 1970; 0 when they are the same at the coarser
 * granularity of both, so that a copy on a file system that keeps coarser times counts as having the same.
 */
export function compareTimes(found: bigint, known: bigint): -1 | 0 | 1 {
  const [a, b] = [granularityOf(found), granularityOf(known)];
  const coarse = a > b ? a : b;
  const distance = found > known ? found - known : known - found;
  if (distance < coarse) return 0;
  return found < known ? -1 : 1;
}
