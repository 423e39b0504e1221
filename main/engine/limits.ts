/**
 * What the engine takes from its callers at most; beyond it an EngineError INPUT_TOO_LARGE. The binding
 * refuses the same by itself (`native/binding/limits.h`), the contract has limits of its own
 * (`shared/contract/models.ts`).
 */

/** One job's paths, and the bytes of one. A name longer than `maxNameBytes` is taken in and gets its record. */
export const maxRoots = 10_000_000;
export const maxRootBytes = 1 << 20;
/** All paths of one job together, bytes. */
export const maxAllRootBytes = 2 ** 32;
/** Bytes; no record holds a longer name. */
export const maxNameBytes = 65_536;

export const maxPatterns = 10_000;
/** UTF-16 units. */
export const maxPatternLength = 65_536;

/** Files of one job whose bytes come from JavaScript. */
export const maxFeeds = 100_000_000;
/** The engine takes in at most this much of a feed at once; longer writes are cut. */
export const feedPieceBytes = 1 << 20;

/** Files that calls of `hash` wait for at once. */
export const maxCalls = 1_000_000;

export const maxMeasuringMs = 60_000;

/** A day. */
export const maxGiveUpMs = 86_400_000;
