/**
 * Takes in the batches of every job: in sequence, each once, acknowledged when it is in the table.
 * A batch that is damaged or out of sequence is asked for once more; if that does not help, the
 * person is told, for rows must never be missing in silence.
 */
import { BatchError, type BatchView, openBatch } from '#shared/batch/reader.ts';
import { type ByteChannelRequest, maxUnacknowledgedBatches } from '#shared/contract/byte-channel.ts';
import type { JobSummary, Source } from '#shared/contract/models.ts';

export interface ReceptionListener {
  folders(jobId: number, folders: readonly Uint8Array[]): void;
  batch(batch: BatchView): void;
  /** Rows of the job cannot be received; `code` says what is wrong with them. */
  broken(jobId: number, code: string): void;
}

interface Stream {
  /** The sequence number that comes next. */
  next: number;
  /** The number that was asked for once more, or −1. */
  repeated: number;
  /** Frames that were under way when it was asked for may still come out of turn: this many. */
  patience: number;
}

const encoder = new TextEncoder();

/** The folder that a source lies in, with the separator at its end; empty when it has none. */
export function folderOf(source: Source): Uint8Array {
  if (source.kind === 'upload') return new Uint8Array(0);
  const path = source.path.replace(/[/\\]+$/, '');
  return encoder.encode(path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));
}

export class Reception {
  readonly #send: (request: ByteChannelRequest) => void;
  readonly #listener: ReceptionListener;
  readonly #streams = new Map<number, Stream>();

  constructor(send: (request: ByteChannelRequest) => void, listener: ReceptionListener) {
    this.#send = send;
    this.#listener = listener;
  }

  /** Batches of the job that were taken in. */
  received(jobId: number): number {
    return this.#streams.get(jobId)?.next ?? 0;
  }

  /** Asks for the job's batches; those already here are not sent again. */
  follow(job: JobSummary): void {
    if (this.#streams.has(job.id)) return;
    this.#streams.set(job.id, { next: 0, repeated: -1, patience: 0 });
    this.#listener.folders(job.id, job.sources.map(folderOf));
    this.#subscribe(job.id);
  }

  /** After a new connection: goes on where the old one broke off. */
  resume(): void {
    for (const jobId of this.#streams.keys()) this.#subscribe(jobId);
  }

  forget(jobIds: readonly number[]): void {
    for (const jobId of jobIds) {
      if (this.#streams.delete(jobId)) this.#send({ kind: 'unsubscribe', jobId });
    }
  }

  take(bytes: Uint8Array): void {
    this.#accept(bytes);
    this.#send({ kind: 'acknowledge' });
  }

  #accept(bytes: Uint8Array): void {
    const batch = open(bytes);
    if (batch instanceof BatchError) {
      // Whose batch it was cannot be trusted: every stream is asked to repeat what comes next.
      for (const jobId of this.#streams.keys()) this.#askAgain(jobId, batch.code);
      return;
    }
    const stream = this.#streams.get(batch.jobId);
    if (stream === undefined || batch.sequence < stream.next) return;
    if (batch.sequence > stream.next) {
      this.#askAgain(batch.jobId, 'BATCH_MISSING');
      return;
    }
    stream.next++;
    this.#listener.batch(batch);
  }

  #askAgain(jobId: number, code: string): void {
    const stream = this.#streams.get(jobId)!;
    if (stream.repeated === stream.next) {
      if (--stream.patience < 0) this.#listener.broken(jobId, code);
      return;
    }
    stream.repeated = stream.next;
    stream.patience = maxUnacknowledgedBatches;
    this.#send({ kind: 'unsubscribe', jobId });
    this.#subscribe(jobId);
  }

  #subscribe(jobId: number): void {
    this.#send({ kind: 'subscribe', jobId, sequence: this.received(jobId) });
  }
}

function open(bytes: Uint8Array): BatchView | BatchError {
  try {
    return openBatch(bytes);
  } catch (problem) {
    if (problem instanceof BatchError) return problem;
    throw problem;
  }
}
