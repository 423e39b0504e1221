/** Hashes files that are named one by one, in groups: a million paths are never in memory together. */
import type { BatchView } from '#shared/batch/reader.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { EngineError, type EngineJobSpec } from '../../engine/engine.ts';
import type { Steps } from '../pipeline/stepped-task.ts';
import { inFolder } from './folder-names.ts';
import { GroupRuns, groupSize } from './group-runs.ts';

/** No path is longer for the engine. */
export const maxPathBytes = 65_536;
/** Files of one job of the engine; records number their roots with 16 bits. */
const groupFiles = 8_192;

interface Group {
  readonly ids: number[];
  readonly roots: Uint8Array[];
  readonly algorithms: readonly AlgorithmName[];
}

export interface HashPathsOptions {
  readonly steps: Steps;
  /** Absolute; null: paths are whole already. */
  readonly root: Uint8Array | null;
  /** What became of the file that was added with this id; called once for each. */
  readonly record: (id: number, batch: BatchView, index: number) => void;
  /** How the engine reads; default: as it likes. */
  readonly reading?: Pick<EngineJobSpec, 'medium' | 'limitRate' | 'idle'>;
  /** Called after each batch's records; the next ones come once it has settled. */
  readonly flush?: () => Promise<void>;
}

export class HashPaths {
  readonly #options: HashPathsOptions;
  /** The root, and the separator behind it; empty without a root. */
  readonly #prefix: Buffer;
  readonly #groups = new Map<string, Group>();
  readonly #runs: GroupRuns<Group>;

  constructor(options: HashPathsOptions) {
    this.#options = options;
    this.#runs = new GroupRuns((group) => this.#hash(group), options.flush);
    this.#prefix = options.root === null ? Buffer.alloc(0) : inFolder(options.root, new Uint8Array(1)).subarray(0, -1);
  }

  /** `path`: relative to the root. Await what it gives, if anything: that is the back-pressure. */
  add(id: number, path: Uint8Array, algorithms: readonly AlgorithmName[]): Promise<void> | undefined {
    const key = algorithms.join();
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { ids: [], roots: [], algorithms };
      this.#groups.set(key, group);
    }
    group.ids.push(id);
    group.roots.push(this.#whole(path));
    if (group.ids.length < groupSize(this.#runs.started, groupFiles)) return undefined;
    this.#groups.delete(key);
    return this.#runs.start(group);
  }

  #whole(path: Uint8Array): Uint8Array {
    const whole = Buffer.allocUnsafe(this.#prefix.length + path.length);
    whole.set(this.#prefix);
    whole.set(path, this.#prefix.length);
    return whole;
  }

  /** Resolves once every file that was added has got its record. Rejects with what any of the jobs failed with. */
  async finish(): Promise<void> {
    for (const group of this.#groups.values()) await this.#runs.start(group);
    this.#groups.clear();
    await this.#runs.finish();
  }

  async #hash({ ids, roots, algorithms }: Group): Promise<void> {
    const spec = { roots, algorithms, filesOnly: true, ...this.#options.reading };
    await this.#runs.hash(this.#options.steps, spec, (batch, index) => {
      const root = batch.root(index);
      const path = roots[root];
      // The record must be of the very file: a digest of another one would be a wrong answer.
      if (path === undefined || Buffer.compare(path, batch.nameBytes(index)) !== 0) {
        throw new EngineError(
          'RESULTS_MISPLACED',
          'the engine named another file than it was given; please report this',
        );
      }
      this.#options.record(ids[root]!, batch, index);
    });
  }
}
