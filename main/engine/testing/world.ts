/** A folder of its own and jobs on the real engine, for tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import type { Engine, EngineJobSpec } from '../engine.ts';

export const temporaryFolder = (): { path: string; remove(): void } => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hashlane-test-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A job over `roots` with plain settings; override what the test is about. */
export function spec(roots: readonly (string | Uint8Array)[], changes: Partial<EngineJobSpec> = {}): EngineJobSpec {
  return {
    roots: roots.map((root) => (typeof root === 'string' ? bytes(root) : root)),
    algorithms: ['md5'],
    order: 'walk',
    hidden: true,
    followSymlinks: false,
    oneFileSystem: false,
    include: [],
    exclude: [],
    countAhead: false,
    feeds: 0,
    onBatch: (_batch, release) => release(),
    ...changes,
  };
}

/** Runs the job and gives copies of its batches. */
export async function batchesOf(engine: Engine, job: EngineJobSpec): Promise<BatchView[]> {
  const views: BatchView[] = [];
  const running = engine.start({
    ...job,
    onBatch: (batch, release) => {
      views.push(openBatch(batch.slice()));
      release();
    },
  });
  await running.done;
  return views;
}
