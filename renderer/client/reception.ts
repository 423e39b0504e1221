/**
 * Takes in the blocks of every job that is followed, result batches and records of a kind's own: in sequence, each
 * once, acknowledged when it is in the table. A block that is damaged or out of sequence is asked for once more; if
 * that does not help, the person is told, for rows must never be missing in silence.
 */
import { BatchError, type BatchView, openBatch } from '#shared/batch/reader.ts';
import { type ByteChannelRequest, maxUnacknowledgedBatches } from '#shared/contract/byte-channel.ts';
import type { JobSummary } from '#shared/contract/models.ts';
import { openRecords, RecordsError, type RecordsView } from '#shared/records/block.ts';

/** A piece of a job's results, as the job's kind has them. */
export type Block =
  | { readonly kind: 'batch'; readonly batch: BatchView }
  | { readonly kind: 'records'; readonly records: RecordsView };

export interface ReceptionListener {
  /** The job's blocks will come from now on. */
  follows(job: JobSummary): void;
  block(jobId: number, block: Block): void;
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
    this.#listener.follows(job);
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

  takeBatch(bytes: Uint8Array): void {
    this.#take(opened(() => ({ kind: 'batch', batch: openBatch(bytes) })));
  }

  takeRecords(bytes: Uint8Array): void {
    this.#take(opened(() => ({ kind: 'records', records: openRecords(bytes) })));
  }

  #take(block: Block | Damaged): void {
    this.#accept(block);
    this.#send({ kind: 'acknowledge' });
  }

  #accept(block: Block | Damaged): void {
    if (block instanceof BatchError || block instanceof RecordsError) {
      // Whose block it was cannot be trusted: every stream is asked to repeat what comes next.
      for (const jobId of this.#streams.keys()) this.#askAgain(jobId, block.code);
      return;
    }
    const { jobId, sequence } = block.kind === 'batch' ? block.batch : block.records;
    const stream = this.#streams.get(jobId);
    if (stream === undefined || sequence < stream.next) return;
    if (sequence > stream.next) {
      this.#askAgain(jobId, 'BATCH_MISSING');
      return;
    }
    stream.next++;
    this.#listener.block(jobId, block);
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

type Damaged = BatchError | RecordsError;

function opened(open: () => Block): Block | Damaged {
  try {
    return open();
  } catch (problem) {
    if (problem instanceof BatchError || problem instanceof RecordsError) return problem;
    throw problem;
  }
}
