/**
 * What a job may ask for at most: one source for the contract, the engine's own checks, the command and,
 * through `scripts/contract/generate.ts`, the C++ binding, which refuses the same when somebody goes around them.
 */

/** What a window may send in one call; what is longer gets INPUT_TOO_LARGE. */
export const limits = {
  sources: 100_000,
  /** Jobs that are forgotten or exported together; also how many ended jobs are kept. */
  jobs: 10_000,
  /** Sources that are looked into in one call. */
  inspections: 100,
  patterns: 200,
  patternLength: 1_000,
  /** Entries of the history in one answer. */
  historyPage: 1_000,
  /** Characters of the name that a person gives a job. */
  jobNameLength: 200,
  /** Characters of a path. */
  pathLength: 65_536,
  /** Characters of a name that is suggested for a file. */
  fileName: 255,
  /** Characters of an upload's name. */
  nameLength: 4_096,
  uploadEntries: 1_000_000,
  /** Declared bytes of one file, of one upload, and of all uploads of a job: far from what sums of it overflow. */
  uploadBytes: 2 ** 50,
  /** Results rehashed in one call. */
  rehash: 1_000,
  /** Characters of base64 that name some results of one job: 100 million. */
  someResults: 16_777_216,
  threads: 64,
  memoryLimitMiB: 65_536,
} as const;

/** What the engine takes from its callers; beyond it an EngineError INPUT_TOO_LARGE. */
export const engineLimits = {
  /** One job's paths, and the bytes of one. A name longer than `nameBytes` is taken in and gets its record. */
  roots: 10_000_000,
  rootBytes: 2 ** 20,
  /** All paths of one job together, bytes. */
  allRootBytes: 2 ** 32,
  /** Bytes; no record holds a longer name. */
  nameBytes: 65_536,
  patterns: 10_000,
  /** UTF-16 units. */
  patternLength: 65_536,
  maxDepth: 2 ** 31 - 1,
  /** Files of one job whose bytes come from JavaScript. */
  feeds: 100_000_000,
  /** The engine takes in at most this much of a feed at once; longer writes are cut. */
  feedPieceBytes: 2 ** 20,
  /** Files that calls of `hash` wait for at once. */
  calls: 1_000_000,
  /** Bytes: more than any machine has, and far from what sums of it overflow. */
  memoryLimit: 2 ** 46,
  /** Below it the readers of one large file would wait for one another. */
  minMemoryLimit: 32 * 2 ** 20,
  measuringMs: 60_000,
  /** A day. */
  giveUpMs: 86_400_000,
} as const;
