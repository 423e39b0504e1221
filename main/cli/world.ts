/** What the command touches outside itself, so that a test can run it without a process. */
import type { ByteSink } from '../base/byte-sink.ts';
import type { Engine, EngineOptions } from '../engine/engine.ts';

export type { ByteSink };

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
  /** Asks on the terminal, without showing what is typed. Rejects where there is none, and when it is interrupted. */
  readonly askPassphrase: (prompt: string) => Promise<Uint8Array>;
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
