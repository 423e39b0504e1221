/**
 * A million files, the fewest bytes that a file can have: what the engine adds to its process beside its buffers, and
 * what the whole process takes with every row held, window and core in one. Only by name: a million files are made and
 * removed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatSize } from '#shared/text/quantities.ts';
import { median } from '../measuring/statistics.ts';
import type { RowInput, Setting, Suite } from '../measuring/suite.ts';
import { judge } from '../measuring/threshold.ts';
import type { JobMemory } from './whole-job.ts';

const program = fileURLToPath(new URL('./whole-job.ts', import.meta.url));
const megabyte = 1e6;
const perFolder = 1000;

/** Files of a byte each, a thousand to a folder: an inode and a block each, and names as long as people's are. */
function makeFiles(folder: string, count: number): void {
  for (let number = 0; number < count; number++) {
    const place = path.join(folder, `folder-${String(Math.floor(number / perFolder)).padStart(4, '0')}`);
    if (number % perFolder === 0) mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, `photograph-${String(number).padStart(7, '0')}.jpeg`), 'x');
  }
}

/** In a process of its own, so that each begins with nothing. */
async function wholeJob(folder: string, files: number, rows: 'held' | 'dropped', scratch: string): Promise<JobMemory> {
  const data = path.join(scratch, `data-${process.hrtime.bigint()}`);
  const child = fork(program, [folder, String(files), rows, data], { execArgv: ['--expose-gc'] });
  let memory: JobMemory | undefined;
  child.once('message', (message) => {
    memory = message as JobMemory;
  });
  await once(child, 'exit');
  if (memory === undefined) throw new Error('The job did not come to its end');
  return memory;
}

async function run({ rounds, quick, scratch }: Setting): Promise<readonly RowInput[]> {
  const files = quick ? 100_000 : 1_000_000;
  const folder = path.join(scratch, 'million');
  makeFiles(folder, files);
  const engine: JobMemory[] = [];
  const whole: JobMemory[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      engine.push(await wholeJob(folder, files, 'dropped', scratch));
      whole.push(await wholeJob(folder, files, 'held', scratch));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const added = engine.map(({ peak, before, buffers }) => peak - before - buffers);
  const peaks = whole.map(({ peak }) => peak);
  const row = (what: string, values: number[], max: number, note: string): RowInput => ({
    what: `million/${what}`,
    per: 'process',
    unit: 'bytes',
    ours: { name: 'Hashlane', rounds: values },
    plain: [],
    thresholds: [
      judge(`under ${formatSize(max)}, in MB`, median(values) / megabyte, (value) => value < max / megabyte),
    ],
    note,
  });
  const middle = (of: (memory: JobMemory) => number, from: readonly JobMemory[]): string =>
    formatSize(median(from.map(of)));
  return [
    row(
      'what the engine adds beside its buffers',
      added,
      60 * megabyte,
      `${files.toLocaleString('en')} files; resident memory at its peak less that before the job and less slabs and pools (${middle(({ buffers }) => buffers, engine)}); batches are dropped. Journal and core included.`,
    ),
    row(
      'the whole process with all rows held',
      peaks,
      500 * megabyte,
      `${files.toLocaleString('en')} files; core and the window's table in one process. Batches ${middle(({ batchBytes }) => batchBytes, whole)}; at rest afterwards ${middle(({ after }) => after, whole)}.`,
    ),
  ];
}

export const million: Suite = {
  name: 'million',
  about: 'the memory of a job of a million files, with and without its rows held',
  byName: true,
  run,
};
