/** The byte channels of all windows: one each, and all of them hear of every job. */
import type { BytePort } from '../host.ts';
import type { Job } from '../jobs/job.ts';
import { Delivery, type DeliverySources } from './delivery.ts';

export class Deliveries {
  readonly #sources: DeliverySources;
  readonly #byWindow = new Map<string, Delivery>();

  constructor(sources: DeliverySources) {
    this.#sources = sources;
  }

  /** Serves the window until the port closes. `gone` is called then. */
  attach(windowId: string, port: BytePort, gone: () => void): void {
    // A socket that breaks is replaced before its end is noticed: a window has one channel.
    this.#byWindow.get(windowId)?.close();
    const delivery = new Delivery(port, this.#sources);
    this.#byWindow.set(windowId, delivery);
    port.onClose(() => {
      if (this.#byWindow.get(windowId) === delivery) this.#byWindow.delete(windowId);
      gone();
    });
  }

  /** Batches that the window has been sent and has not acknowledged. */
  unacknowledged(windowId: string): number {
    return this.#byWindow.get(windowId)?.unacknowledged ?? 0;
  }

  /** A journal has ended, or there is a new one. */
  wake(): void {
    for (const delivery of this.#byWindow.values()) delivery.wake();
  }

  /** A journal has grown by this batch, whose bytes are still at hand. */
  batchWritten(job: Job, sequence: number, batch: Uint8Array): void {
    for (const delivery of this.#byWindow.values()) delivery.batchWritten(job, sequence, batch);
  }

  close(): void {
    for (const delivery of this.#byWindow.values()) delivery.close();
  }
}
