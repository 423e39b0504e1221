/**
 * One digest for a data set: SHA-256 of its manifest as lines `ALGORITHM (path below the root) = digest`, each ended by
 * NUL, in the order of the walk. What `hashlane hash --base ROOT --format bsd --zero ROOT | sha256sum` prints is the same.
 */
import { createHash } from 'node:crypto';
import type { BatchView } from '#shared/batch/reader.ts';
import { ByteBuilder } from '#shared/formats/byte-builder.ts';
import { appendDigest } from '#shared/formats/digest-bytes.ts';
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';

const pieceBytes = 1 << 18;
const slash = 0x2f;

export class DataDigest {
  readonly #hash = createHash('sha256');
  readonly #out = new ByteBuilder(pieceBytes + (1 << 17));
  readonly #columns: readonly { readonly chosen: ReturnType<typeof algorithm>; readonly before: Uint8Array }[];
  readonly #between = Buffer.from(') = ');
  /** Bytes of the root and the slash behind it. */
  readonly #below: number;

  constructor(algorithms: readonly AlgorithmName[], root: Uint8Array) {
    this.#below = root.length + (root.at(-1) === slash ? 0 : 1);
    this.#columns = algorithms.map((name) => {
      const chosen = algorithm(name);
      return { chosen, before: Buffer.from(`${chosen.tag} (`) };
    });
  }

  add(batch: BatchView, index: number): void {
    const start = batch.nameStart(index);
    const end = start + batch.nameLength(index);
    // A root that is a file is called by its own name.
    const from = end - start < this.#below ? start + batch.leafOffset(index) : start + this.#below;
    for (const { chosen, before } of this.#columns) {
      const digest = batch.digestStart(index, chosen.name);
      if (digest < 0) continue;
      this.#out.bytes(before);
      this.#out.bytes(batch.bytes, from, end);
      this.#out.bytes(this.#between);
      appendDigest(this.#out, batch.bytes, digest, chosen);
      this.#out.byte(0);
    }
    if (this.#out.length >= pieceBytes) this.#flush();
  }

  /** Lower-case hex. Called once. */
  end(): string {
    this.#flush();
    return this.#hash.digest('hex');
  }

  #flush(): void {
    this.#hash.update(this.#out.written);
    this.#out.clear();
  }
}
