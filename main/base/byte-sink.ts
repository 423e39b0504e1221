/** Takes bytes; a slow reader makes `write` slow, and nothing is kept but the chunk under way. */
export interface ByteSink {
  readonly isTerminal: boolean;
  /**
   * Settles once the bytes are gone; until then they must not change, afterwards they may. Rejects
   * with `StreamClosedError` when nobody reads any more.
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Whether a path is that of the file behind it. Absent where there is none. */
  isOwn?(name: Uint8Array): boolean;
}
