/** The command over an engine that hands out results as the test wants them. */
import type { RecordInput } from '#shared/batch/writer.ts';
import { FakeEngine, type FakeJob } from '../../engine/testing/fake-engine.ts';
import { TestWorld } from './test-world.ts';

const sha256 = new Uint8Array(32).fill(0xab);

/** The digest of every record, as it is printed. */
export const digest = 'ab'.repeat(32);

/** A hashed file of ten bytes called `file N`, or what `more` makes of it. */
export const record = (entryId: number, more: Partial<RecordInput> = {}): RecordInput => ({
  entryId,
  name: `file ${entryId}`,
  size: 10,
  digests: { sha256 },
  ...more,
});

/** Lets everything happen that can happen without a further event. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class FakeCommand {
  readonly engine = new FakeEngine();
  readonly world = new TestWorld();

  constructor() {
    this.world.engine = this.engine;
  }

  /** Starts the command; resolves once it has started its job. */
  async start(...argv: string[]): Promise<{ job: FakeJob; status: Promise<number> }> {
    const status = this.world.run(...argv);
    while (this.engine.jobs.length === 0) await turn();
    return { job: this.engine.jobs[0]!, status };
  }
}
