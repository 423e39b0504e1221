/** Single calls that become one job a turn, against a native job for each file. */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openBatch } from '#shared/batch/reader.ts';
import { readStats } from '#shared/stats/reader.ts';
import type { Engine, EngineJobSpec, HashResult } from '../../../main/engine/engine.ts';
import { resultOf } from '../../../main/engine/hash-result.ts';
import { loadEngine } from '../../../main/engine/native-engine.ts';
import { eachFileByItself } from '../../../main/engine/single-file-queue.ts';
import type { Row, Setting, Suite } from '../suite.ts';

const algorithms = ['sha256'] as const;
const callsInATurn = [1, 10, 100, 1000] as const;
const bar = { calls: 1000, times: 4 };
/** The engine takes 64, and lets go of one a moment after its end is told. */
const jobsAtOnce = 32;
const fileBytes = 1000;

const plainJob: Omit<EngineJobSpec, 'onBatch' | 'roots'> = { ...eachFileByItself, algorithms };

/** A native call for one file: the same result, by a job of its own. */
async function hashByJob(engine: Engine, root: Uint8Array): Promise<HashResult> {
  let result: HashResult | undefined;
  const onBatch: EngineJobSpec['onBatch'] = (bytes, release) => {
    result = resultOf(openBatch(bytes, { checksum: false }), 0);
    release();
  };
  await engine.start({ ...plainJob, roots: [root], onBatch }).done;
  return result!;
}

async function allByJobs(engine: Engine, roots: readonly Uint8Array[]): Promise<HashResult[]> {
  const results: HashResult[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < roots.length; index = next++) {
      results[index] = await hashByJob(engine, roots[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobsAtOnce, roots.length) }, lane));
  return results;
}

const allByCalls = (engine: Engine, roots: readonly Uint8Array[]): Promise<HashResult[]> =>
  Promise.all(roots.map((root) => engine.hash(root, { algorithms })));

interface Way {
  readonly name: string;
  readonly run: () => Promise<unknown>;
  readonly rounds: number[];
}

/** The first one is another in each round. */
function inTurn<T>(all: readonly T[], round: number): T[] {
  return all.map((_, turn) => all[(round + turn) % all.length]!);
}

/** Every way in each round; values are microseconds for one of `count`. */
async function inRounds(ways: readonly Way[], rounds: number, count: number, repeat: number): Promise<void> {
  for (let round = 0; round <= rounds; round++) {
    for (const way of inTurn(ways, round)) {
      const began = performance.now();
      for (let times = 0; times < repeat; times++) await way.run();
      // The first round warms.
      if (round > 0) way.rounds.push(((performance.now() - began) * 1000) / count / repeat);
    }
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function turns(engine: Engine, { rounds, quick, scratch }: Setting): Promise<Row[]> {
  const folder = path.join(scratch, 'files');
  mkdirSync(folder, { recursive: true });
  const roots = Array.from({ length: Math.max(...callsInATurn) }, (_, index) => {
    const file = path.join(folder, String(index));
    writeFileSync(file, Buffer.alloc(fileBytes, index));
    return Buffer.from(file);
  });
  const same = JSON.stringify(await allByCalls(engine, roots), withBigInts);
  if (same !== JSON.stringify(await allByJobs(engine, roots), withBigInts)) throw new Error('the ways disagree');
  const rows: Row[] = [];
  for (const count of callsInATurn) {
    const asked = roots.slice(0, count);
    const ours: Way = { name: 'engine.hash', run: () => allByCalls(engine, asked), rounds: [] };
    const plain: Way = { name: 'a native job each', run: () => allByJobs(engine, asked), rounds: [] };
    await inRounds([ours, plain], rounds, count, Math.ceil((quick ? 200 : 2000) / count));
    const ratio = median(plain.rounds.map((value, round) => value / ours.rounds[round]!));
    rows.push({
      what: `automatic batching/${count} calls in a turn`,
      per: 'call',
      unit: 'µs',
      ours: { name: ours.name, rounds: ours.rounds },
      plain: [{ name: plain.name, rounds: plain.rounds }],
      ...(count === bar.calls && {
        bar: { text: `≥ ${bar.times} ×`, value: ratio, met: ratio >= bar.times },
      }),
      note: `Files of ${fileBytes} bytes in the page cache; opening, reading and hashing them is part of both ways.`,
    });
  }
  return rows;
}

/** Resolves once the job hashes: all workers have its files in hand. */
async function atWork(engine: Engine, id: number): Promise<void> {
  const isAtWork = () => readStats(engine.stats).jobs.some((job) => job.jobId === id && job.bytesDone > 0);
  while (!isAtWork()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** One call that comes while a scan in the background keeps all workers busy; each time another scan. */
async function latency(engine: Engine, { rounds, quick, scratch }: Setting): Promise<Row> {
  const scanned = path.join(scratch, 'scanned');
  mkdirSync(scanned, { recursive: true });
  for (let index = 0; index < (quick ? 100 : 500); index++) {
    const file = path.join(scanned, String(index));
    writeFileSync(file, '');
    truncateSync(file, 1 << 20);
  }
  const small = path.join(scratch, 'small');
  writeFileSync(small, Buffer.alloc(fileBytes));
  const measured = async (priority: 'interactive' | 'background'): Promise<number> => {
    const onBatch: EngineJobSpec['onBatch'] = (_, release) => release();
    const roots = [Buffer.from(scanned)];
    const scan = engine.start({ ...plainJob, priority: 'background', filesOnly: false, roots, onBatch });
    await atWork(engine, scan.id);
    const began = performance.now();
    await engine.hash(small, { algorithms, priority });
    const spent = performance.now() - began;
    scan.cancel();
    await scan.done;
    return spent;
  };
  const spent = { interactive: [] as number[], background: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    for (const priority of inTurn(['interactive', 'background'] as const, round)) {
      const value = await measured(priority);
      // The first round warms.
      if (round > 0) spent[priority].push(value);
    }
  }
  return {
    what: 'automatic batching/a call while a scan runs',
    per: 'call',
    unit: 'ms',
    ours: { name: 'interactive', rounds: spent.interactive },
    plain: [{ name: 'background', rounds: spent.background }],
    note: 'The scan goes through files of 1 MiB, on as many workers as there are cores; it has begun when the call comes.',
  };
}

const withBigInts = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

export const automaticBatching: Suite = {
  name: 'automatic-batching',
  about: 'Many calls for single files in one turn of the event loop, as one job and one batch or as a job each.',
  async run(setting) {
    const engine = loadEngine();
    try {
      return [...(await turns(engine, setting)), await latency(engine, setting)];
    } finally {
      await engine.close();
    }
  },
};
