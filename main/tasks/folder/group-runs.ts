/** Groups of files, each one job of the engine, two of which run at once, so that the engine never waits for the next. */
import type { BatchView } from '#shared/batch/reader.ts';
import type { EngineJobSpec } from '../../engine/engine.ts';
import { BatchPump } from '../pipeline/batch-pump.ts';
import type { Steps } from '../pipeline/stepped-task.ts';

const groupsAtOnce = 2;

/** The first groups are smaller, so that the engine has work soon. */
export function groupSize(started: number, most: number): number {
  return Math.min(most, 2_048 * 4 ** started);
}

export class GroupRuns<Group> {
  readonly #hashGroup: (group: Group) => Promise<void>;
  readonly #flush: () => Promise<void>;
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly cause: unknown } | undefined;
  #started = 0;

  /** `flush` is called after each batch's records; the next ones come once it has settled. */
  constructor(hashGroup: (group: Group) => Promise<void>, flush: () => Promise<void> = async () => undefined) {
    this.#hashGroup = hashGroup;
    this.#flush = flush;
  }

  /** Groups so far. */
  get started(): number {
    return this.#started;
  }

  /** Resolves once there is room for the next. Rejects with what any group failed with. */
  async start(group: Group): Promise<void> {
    this.#started++;
    const run: Promise<void> = this.#hashGroup(group)
      .catch((cause: unknown) => {
        this.#failure ??= { cause };
      })
      .finally(() => this.#running.delete(run));
    this.#running.add(run);
    while (this.#running.size >= groupsAtOnce) await Promise.race(this.#running);
    if (this.#failure !== undefined) throw this.#failure.cause;
  }

  async finish(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    if (this.#failure !== undefined) throw this.#failure.cause;
  }

  /** One job; `record` is called once for each record, in any order. */
  async hash(
    steps: Steps,
    spec: Pick<EngineJobSpec, 'roots' | 'algorithms'> & Partial<EngineJobSpec>,
    record: (batch: BatchView, index: number) => void,
  ): Promise<void> {
    const pump = new BatchPump({
      order: 'completion',
      record,
      isFull: () => true,
      flush: this.#flush,
      // The group ends soon, and `finish` rejects then.
      onFailure: () => undefined,
    });
    const { files } = await steps.hash({ ...spec, order: 'completion', countAhead: false, feeds: 0 }, pump);
    await pump.finish(files);
  }
}
