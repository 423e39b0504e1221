/** Programs in processes of their own, whose end is what a test looks at. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findAddon } from '../addon.ts';
import { temporaryFolder } from './world.ts';

const engine = path.join(import.meta.dirname, '..', 'native-engine.ts');

/**
 * What every program begins with: `load` makes an engine, `job` a job's settings over paths, `running` resolves
 * once the job reads, `say` tells the test a line.
 */
const preamble = `
  const { loadEngine } = await import(${JSON.stringify(engine)});
  const { Worker, isMainThread, workerData, threadId } = await import('node:worker_threads');
  const { createRequire } = await import('node:module');
  const { setTimeout: sleep } = await import('node:timers/promises');
  const addonPath = ${JSON.stringify(findAddon())};
  const load = (options) => loadEngine({ threads: 2, ...options });
  const job = (roots, changes) => ({
    roots: roots.map((root) => Buffer.from(root)), algorithms: ['md5'], order: 'completion', hidden: true,
    followSymlinks: false, oneFileSystem: false, include: [], exclude: [], countAhead: false, feeds: 0,
    onBatch: (batch, release) => release(), ...changes,
  });
  const read = () => import(${JSON.stringify(path.join(import.meta.dirname, '../../../shared/stats/reader.ts'))});
  const running = async (engine) => {
    const { readStats } = await read();
    while (!readStats(engine.stats).jobs.some((job) => job.bytesDone > 0)) await sleep(1);
  };
  const { writeSync } = await import('node:fs');
  const say = (line) => writeSync(1, line + '\\n');
`;

export interface End {
  /** null when a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string[];
  readonly errors: string;
}

/** Runs the program to its end; `onLine` may act on what it says. A program that hangs is killed, and its end tells. */
export function run(
  program: string,
  {
    data = {},
    seconds = 20,
    onLine,
  }: { data?: object; seconds?: number; onLine?: (line: string, pid: number) => void } = {},
): Promise<End> {
  const source = `const data = ${JSON.stringify(data)};\n${preamble}\n${program}`;
  const folder = temporaryFolder();
  const file = path.join(folder.path, 'program.mjs');
  writeFileSync(file, source);
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  let errors = '';
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      said.push(line);
      onLine?.(line, child.pid!);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
  return new Promise((resolve) => {
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      folder.remove();
      resolve({ status, signal, said, errors });
    });
  });
}
