/**
 * The files of one job whose bytes a page sends. Each declared entry becomes one feed of the
 * engine, opened when its bytes begin to arrive, and ends exactly once: complete, or aborted. The
 * job cannot end before all of them have, so whoever knows that no bytes will come says so here.
 */

import type { UploadFailure } from '#shared/contract/sources.ts';
import { Problem } from '../../base/problem.ts';
import { EngineError, type EngineFeed, type EngineJob } from '../../engine/engine.ts';
import type { DeclaredEntry, GrantedUpload, TaskInput } from '../inputs.ts';

interface PendingUpload {
  readonly granted: GrantedUpload;
  /** Index of the source in the job: the `root` of its records. Those beyond 16 bits share the last number. */
  readonly root: number;
  /** One byte per entry: 1 once its bytes began to arrive or were given up. */
  readonly begun: Uint8Array;
}

/** Entries given up in one go before other work gets its turn. */
const abandonSlice = 1_000;

export class UploadIntake {
  readonly #job: Pick<EngineJob, 'openFeed' | 'cancel'>;
  readonly #uploads = new Map<string, PendingUpload>();
  /** What to call so that a transfer stops waiting for its next bytes. */
  readonly #waiting = new Set<() => void>();
  #closed = false;

  constructor(job: Pick<EngineJob, 'openFeed' | 'cancel'>, granted: readonly TaskInput[]) {
    this.#job = job;
    granted.forEach((one, root) => {
      if (one.kind !== 'upload') return;
      const begun = new Uint8Array(one.entries.length);
      this.#uploads.set(one.source.id, { granted: one, root: Math.min(root, 0xffff), begun });
    });
  }

  /** Windows that have files of this job. */
  get windows(): Set<string> {
    return new Set(Array.from(this.#uploads.values(), (upload) => upload.granted.windowId));
  }

  /**
   * Hashes one entry from `body`, taking bytes no faster than the engine does. Resolves once the
   * file is complete; when it throws, the rest of `body` is the caller's to dispose of. Throws
   * Problem: NOT_FOUND, CONFLICT (sent before, or the job has ended), UPLOAD_ABORTED (more or
   * fewer bytes than declared, or the connection broke).
   */
  async receive(sourceId: string, index: number, body: AsyncIterable<Uint8Array>): Promise<void> {
    const { entry, feed } = this.#begin(sourceId, index);
    try {
      await this.#pass(body[Symbol.asyncIterator](), entry.size, feed);
      await feed.end();
    } catch (error) {
      // Decided before the abort: when this was the last feed, the abort ends the job.
      const cancelled = this.#closed;
      await feed.abort(cancelled ? 'CANCELLED' : 'UPLOAD_ABORTED');
      if (cancelled) throw ended();
      if (error instanceof Problem) throw error;
      throw new Problem('UPLOAD_ABORTED', `${entry.path} was not received to its end.`);
    }
  }

  /** Records that the page cannot send the entry. Throws Problem NOT_FOUND or CONFLICT, as `receive` does. */
  async fail(sourceId: string, index: number, failure: UploadFailure): Promise<void> {
    await this.#begin(sourceId, index).feed.abort(failure);
  }

  #begin(sourceId: string, index: number): { entry: DeclaredEntry; feed: EngineFeed } {
    if (this.#closed) throw ended();
    const upload = this.#uploads.get(sourceId);
    const entry = upload?.granted.entries[index];
    if (upload === undefined || entry === undefined) throw new Problem('NOT_FOUND', 'No such file was declared.');
    if (upload.begun[index] === 1) throw new Problem('CONFLICT', `${entry.path} was sent before.`);
    return { entry, feed: this.#open(upload, index) };
  }

  /** Gives up what the window has not begun to send. */
  async windowGone(windowId: string): Promise<void> {
    for (const upload of this.#uploads.values()) {
      if (upload.granted.windowId === windowId) await this.#abandon(upload);
    }
  }

  /**
   * Cancels the engine's job, after each file that was not begun has got its feed and with it its
   * record: the engine gives none to feeds that were never opened, and opens none after its cancel.
   */
  async cancel(): Promise<void> {
    this.close();
    try {
      await this.#cancelUnbegun();
    } catch (error) {
      // A CONFLICT says that the job has ended of itself meanwhile.
      if (!(error instanceof Problem)) throw error;
    } finally {
      this.#job.cancel();
    }
  }

  /** Takes nothing from now on, and breaks off the transfers under way. */
  close(): void {
    this.#closed = true;
    for (const stop of this.#waiting) stop();
  }

  /** Throws Problem CONFLICT when the engine has ended the job and we have not heard of it yet. */
  #open(upload: PendingUpload, index: number): EngineFeed {
    upload.begun[index] = 1;
    try {
      const { path, size } = upload.granted.entries[index]!;
      return this.#job.openFeed(new TextEncoder().encode(path), upload.root, size);
    } catch (error) {
      if (error instanceof EngineError) throw ended();
      throw error;
    }
  }

  async #pass(chunks: AsyncIterator<Uint8Array>, size: number, feed: EngineFeed): Promise<void> {
    let received = 0;
    for (;;) {
      const next = await this.#unlessClosed(chunks.next());
      if (next.done) break;
      received += next.value.length;
      // guard: size of an upload
      if (received > size) break;
      await feed.write(next.value);
    }
    if (/* guard: size of an upload => received < size */ received !== size) {
      const difference = received > size ? 'more' : 'fewer';
      throw new Problem('UPLOAD_ABORTED', `The upload sent ${difference} bytes than the ${size} it declared.`);
    }
  }

  /** Waits for `work`, but not beyond `close`: a page may keep a connection open and send nothing. */
  async #unlessClosed<T>(work: Promise<T>): Promise<T> {
    let stop = (): void => undefined;
    const closed = new Promise<never>((_, reject) => {
      stop = () => reject(ended());
    });
    this.#waiting.add(stop);
    if (this.#closed) stop();
    try {
      return await Promise.race([work, closed]);
    } finally {
      this.#waiting.delete(stop);
    }
  }

  /**
   * The last feed stays open, for the engine's cancel to end: were all of them aborted, the job could
   * be over, and finished, before that. Waits for no abort, since a paused job acts on none.
   */
  async #cancelUnbegun(): Promise<void> {
    let last: EngineFeed | null = null;
    let opened = 0;
    for (const upload of this.#uploads.values()) {
      for (let index = 0; index < upload.begun.length; index++) {
        if (upload.begun[index] === 1) continue;
        const feed = this.#open(upload, index);
        void last?.abort('CANCELLED');
        last = feed;
        if (++opened % abandonSlice === 0) await new Promise(setImmediate);
      }
    }
  }

  async #abandon(upload: PendingUpload): Promise<void> {
    for (let index = 0; index < upload.begun.length; index++) {
      if (this.#closed) return;
      if (upload.begun[index] === 1) continue;
      await this.#open(upload, index).abort('UPLOAD_ABORTED');
      if (index % abandonSlice === abandonSlice - 1) await new Promise(setImmediate);
    }
  }
}

function ended(): Problem {
  return new Problem('CONFLICT', 'The job has ended and takes no more files.');
}
