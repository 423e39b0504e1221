/**
 * The stats block: counters that the engine keeps in memory that JavaScript owns, so that
 * reading them costs no call. Every slot is an unsigned 64-bit integer, little endian; this table
 * is the one source, the native header is generated from it (`npm run contract`).
 *
 *     engine   one region of `engineSlots`
 *     threads  `maxThreads` regions, each on cache lines of its own, written by its thread alone
 *     jobs     `maxJobs` regions
 *     pools    `maxPools` regions, one per size class
 *
 * Counters are monotonic unless their comment says "now". Times are nanoseconds of the monotonic
 * clock, sizes are bytes.
 */

/** The bytes `HLS1` in the low half of slot 0, the layout version in the high half. */
export const statsMagic = 0x31534c48;
export const statsLayoutVersion = 1;

export const engineSlots = {
  magic: 0,
  /** Now: the engine's monotonic clock when the block was last stamped. */
  clockNs: 1,
  threadCount: 2,
  poolCount: 3,
  bytesRead: 4,
  /** Bytes that went through kernels, counted once per algorithm. */
  bytesHashed: 5,
  filesHashed: 6,
  foldersListed: 7,
  batchesSealed: 8,
  batchBytes: 9,
  recordsDelivered: 10,
  /** Now: slabs given to JavaScript and not yet given back. */
  slabsUnreleased: 11,
  slabCount: 12,
  slabBytes: 13,
  /** Now: groups of files waiting for a worker. */
  queueDepth: 14,
  queueCapacity: 15,
  /** Now: folders waiting for a lister. */
  listQueueDepth: 16,
  /** Times a worker waited for a slab because JavaScript was behind. */
  slabWaits: 17,
  /** Times a reader waited at the memory ceiling. */
  memoryWaits: 18,
  memoryWaitNs: 19,
  /** The ceiling of all pools together. */
  memoryCeiling: 20,
  /** Now: bytes the pools hold, in use or free. */
  memoryHeld: 21,
  memoryPeak: 22,
  trims: 23,
  trimmedBytes: 24,
  filteredOut: 25,
  /** Now: jobs that have not ended. */
  jobsActive: 26,
} as const;

export const engineRegionSlots = 32;

export const threadStates = [
  'idle',
  'opening',
  'reading',
  'hashing',
  'delivering',
  'paused',
  'waiting for memory',
] as const;

export const threadSlots = {
  /** Odd while the thread rewrites `name`; a reader retries. */
  nameVersion: 0,
  /** Now: index in `threadStates`. */
  state: 1,
  /** Now: 0 when no entry is in hand. */
  jobId: 2,
  entryId: 3,
  entrySize: 4,
  entryDone: 5,
  files: 6,
  bytes: 7,
  busyNs: 8,
  nameLength: 9,
  /** The end of the path in hand, at most `threadNameBytes` bytes, from here on. */
  name: 10,
} as const;

export const threadNameBytes = 176;
export const threadRegionSlots = 32;

/** `counting` and `running` differ only in whether the totals are still growing. */
export const jobStates = ['free', 'running', 'paused', 'cancelling', 'finished', 'cancelled'] as const;

export const jobSlots = {
  jobId: 0,
  /** Now: index in `jobStates`. */
  state: 1,
  filesFound: 2,
  bytesFound: 3,
  filesDone: 4,
  /** Bytes read so far, unfinished files included. */
  bytesDone: 5,
  ok: 6,
  failed: 7,
  skipped: 8,
  filteredOut: 9,
  /** 1 when `filesFound` and `bytesFound` are final. */
  countComplete: 10,
  startedNs: 11,
  /** Time spent running, pauses taken off. */
  activeNs: 12,
  /** Bytes of the files that were hashed to the end. */
  bytesHashed: 13,
  foldersListed: 14,
} as const;

export const jobRegionSlots = 16;

export const poolSlots = {
  blockBytes: 0,
  /** Now: blocks the class holds, in use or free. */
  held: 1,
  /** Now: blocks leased out. */
  inUse: 2,
  peak: 3,
  /** Leases served from a free block. */
  hits: 4,
  /** Leases that needed a new block. */
  misses: 5,
  /** Blocks given back to the system. */
  trimmed: 6,
} as const;

export const poolRegionSlots = 8;

export const maxThreads = 64;
export const maxJobs = 64;
export const maxPools = 16;

export const threadsAt = engineRegionSlots;
export const jobsAt = threadsAt + maxThreads * threadRegionSlots;
export const poolsAt = jobsAt + maxJobs * jobRegionSlots;
export const statsSlots = poolsAt + maxPools * poolRegionSlots;
export const statsBytes = statsSlots * 8;
