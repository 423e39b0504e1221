/**
 * Merged results held against a manifest, both in the order of the walk: one pass over both. An entry is ok only when its
 * file was read to its end, has the size that the manifest says where it says one, and has every digest it names.
 */
import type { BatchView } from '#shared/batch/reader.ts';
import { walkComparer } from '#shared/batch/walk-compare.ts';
import { algorithm } from '#shared/tables/algorithms.ts';
import { failedStatuses } from '#shared/tables/statuses.ts';
import { digestText } from '#shared/text/digest-text.ts';
import type { EntryStatus } from '#shared/verify/statuses.ts';
import { expectedSize } from './expected.ts';

const compare = walkComparer(process.platform === 'win32');

export interface Verdict {
  readonly status: EntryStatus;
  readonly name: Uint8Array;
  /** For people; '' where there is nothing to say. */
  readonly detail: string;
}

interface Place {
  readonly batch: BatchView;
  readonly index: number;
}

export class HeldAgainst {
  readonly #sorted: AsyncIterator<BatchView>;
  readonly #judged: (verdict: Verdict) => void;
  /** The next entry; undefined after the last. */
  #entry: Place | undefined;

  /** Call `begin` first. `judged` is called for each entry, and for results that no entry names. */
  constructor(sorted: AsyncIterable<BatchView>, judged: (verdict: Verdict) => void) {
    this.#sorted = sorted[Symbol.asyncIterator]();
    this.#judged = judged;
  }

  begin(): Promise<void> {
    return this.#load();
  }

  /** The next result, in order. Await what it gives, if anything. */
  take(batch: BatchView, index: number): Promise<void> | undefined {
    const entry = this.#entry;
    if (entry === undefined || compare({ batch, index }, entry) < 0) {
      this.#unlisted(batch, index);
      return undefined;
    }
    return this.#takeListed(batch, index);
  }

  async #takeListed(batch: BatchView, index: number): Promise<void> {
    const found = { batch, index };
    let isListed = false;
    while (this.#entry !== undefined) {
      const order = compare(this.#entry, found);
      if (order > 0) break;
      if (order < 0) this.#missing(this.#entry);
      else {
        isListed = true;
        const judged = judge(this.#entry, found);
        if (judged !== undefined) this.#judged({ ...judged, name: batch.nameBytes(index).slice() });
      }
      const next = this.#advance();
      if (next !== undefined) await next;
    }
    if (!isListed) this.#unlisted(batch, index);
  }

  /** After the last result. */
  async end(): Promise<void> {
    while (this.#entry !== undefined) {
      this.#missing(this.#entry);
      const next = this.#advance();
      if (next !== undefined) await next;
    }
  }

  #advance(): Promise<void> | undefined {
    const { batch, index } = this.#entry!;
    if (index + 1 >= batch.count) return this.#load();
    this.#entry = { batch, index: index + 1 };
    return undefined;
  }

  async #load(): Promise<void> {
    const { done, value } = await this.#sorted.next();
    this.#entry = done === true ? undefined : { batch: value, index: 0 };
  }

  #missing({ batch, index }: Place): void {
    this.#judged({ status: 'missing', name: batch.nameBytes(index).slice(), detail: '' });
  }

  #unlisted(batch: BatchView, index: number): void {
    const status = batch.status(index);
    // What a walk skips is in no manifest.
    if (status === 'skipped') return;
    const name = batch.nameBytes(index).slice();
    if (failedStatuses.has(status)) this.#judged({ status: 'unreadable', name, detail: batch.errorCode(index) });
    else this.#judged({ status: 'unlisted', name, detail: '' });
  }
}

/** Undefined for what both skip. */
function judge(entry: Place, found: Place): Omit<Verdict, 'name'> | undefined {
  const status = found.batch.status(found.index);
  if (status === 'skipped' && entry.batch.algorithms.length === 0) return undefined;
  if (status === 'missing') return { status: 'missing', detail: '' };
  if (status !== 'ok') return { status: 'unreadable', detail: found.batch.errorCode(found.index) };
  const { algorithms } = entry.batch;
  for (const name of algorithms) {
    const expected = entry.batch.digest(entry.index, name)!;
    const actual = found.batch.digest(found.index, name);
    if (actual === null) return { status: 'not-comparable', detail: `no ${algorithm(name).label} was computed` };
    if (Buffer.compare(expected, actual) === 0) continue;
    const { label, encoding } = algorithm(name);
    const text = (digest: Uint8Array): string => digestText(digest, encoding);
    return { status: 'changed', detail: `${label} is ${text(actual)}, not ${text(expected)}` };
  }
  const size = expectedSize(entry.batch, entry.index);
  const actualSize = found.batch.size(found.index);
  if (size !== null && size !== actualSize) return { status: 'changed', detail: `${actualSize} bytes, not ${size}` };
  return algorithms.length === 0 ? { status: 'not-comparable', detail: 'no digest' } : { status: 'ok', detail: '' };
}
