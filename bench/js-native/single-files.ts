/** Automatic batching: single calls that become one job, against a native job for each file. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Engine, EngineJobSpec } from '../../main/engine/engine.ts';
import { loadEngine } from '../../main/engine/native-engine.ts';
import { eachFileByItself } from '../../main/engine/single-file-queue.ts';
import { atLeast } from '../measuring/figures.ts';
import type { Suite } from '../measuring/suite.ts';
import { compareAsync } from './compare.ts';

const algorithms = ['sha256'] as const;
/** The engine takes 64, and lets go of one a moment after its end is reported. */
const jobsAtOnce = 32;

const jobFor = (root: Uint8Array): EngineJobSpec => ({
  ...eachFileByItself,
  algorithms,
  roots: [root],
  onBatch: (_batch, release) => release(),
});

async function allByJobs(engine: Engine, roots: readonly Uint8Array[]): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < roots.length) await engine.start(jobFor(roots[next++]!)).done;
  };
  await Promise.all(Array.from({ length: Math.min(jobsAtOnce, roots.length) }, lane));
}

export const singleFiles: Suite = {
  name: 'single-files',
  about: 'Many calls for single files in one turn of the event loop, as one job or as a job each.',
  async run(setting) {
    const folder = path.join(setting.scratch, 'single-files');
    mkdirSync(folder);
    const roots = Array.from({ length: 1000 }, (_, index) => {
      const file = path.join(folder, String(index));
      writeFileSync(file, Buffer.alloc(1000, index));
      return Buffer.from(file);
    });
    const engine = loadEngine();
    try {
      const row = await compareAsync(
        {
          what: `single-files/${roots.length} calls in a turn`,
          per: 'call',
          note: 'Files of 1000 bytes in the page cache; opening, reading and hashing them is part of both.',
        },
        {
          'engine.hash': () => Promise.all(roots.map((root) => engine.hash(root, { algorithms }))),
          'a native job each': () => allByJobs(engine, roots),
        },
        roots.length,
        setting,
      );
      return [{ ...row, thresholds: [atLeast(4, row, 'a native job each')] }];
    } finally {
      await engine.close();
    }
  },
};
