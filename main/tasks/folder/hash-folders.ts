/**
 * Hashes all files of folders, without what lies in folders below: the engine opens each folder once and finds its files
 * by itself, which takes much less than naming every file.
 */
import type { BatchView } from '#shared/batch/reader.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { leftoverPattern } from '../../base/output/leftovers.ts';
import type { Steps } from '../pipeline/stepped-task.ts';
import { inFolder } from './folder-names.ts';
import { GroupRuns, groupSize } from './group-runs.ts';

/** Files of one job of the engine, about. */
const groupFiles = 32_768;

export interface HashFoldersOptions {
  readonly steps: Steps;
  /** Absolute. */
  readonly root: Uint8Array;
  /** What became of a file; its name, below the root, begins at `start` in the bytes of the batch. */
  readonly record: (batch: BatchView, index: number, start: number) => void;
  /** Called after each batch's records; the next ones come once it has settled. */
  readonly flush?: () => Promise<void>;
}

interface Group {
  readonly roots: Uint8Array[];
  readonly algorithms: readonly AlgorithmName[];
  files: number;
}

export class HashFolders {
  readonly #options: HashFoldersOptions;
  /** The root, and the separator behind it. */
  readonly #prefix: Buffer;
  readonly #groups = new Map<string, Group>();
  readonly #runs: GroupRuns<Group>;

  constructor(options: HashFoldersOptions) {
    this.#options = options;
    this.#prefix = inFolder(options.root, new Uint8Array(1)).subarray(0, -1);
    this.#runs = new GroupRuns((group) => this.#hash(group), options.flush);
  }

  /** `path`: relative to the root. Await what it gives, if anything: that is the back-pressure. */
  add(path: Uint8Array, files: number, algorithms: readonly AlgorithmName[]): Promise<void> | undefined {
    const key = algorithms.join();
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { roots: [], algorithms, files: 0 };
      this.#groups.set(key, group);
    }
    group.roots.push(inFolder(this.#options.root, path));
    group.files += files;
    if (group.files < groupSize(this.#runs.started, groupFiles)) return undefined;
    this.#groups.delete(key);
    return this.#runs.start(group);
  }

  /** Resolves once all folders are done. Rejects with what any of the jobs failed with. */
  async finish(): Promise<void> {
    for (const group of this.#groups.values()) await this.#runs.start(group);
    this.#groups.clear();
    await this.#runs.finish();
  }

  async #hash({ roots, algorithms }: Group): Promise<void> {
    const prefix = this.#prefix;
    await this.#runs.hash(
      this.#options.steps,
      { roots, algorithms, maxDepth: 0, exclude: [leftoverPattern] },
      (batch, index) => {
        const start = batch.nameStart(index);
        // What has another beginning is no file of these folders.
        for (let at = 0; at < prefix.length; at++) if (batch.bytes[start + at] !== prefix[at]) return;
        this.#options.record(batch, index, start + prefix.length);
      },
    );
  }
}
