/**
 * Serves one window's byte channel: batches with at most `maxUnacknowledgedBatches` under way, and
 * the stats block when it is asked for. A window that keeps up gets each batch in the moment in
 * which it was written, from the bytes at hand; one that does not gets it out of the journal. There
 * is no queue here: what a window has not taken lies in the journal, and one stats answer at most
 * waits for its time.
 */
import { byteChannelRequest, maxUnacknowledgedBatches } from '#shared/contract/byte-channel.ts';
import { JournalError, type JournalReader } from '../../store/journal.ts';
import { MessageBudget } from '../contract/message-budget.ts';
import type { BytePort } from '../host.ts';
import type { Job } from '../jobs/job.ts';

/** A window gets no more stats than it can draw. */
const statsIntervalMs = 1000 / 30;

/** A page that sends this many messages of no known form is broken or hostile; its channel is closed. */
const maxMalformed = 100;

export interface DeliverySources {
  job(id: number): Job | undefined;
  /** The engine's live stats block. */
  readonly stats: Uint8Array;
}

interface Subscription {
  readonly job: Job;
  readonly reader: JournalReader;
  /** Sequence number of the batch to send next. */
  next: number;
}

export class Delivery {
  readonly #port: BytePort;
  readonly #sources: DeliverySources;
  /** In the order of their turn. */
  readonly #subscriptions = new Map<number, Subscription>();
  readonly #budget = new MessageBudget();
  #unacknowledged = 0;
  #malformed = 0;
  #pumping = false;
  #closed = false;
  #statsSentAt = Number.NEGATIVE_INFINITY;
  #statsTimer: NodeJS.Timeout | null = null;
  /** What batches are read back into, one after the other. */
  #room: Uint8Array<ArrayBuffer> | null = null;

  constructor(port: BytePort, sources: DeliverySources) {
    this.#port = port;
    this.#sources = sources;
    port.onMessage((message) => this.#receive(message));
    port.onClose(() => this.close());
  }

  /** Batches posted and not yet acknowledged. */
  get unacknowledged(): number {
    return this.#unacknowledged;
  }

  /** A journal has ended, or there is a new one. */
  wake(): void {
    for (const subscription of this.#subscriptions.values()) closeIfDone(subscription);
    void this.#pump();
  }

  /** A journal has grown by this batch, whose bytes are still at hand. */
  batchWritten(job: Job, sequence: number, batch: Uint8Array): void {
    const subscription = this.#subscriptions.get(job.id);
    if (subscription === undefined) return;
    // While something is read back, what comes meanwhile has to wait for its turn.
    if (this.#pumping || subscription.next !== sequence || this.#unacknowledged >= maxUnacknowledgedBatches) {
      void this.#pump();
    } else {
      this.#postBatch(subscription, batch);
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#statsTimer !== null) clearTimeout(this.#statsTimer);
    for (const id of [...this.#subscriptions.keys()]) this.#unsubscribe(id);
    this.#port.close();
  }

  #receive(message: unknown): void {
    if (this.#closed) return;
    if (isAcknowledgement(message)) {
      this.#acknowledge();
      return;
    }
    const parsed = byteChannelRequest.safeParse(message);
    if (!parsed.success) {
      this.#countMalformed();
      return;
    }
    if (/* guard: number of requests, number of requests over a socket */ !this.#budget.take()) {
      this.close();
      return;
    }
    const request = parsed.data;
    switch (request.kind) {
      case 'subscribe':
        this.#subscribe(request.jobId, request.sequence);
        break;
      case 'unsubscribe':
        this.#unsubscribe(request.jobId);
        break;
      case 'acknowledge':
        this.#acknowledge();
        return;
      case 'stats':
        this.#requestStats();
        return;
      default:
        request satisfies never;
    }
    void this.#pump();
  }

  /** Costs nothing of the budget: there are as many as batches are due, however fast. */
  #acknowledge(): void {
    if (this.#unacknowledged === 0) {
      this.#countMalformed();
      return;
    }
    this.#unacknowledged--;
    void this.#pump();
  }

  #countMalformed(): void {
    // guard: malformed requests
    if (++this.#malformed >= maxMalformed) this.close();
  }

  /** A job that is not known has been forgotten meanwhile; the window learns that from its list. */
  #subscribe(jobId: number, sequence: number): void {
    this.#unsubscribe(jobId);
    const job = this.#sources.job(jobId);
    if (job === undefined) return;
    this.#subscriptions.set(jobId, { job, reader: job.journal.openReader(), next: sequence });
  }

  #unsubscribe(jobId: number): void {
    const subscription = this.#subscriptions.get(jobId);
    this.#subscriptions.delete(jobId);
    void subscription?.reader.close();
  }

  /** Sends what credit and journals allow. One run at a time, so batches keep their order. */
  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (!this.#closed && this.#unacknowledged < maxUnacknowledgedBatches) {
        const subscription = this.#takeTurn();
        if (subscription === undefined) break;
        await this.#sendNext(subscription);
      }
    } finally {
      this.#pumping = false;
    }
  }

  /** The next subscription with something to send; it goes to the end of the line. */
  #takeTurn(): Subscription | undefined {
    for (const [id, subscription] of this.#subscriptions) {
      if (subscription.next >= subscription.job.journal.batches) continue;
      this.#subscriptions.delete(id);
      this.#subscriptions.set(id, subscription);
      return subscription;
    }
    return undefined;
  }

  async #sendNext(subscription: Subscription): Promise<void> {
    const { job, reader } = subscription;
    let batch: Uint8Array;
    try {
      batch = await reader.read(subscription.next, (length) => this.#roomFor(length));
    } catch (error) {
      // Replaced or ended while it was read: that subscription's reader is closed, rightly.
      if (this.#subscriptions.get(job.id) !== subscription) return;
      this.#unsubscribe(job.id);
      if (error instanceof JournalError && error.code !== 'JOURNAL_REMOVED') job.lost(error);
      return;
    }
    if (this.#closed || this.#subscriptions.get(job.id) !== subscription) return;
    this.#postBatch(subscription, batch);
    closeIfDone(subscription);
  }

  #roomFor(length: number): Uint8Array<ArrayBuffer> {
    if (this.#room === null || this.#room.length < length) this.#room = new Uint8Array(length);
    return this.#room;
  }

  #postBatch(subscription: Subscription, batch: Uint8Array): void {
    subscription.next++;
    this.#unacknowledged++;
    this.#post(batch);
  }

  #requestStats(): void {
    if (this.#statsTimer !== null) return;
    const wait = this.#statsSentAt + statsIntervalMs - performance.now();
    if (wait <= 0) {
      this.#sendStats();
      return;
    }
    this.#statsTimer = setTimeout(() => {
      this.#statsTimer = null;
      this.#sendStats();
    }, wait);
  }

  #sendStats(): void {
    this.#statsSentAt = performance.now();
    this.#post(this.#sources.stats);
  }

  /** A port whose other end is gone may throw; its close event may come later or never. */
  #post(frame: Uint8Array): void {
    try {
      this.#port.post(frame);
    } catch {
      this.close();
    }
  }
}

/** Frees the file's handle; the reader opens it again should that ever be needed. */
function closeIfDone({ job, reader, next }: Subscription): void {
  if (job.journal.finished && next >= job.journal.batches) void reader.close();
}

/** What the schema would say of it, without the cost: this one comes with every batch. */
function isAcknowledgement(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'acknowledge';
}
