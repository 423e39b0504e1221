/**
 * Folders that go to the engine while the manifest is still being read: lists are mostly in the order of a walk, so that
 * a folder is complete once the next one begins. What is not in that order waits for the walk.
 */
import type { Entries } from '#shared/verify/entries.ts';
import { listFolder } from '../folder/folder-names.ts';
import type { InsideFinder } from '../folder/inside.ts';

const slash = 0x2f;

/** A folder of fewer files is not worth opening for them. */
const leastFolderFiles = 4;

/** Folders that are looked at while reading goes on. */
const foldersAtOnce = 8;

/** Whether all files wait for the same algorithms, and there are enough of them. */
export function isUniform(entries: Entries, files: readonly number[]): boolean {
  if (files.length < leastFolderFiles) return false;
  const list = entries.soleList(files[0]!);
  return list >= 0 && files.every((file) => entries.soleList(file) === list);
}

export interface EarlyFoldersOptions {
  readonly entries: Entries;
  readonly root: Uint8Array;
  readonly finder: InsideFinder;
  /** Has all files of a folder hashed. */
  readonly begin: (folder: Uint8Array, files: readonly number[]) => Promise<void>;
}

export class EarlyFolders {
  readonly #options: EarlyFoldersOptions;
  /** The first entry that was not looked at. */
  #next = 0;
  #folder: Uint8Array | null = null;
  #files = 0;
  /** By a folder that was begun: the folders in it. */
  readonly #begun = new Map<string, readonly Uint8Array[]>();
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly cause: unknown } | undefined;
  /** One of the files. */
  #sample = -1;

  constructor(options: EarlyFoldersOptions) {
    this.#options = options;
  }

  /** Looks at the entries that were added since the last time. */
  async look(): Promise<void> {
    const { entries } = this.#options;
    for (; this.#next < entries.count; this.#next++) {
      const path = entries.path(this.#next);
      if (path < 0) continue;
      const name = entries.paths.bytes(path);
      if (this.#folder !== null && isIn(name, this.#folder)) {
        this.#files++;
        continue;
      }
      await this.#startComplete();
      this.#folder = name.subarray(0, Math.max(0, name.lastIndexOf(slash)));
      this.#files = 1;
      this.#sample = path;
    }
  }

  /** The folders in one that was begun, of which every file is listed; undefined for any other. */
  foldersIn(folder: Uint8Array): readonly Uint8Array[] | undefined {
    return this.#begun.size === 0 ? undefined : this.#begun.get(keyOf(folder));
  }

  /** Resolves once every folder that was begun is with the engine. Rejects with what `begin` rejected with. */
  async finish(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    if (this.#failure !== undefined) throw this.#failure.cause;
  }

  /** Does not wait for the folder, but for one of many: reading goes on meanwhile. */
  async #startComplete(): Promise<void> {
    if (this.#folder === null || this.#files < leastFolderFiles) return;
    const running: Promise<void> = this.#complete(this.#folder, this.#options.entries.paths.bytes(this.#sample))
      .catch((cause: unknown) => {
        this.#failure ??= { cause };
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
    while (this.#running.size >= foldersAtOnce) await Promise.race(this.#running);
    if (this.#failure !== undefined) throw this.#failure.cause;
  }

  async #complete(folder: Uint8Array, sample: Uint8Array): Promise<void> {
    const { entries, root, finder, begin } = this.#options;
    // No link leads to the folder: every step of the way to one of its files is looked at.
    const found = await finder.find(sample);
    if (found.kind !== 'file' || found.linked || Buffer.compare(found.path, sample) !== 0) return;
    const files: number[] = [];
    let isListed = true;
    let below: Uint8Array[];
    try {
      below = await listFolder(root, folder, {
        file(name, length) {
          const path = entries.paths.find(name, 0, length);
          if (path >= 0 && entries.isListed(path)) files.push(path);
          else isListed = false;
        },
        restart: () => files.splice(0),
        unreadable: () => undefined,
      });
    } catch {
      // The walk comes here too, and says why.
      return;
    }
    if (!isListed || !isUniform(entries, files)) return;
    this.#begun.set(keyOf(folder), below);
    await begin(folder, files);
  }
}

const keyOf = (folder: Uint8Array): string => Buffer.from(folder).toString('latin1');

/** Whether the file lies in the folder itself. */
function isIn(name: Uint8Array, folder: Uint8Array): boolean {
  const start = folder.length === 0 ? 0 : folder.length + 1;
  if (name.length <= start || name.lastIndexOf(slash) !== start - 1) return false;
  for (let at = 0; at < folder.length; at++) if (name[at] !== folder[at]) return false;
  return true;
}
