/** Lists from the outside are capped; what is longer gets INPUT_TOO_LARGE. */
export const limits = {
  sources: 100_000,
  patterns: 200,
  patternLength: 1_000,
  pathLength: 65_536,
  uploadEntries: 1_000_000,
  /** Results hashed again in one call. */
  hashAgain: 1_000,
} as const;
