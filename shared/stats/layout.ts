/**
 * The stats block: counters that the engine keeps in memory that JavaScript owns, so that
 * reading them costs no call. Every slot is an unsigned 64-bit integer, little endian; this table
 * is the one source, the native header is generated from it (`npm run contract`).
 *
 *     engine      one region of `engineSlots`
 *     threads     `maxThreads` regions, each on cache lines of its own, written by its thread alone
 *     jobs        `maxJobs` regions
 *     pools       `maxPools` regions, one per size class
 *     algorithms  `maxAlgorithms` regions, by algorithm id
 *     devices     `maxDevices` regions, in the order in which they were met
 *     events      a ring of `maxEvents` regions
 *     reasons     one slot per error code, by its number
 *
 * Counters are monotonic unless their comment says "now". Times are nanoseconds of the monotonic
 * clock, sizes are bytes.
 */

/** The bytes `HLS1` in the low half of slot 0, the layout version in the high half. */
export const statsMagic = 0x31534c48;
export const statsLayoutVersion = 2;

export const engineSlots = {
  magic: 0,
  /** Now: the engine's monotonic clock when the block was last stamped. */
  clockNs: 1,
  /** Workers that the engine was made with. */
  workerCount: 2,
  poolCount: 3,
  /** Devices met so far, at most `maxDevices`. */
  deviceCount: 4,

  // The stages: read, hashed, delivered.
  bytesRead: 5,
  /** Bytes that went through kernels, counted once per algorithm. */
  bytesHashed: 6,
  filesHashed: 7,
  foldersListed: 8,
  filteredOut: 9,
  batchesSealed: 10,
  batchBytes: 11,
  recordsDelivered: 12,

  // Files done with, by the way they went; see ARCHITECTURE.md. Those that could not be opened went none.
  filesInLanes: 13,
  filesInBlocks: 14,
  filesInPieces: 15,
  /**
   * Reads in lanes that the system answered from its memory, and that had to wait for a device. Those of file systems
   * that cannot tell, and of files that say they are empty, count in neither.
   */
  readsFromMemory: 16,
  readsFromDevice: 17,
  /** Files that were asked for ahead of the workers. */
  filesPrefetched: 18,

  // Batches on their way.
  /** As of `clockNs`: records in batches that are not sealed, and the age of the oldest of these. */
  openRecords: 19,
  openAgeNs: 20,
  /** Now: slabs given to JavaScript and not yet given back, and, as of `clockNs`, how long the oldest has been away. */
  slabsUnreleased: 21,
  unreleasedAgeNs: 22,
  slabCount: 23,
  slabBytes: 24,
  /** Times a worker waited for a slab because JavaScript was behind. */
  slabWaits: 25,

  // Work that waits.
  /** Now: jobs that have not ended. */
  jobsActive: 26,
  /** Now: groups of files waiting for a worker, and how many may wait per job. */
  queueDepth: 27,
  queueCapacity: 28,
  /** Now: folders waiting for a lister. */
  listQueueDepth: 29,
  /** Times a worker left background work, a task or its part in a file, for an interactive job's. */
  overtakes: 30,

  // Memory.
  /** Times a reader waited at the memory ceiling. */
  memoryWaits: 31,
  memoryWaitNs: 32,
  /** The ceiling of all pools together. */
  memoryCeiling: 33,
  /** Now: what the pools may take; less than the ceiling under pressure. */
  memoryAllowed: 34,
  /** Now: bytes the pools hold, in use or free. */
  memoryHeld: 35,
  memoryPeak: 36,
  trims: 37,
  trimmedBytes: 38,
  /** Now: index in `pressureLevels`. */
  pressure: 39,
  /** Times the level rose. */
  pressureRises: 40,
  /** Now: bytes this process's group may take altogether; 0 without a limit. */
  groupLimit: 41,

  // Devices that do not answer.
  /** Now: threads that wait for one. */
  stalledThreads: 42,
  stalls: 43,
  stallsGivenUp: 44,

  /** Events written so far; event n lies in region n % `maxEvents`. */
  eventCount: 45,
} as const;

const engineRegionSlots = 64;

