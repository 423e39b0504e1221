/**
 * What a manifest expects, in the order of the walk whatever order it has itself: its entries become records, which are
 * sorted outside of memory as results are.
 */
import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { BatchView } from '#shared/batch/reader.ts';
import { type RecordInput, writeBatch } from '#shared/batch/writer.ts';
import type { ManifestEntry, ManifestItem } from '#shared/checksums/model.ts';
import { createManifestReader } from '#shared/checksums/read.ts';
import { engineLimits } from '#shared/jobs/limits.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { temporaryName } from '../../base/output/leftovers.ts';
import { JournalReader } from '../../store/journal.ts';
import { systemFiles } from '../../store/journal-files.ts';
import type { BlockPlace } from '../../store/journal-reader.ts';
import { sortedResults } from '../pipeline/sorted-results.ts';

const entriesAtOnce = 500;
const bytesAtOnce = 400_000;

/** A record has no place for "size unknown": the entry id says it. */
const withoutSize = 0;
const withSize = 1;

/** Bytes, or null where the manifest does not say. */
export function expectedSize(batch: BatchView, index: number): number | null {
  return batch.entryId(index) === withSize ? batch.size(index) : null;
}

export interface Expected {
  readonly entries: number;
  /** Lines that say nothing usable, by their numbers; of many the first. */
  readonly malformed: number;
  readonly firstMalformed: readonly number[];
  /** In order. */
  sorted(): AsyncIterable<BatchView>;
  remove(): Promise<void>;
}

const maxShown = 100;

const dot = 0x2e;
const slash = 0x2f;

/** `prefix`: what the manifest's names lack of those of the results. */
function whole(name: Uint8Array, prefix: Uint8Array): Uint8Array {
  if (prefix.length === 0) return name;
  return Buffer.concat([prefix, name[0] === dot && name[1] === slash ? name.subarray(2) : name]);
}

/** Reads the manifest into a file in `folder`. Rejects with the system's error. */
export async function readExpected(
  manifest: AsyncIterable<Uint8Array>,
  fileName: string,
  prefix: Uint8Array,
  folder: string,
): Promise<Expected> {
  const file = path.join(folder, temporaryName());
  const blocks = new Blocks(await open(file, 'wx+', 0o600));
  const remove = async (): Promise<void> => {
    await blocks.close();
    await rm(file, { force: true });
  };
  const reader = createManifestReader({ fileName });
  let entries = 0;
  let malformed = 0;
  const firstMalformed: number[] = [];
  const take = async (items: readonly ManifestItem[]): Promise<void> => {
    for (const item of items) {
      const entry = entryOf(item);
      if (entry === 'comment') continue;
      if (entry !== undefined && entry.name.length + prefix.length <= engineLimits.nameBytes) {
        entries++;
        if (blocks.add({ ...entry, name: whole(entry.name, prefix) })) await blocks.write();
      } else if (malformed++ < maxShown) firstMalformed.push(item.line);
    }
  };
  try {
    for await (const chunk of manifest) await take(reader.push(chunk));
    await take(reader.end());
    await blocks.write();
  } catch (error) {
    await remove();
    throw error;
  }
  const openReader = (): JournalReader => new JournalReader(systemFiles, file, (at) => blocks.places[at]!);
  return {
    entries,
    malformed,
    firstMalformed,
    sorted: () => sortedResults({ path: file, openReader, runs: [0] }, blocks.places.length),
    remove,
  };
}

type Entry = Pick<ManifestEntry, 'name' | 'digests' | 'size'>;

/** Undefined for a line that says nothing usable. A file that is listed without a digest is listed all the same. */
function entryOf(item: ManifestItem): Entry | 'comment' | undefined {
  if (item.kind === 'comment') return 'comment';
  if (item.name === undefined || item.name.length === 0) return undefined;
  if (item.kind === 'entry') return item;
  return { name: item.name, digests: [], size: item.size ?? null };
}

/** Batches of entries with the same algorithms, one after the other in a file. */
class Blocks {
  readonly places: BlockPlace[] = [];
  readonly #file: FileHandle;
  readonly #gathered = new Map<string, { algorithms: readonly AlgorithmName[]; records: RecordInput[] }>();
  #count = 0;
  #bytes = 0;
  #length = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Whether so much is gathered that it must be written. */
  add({ name, digests, size }: Entry): boolean {
    const algorithms = [...new Set(digests.map(({ algorithm }) => algorithm))].sort();
    const key = algorithms.join();
    const group = this.#gathered.get(key) ?? { algorithms, records: [] };
    this.#gathered.set(key, group);
    group.records.push({
      entryId: size === null ? withoutSize : withSize,
      name,
      size: size ?? 0,
      digests: Object.fromEntries(digests.map(({ algorithm, bytes }) => [algorithm, bytes])),
    });
    this.#bytes += name.length + 64 + digests.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return ++this.#count >= entriesAtOnce || this.#bytes >= bytesAtOnce;
  }

  async write(): Promise<void> {
    for (const { algorithms, records } of this.#gathered.values()) {
      const bytes = writeBatch({ jobId: 1, sequence: this.places.length, algorithms, records });
      for (let done = 0; done < bytes.length; ) {
        done += (await this.#file.write(bytes, done, bytes.length - done, this.#length + done)).bytesWritten;
      }
      this.places.push({ start: this.#length, length: bytes.length });
      this.#length += bytes.length;
    }
    this.#gathered.clear();
    this.#count = 0;
    this.#bytes = 0;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
