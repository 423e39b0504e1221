/** What the command touches outside itself, so that a test can run it without a process. */
import type { Engine, EngineOptions } from '../engine/engine.ts';

/** Takes bytes; a slow reader makes `write` slow, and nothing is kept but the chunk under way. */
export interface ByteSink {
  readonly isTerminal: boolean;
  /**
   * Settles once the bytes are gone; until then they must not change, afterwards they may. Rejects
   * with `StreamClosedError` when nobody reads any more.
   */
  write(bytes: Uint8Array): Promise<void>;
}

/** Where messages go. Writing never fails: when nobody reads them, they are dropped. */
export interface MessageSink {
  readonly isTerminal: boolean;
  /** Characters a line holds. */
  readonly columns: number;
  write(text: string): void;
  /** Settles once what was written has left the process. */
  drained(): Promise<void>;
}

export class StreamClosedError extends Error {
  constructor() {
    super('The reader closed the stream.');
    this.name = 'StreamClosedError';
  }
}

export interface World {
  /** Opens standard input; called at most once. */
  readonly openInput: () => AsyncIterable<Uint8Array>;
  readonly output: ByteSink;
  readonly messages: MessageSink;
  /** Aborted by an interruption. */
  readonly interruption: AbortSignal;
  /** Calls `listener` whenever the person wants a new address of `serve`. Returns what ends it. */
  readonly onAddressRequest: (listener: () => void) => () => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly loadEngine: (options: EngineOptions) => Engine;
  /** The folder of the built renderer, for `serve`. */
  readonly assets: string;
}