export const threadSlots = {
  /** Odd while the thread rewrites `name`; a reader retries. */
  nameVersion: 0,
  /** Now: index in `threadKinds`. */
  kind: 1,
  /** Now: index in `threadStates`. */
  state: 2,
  /** State changes so far: a thread whose steps stand still waits for something. */
  steps: 3,
  /** Now: 0 when no entry is in hand. */
  jobId: 4,
  entryId: 5,
  entrySize: 6,
  entryDone: 7,
  /** Files recorded and bytes read; a prefetcher's: asked for. */
  files: 8,
  bytes: 9,
  busyNs: 10,
  /** Now: how long it has waited for a device, once that is unusually long. The housekeeper's to write. */
  stalledNs: 11,
  nameLength: 12,
  /** The end of the path in hand, at most `threadNameBytes` bytes, from here on. */
  name: 13,
} as const;

export const threadNameBytes = 208;
export const threadRegionSlots = 40;

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
  /** Index in `jobPriorities`. */
  priority: 15,
} as const;

export const jobRegionSlots = 16;

export const poolSlots = {
  blockBytes: 0,
  /** Now: blocks the class holds, in use or free. */
  held: 1,
  /** Now: blocks leased out. */
  inUse: 2,
  /** Of small blocks, those that threads keep ready count as well. */
  peak: 3,
  /** Leases served from a free block. */
  hits: 4,
  /** Leases that needed new memory: a block, or a slab of small ones. */
  misses: 5,
  /** Blocks given back to the system. */
  trimmed: 6,
} as const;

export const poolRegionSlots = 8;

/**
 * Bytes that went through an algorithm's kernels, by the way they went; all of them together are the engine's
 * `bytesHashed`. Algorithms that share one pass over a file's pieces count it each.
 */
export const algorithmSlots = {
  /** One stream at a time. */
  streamBytes: 0,
  /** Several files side by side. */
  laneBytes: 1,
  /**
   * What the lanes could have taken in the same time: `laneBytes` of it were filled. A round takes as long as its
   * longest lane, when its pieces go, the longest first, to whichever lane is free first; it adds that lane's bytes
   * times the number of lanes. What few streams take in a narrower kernel counts as if it were the widest.
   */
  laneCapacityBytes: 2,
  /** Parts of one file, each by itself: segments or pieces. */
  partBytes: 3,
} as const;

export const algorithmRegionSlots = 8;

export const deviceSlots = {
  /** The system's number for it. */
  id: 0,
  /** Index in `deviceClasses`. */
  class: 1,
  /** Workers that may read from it at once; 0 for any number. */
  readers: 2,
  /** Now: workers that have files of it in hand. */
  active: 3,
  /** Now: threads that it does not answer. */
  stalled: 4,
  /** Now: 1 when it was given up until it answers. */
  givenUp: 5,
  bytesRead: 6,
  nameLength: 7,
  /** Where it is mounted, at most `deviceNameBytes` bytes, from here on. */
  name: 8,
} as const;

export const deviceNameBytes = 128;
export const deviceRegionSlots = 24;

export const eventSlots = {
  /** The event's number, from 1, written last; 0 while the others are being written. */
  number: 0,
  atNs: 1,
  /** Index in `eventKinds`. */
  kind: 2,
  value: 3,
  detail: 4,
} as const;

export const eventRegionSlots = 8;

export const maxWorkers = 64;
export const maxThreads = 128;
export const maxJobs = 64;
export const maxPools = 16;
const maxAlgorithms = 64;
export const maxDevices = 32;
export const maxEvents = 64;
export const maxReasons = 128;

export const threadsAt = engineRegionSlots;
export const jobsAt = threadsAt + maxThreads * threadRegionSlots;
export const poolsAt = jobsAt + maxJobs * jobRegionSlots;
export const algorithmsAt = poolsAt + maxPools * poolRegionSlots;
export const devicesAt = algorithmsAt + maxAlgorithms * algorithmRegionSlots;
export const eventsAt = devicesAt + maxDevices * deviceRegionSlots;
export const reasonsAt = eventsAt + maxEvents * eventRegionSlots;
export const statsSlots = reasonsAt + maxReasons;
export const statsBytes = statsSlots * 8;
