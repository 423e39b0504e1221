/** The lists of a plan while they are written: many at once, few of them open. */
import { createHash } from 'node:crypto';
import { appendFile, open } from 'node:fs/promises';
import path from 'node:path';
import { listName, type PlanPart } from '#shared/shards/plan.ts';
import type { Entry } from './entries.ts';

/** Gathered for all parts together before the fullest is written. */
const gatheredBytes = 32 << 20;
const leastBytes = 4 << 10;

class PartList {
  entries = 0;
  bytes = 0;
  readonly #path: string;
  readonly #hash = createHash('sha256');
  #chunks: Uint8Array[] = [];
  gathered = 0;

  constructor(path: string) {
    this.#path = path;
  }

  add({ size, bytes }: Entry): void {
    this.entries++;
    this.bytes += size;
    // The entry is a view of what is read next.
    this.#chunks.push(bytes.slice());
    this.gathered += bytes.length;
  }

  async write(): Promise<void> {
    const chunk = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.gathered = 0;
    this.#hash.update(chunk);
    await appendFile(this.#path, chunk, { mode: 0o600 });
  }

  async finish(): Promise<string> {
    await this.write();
    const file = await open(this.#path, 'r+');
    await file.sync().finally(() => file.close());
    return this.#hash.digest('hex');
  }
}

export class PartLists {
  readonly #parts: PartList[];
  readonly #atOnce: number;

  constructor(folder: string, parts: number) {
    this.#parts = Array.from({ length: parts }, (_, part) => new PartList(path.join(folder, listName(part))));
    this.#atOnce = Math.max(leastBytes, gatheredBytes / parts);
  }

  /** Await what it gives, if anything: that is the back-pressure. Rejects with the system's error. */
  add(part: number, entry: Entry): Promise<void> | undefined {
    const list = this.#parts[part]!;
    list.add(entry);
    return list.gathered < this.#atOnce ? undefined : list.write();
  }

  /** Writes what is left to the disk. */
  async finish(): Promise<PlanPart[]> {
    const parts: PlanPart[] = [];
    for (const [part, list] of this.#parts.entries()) {
      const digest = await list.finish();
      parts.push({ list: listName(part), entries: list.entries, bytes: list.bytes, digest });
    }
    return parts;
  }
}
