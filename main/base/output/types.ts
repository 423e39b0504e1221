import type { ByteSink } from '../byte-sink.ts';

export interface Output extends ByteSink {
  /** Equal for two outputs that lead to one file, however they were spelled. */
  readonly identity: string;
  /** Whether `name`, as it stands in a record, leads to the file that will be replaced. */
  isOwn(name: Uint8Array): boolean;
  /** All is written: gives the file its name. Rejects with FailedAttempt, which names the file that is kept then. */
  commit(): Promise<void>;
  /** Leaves everything as it was before; after `commit` it does nothing. */
  discard(): Promise<void>;
}

export interface OutputOptions {
  /** Replace a file even where it is write-protected. */
  readonly force?: boolean;
  /** Of a file that is new; a replaced one's is kept. Default: 0666 less the umask. */
  readonly mode?: number;
  /** Replace whatever stands there at the end; default: only what stood there at the beginning. */
  readonly replaceChanged?: boolean;
  /** Ends the waiting for the reader of a pipe. */
  readonly signal?: AbortSignal;
}
