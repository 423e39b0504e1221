/** The files that are looked at: each name once, with its size and what file it is a name of. */
import type { BigIntStats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { ByteTable } from '#shared/verify/byte-table.ts';
import { Column } from '#shared/verify/columns.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { shownName } from '../../base/raw-names.ts';
import { systemCode } from '../../base/system-error.ts';
import { isWithin } from '../../base/within.ts';
import { inFolder, walkNames } from '../folder/folder-names.ts';
import type { Steps } from '../pipeline/stepped-task.ts';

const statsAtOnce = 64;

export class FileList {
  readonly paths = new ByteTable();
  /** Bytes; −1 for what is no file, or too small. */
  readonly sizes = new Column(Float64Array, -1);
  readonly unreadable: { readonly path: Uint8Array; readonly code: string }[] = [];
  readonly #device = new Column(Float64Array);
  readonly #inodeLow = new Column(Uint32Array);
  readonly #inodeHigh = new Column(Uint32Array);

  /** Files that were found, of at least the smallest size. */
  files = 0;

  /** Equal for two names of one file; null where the file system has no numbers for files. */
  identity(file: number): string | null {
    if (this.#inodeLow.at(file) === 0 && this.#inodeHigh.at(file) === 0) return null;
    return `${this.#device.at(file)}:${this.#inodeHigh.at(file)}:${this.#inodeLow.at(file)}`;
  }

  #take(path: Uint8Array, stats: BigIntStats, minSize: number): void {
    if (!stats.isFile() || stats.size < BigInt(minSize)) return;
    const file = this.paths.add(path);
    if (this.sizes.at(file) >= 0) return;
    this.files++;
    this.sizes.set(file, Number(stats.size));
    this.#device.set(file, Number(stats.dev));
    this.#inodeLow.set(file, Number(stats.ino & 0xffffffffn));
    this.#inodeHigh.set(file, Number(stats.ino >> 32n));
  }

  /** Rejects with FailedAttempt for a root that is not there. */
  static async of(roots: readonly Uint8Array[], minSize: number, steps: Steps): Promise<FileList> {
    const list = new FileList();
    for (const root of await outermost(roots)) {
      let waiting: Buffer[] = [];
      const drain = async (): Promise<void> => {
        await steps.checkpoint();
        const paths = waiting;
        waiting = [];
        for (let from = 0; from < paths.length; from += statsAtOnce) {
          await list.#statAll(paths.slice(from, from + statsAtOnce), minSize);
        }
      };
      if (!root.isFolder) {
        // Who names a link means what it leads to.
        await list.#statAll([root.path], minSize, stat);
        continue;
      }
      await walkNames(
        root.path,
        {
          folder: (below) => ({
            file: (name, length) => waiting.push(inFolder(root.path, name.subarray(0, length))),
            unreadable: (code) => list.unreadable.push({ path: inFolder(root.path, below), code }),
          }),
          pause: () => (waiting.length < statsAtOnce ? undefined : drain()),
        },
        steps.signal,
      );
      await drain();
    }
    return list;
  }

  async #statAll(paths: readonly Buffer[], minSize: number, look: typeof lstat = lstat): Promise<void> {
    const found = await Promise.all(
      paths.map((path) => look(path, { bigint: true }).catch((error: unknown) => systemCode(error) ?? 'EOTHER')),
    );
    paths.forEach((path, at) => {
      const stats = found[at]!;
      // What is gone since it was listed is no duplicate.
      if (typeof stats !== 'string') this.#take(path, stats, minSize);
      else if (stats !== 'ENOENT') this.unreadable.push({ path, code: stats });
    });
  }
}

interface Root {
  readonly path: Buffer;
  readonly isFolder: boolean;
}

/** Roots that lie in no other one: a folder given twice, or once as a link, is there once. */
async function outermost(roots: readonly Uint8Array[]): Promise<Root[]> {
  const found: { readonly root: Root; readonly real: Uint8Array }[] = [];
  for (const root of roots) {
    const path = Buffer.from(root);
    try {
      const real = (await realpath(path, 'buffer')) as Buffer;
      found.push({ real, root: { path, isFolder: (await lstat(real)).isDirectory() } });
    } catch (error) {
      throw new FailedAttempt(`cannot read ${shownName(root)}`, error);
    }
  }
  return found
    .filter(({ real }, at) =>
      found.every(
        (other, n) => n === at || !isWithin(real, other.real) || (real.length === other.real.length && n > at),
      ),
    )
    .map(({ root }) => root);
}
