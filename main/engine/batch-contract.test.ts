/**
 * The batch has one layout in two languages. Batches that the engine made are taken apart by the
 * TypeScript reader and put together again by the TypeScript writer: the bytes must be the same.
 */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maxBatchBytes } from '#shared/batch/layout.ts';
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import { writeBatch } from '#shared/batch/writer.ts';
import { readStats } from '#shared/stats/reader.ts';
import { algorithmNames, algorithms } from '#shared/tables/algorithms.ts';
import { loadAddon } from './addon.ts';
import type { Engine } from './engine.ts';
import { loadEngine } from './native-engine.ts';
import { batchesOf, spec, temporaryFolder } from './testing/world.ts';

const folder = temporaryFolder();
let engine: Engine;

beforeAll(() => {
  engine = loadEngine({ threads: 2 });
  mkdirSync(path.join(folder.path, 'sub'));
  writeFileSync(path.join(folder.path, 'abc'), 'abc');
  writeFileSync(path.join(folder.path, 'empty'), '');
  writeFileSync(path.join(folder.path, 'sub', 'übermäßig.txt'), 'x'.repeat(300_000));
  writeFileSync(Buffer.concat([Buffer.from(`${folder.path}/bad`), Buffer.from([0xff, 0x0a])]), 'x');
  symlinkSync('nowhere', path.join(folder.path, 'link'));
});
afterAll(async () => {
  await engine.close();
  folder.remove();
});

function writtenAgain(view: BatchView): Uint8Array {
  return writeBatch({
    jobId: view.jobId,
    sequence: view.sequence,
    algorithms: view.algorithms,
    records: Array.from({ length: view.count }, (_, index) => ({
      entryId: view.entryId(index),
      name: view.nameBytes(index),
      size: view.size(index),
      modifiedNs: view.modifiedNs(index),
      status: view.status(index),
      error: view.errorCode(index),
      errorText: view.errorText(index),
      flags: view.flags(index),
      root: view.root(index),
      hashTimeNs: view.hashTimeNs(index),
      digests: Object.fromEntries(view.algorithms.map((name) => [name, view.digest(index, name) ?? undefined])),
    })),
  });
}

describe('a result batch', () => {
  test.each([
    ['one algorithm', ['md5']],
    ['digests whose lengths do not add up to a multiple of eight', ['crc32', 'sha1', 'sha224']],
    ['the last bit of the lower half of the mask', ['gost12-256']],
    ['the first bit of the upper half', ['gost12-512']],
    ['a bit of the upper half', ['btih']],
    ['bits on both sides of the middle', ['md5', 'gost12-256', 'gost12-512', 'btih']],
    ['every algorithm', algorithmNames],
  ] as const)('has the same bytes in C++ and TypeScript with %s', async (_, names) => {
    const batches = await batchesOf(engine, spec([folder.path, '/does/not/exist'], { algorithms: names }));
    expect(batches.reduce((sum, batch) => sum + batch.count, 0)).toBe(6);
    for (const batch of batches) expect(Buffer.compare(writtenAgain(batch), batch.bytes)).toBe(0);
  });

  test('with every algorithm stays within its limit, however many files there are', async () => {
    const many = path.join(folder.path, 'many');
    mkdirSync(many);
    for (let index = 0; index < 1500; index++) writeFileSync(path.join(many, `file ${index}`), `${index}`);
    const batches = await batchesOf(engine, spec([many], { algorithms: algorithmNames }));
    rmSync(many, { recursive: true });
    expect(batches.length).toBeGreaterThan(3);
    expect(batches.reduce((sum, batch) => sum + batch.count, 0)).toBe(1500);
    for (const batch of batches) {
      expect(batch.algorithms).toEqual(algorithmNames);
      expect(batch.bytes.length).toBeLessThanOrEqual(maxBatchBytes);
      for (const { name } of algorithms)
        expect(
          batch.digest(0, name)?.some((byte) => byte !== 0),
          name,
        ).toBe(true);
    }
  });

  test('is refused when a single bit of it has flipped', async () => {
    const [batch] = await batchesOf(engine, spec([folder.path]));
    for (let at = 0; at < batch!.bytes.length; at += 7) {
      const damaged = batch!.bytes.slice();
      damaged[at]! ^= 1 << (at % 8);
      expect(() => openBatch(damaged)).toThrow(/result batch/i);
    }
  });

  test('that claims more than it has, or more than the limit, is refused with its code', async () => {
    const [batch] = await batchesOf(engine, spec([folder.path]));
    expect(() => openBatch(batch!.bytes.subarray(0, batch!.bytes.length - 1))).toThrow(
      expect.objectContaining({ code: 'BATCH_TRUNCATED' }),
    );
    expect(() => openBatch(new Uint8Array((1 << 20) + 1))).toThrow(
      expect.objectContaining({ code: 'BATCH_TOO_LARGE' }),
    );
    const newer = batch!.bytes.slice();
    newer[4] = 2;
    expect(() => openBatch(newer)).toThrow(expect.objectContaining({ code: 'BATCH_VERSION' }));
  });
});

test('the algorithm tables of both sides agree', () => {
  expect(loadAddon().algorithms).toEqual(algorithms.map(({ id, name, digestLength }) => ({ id, name, digestLength })));
});

test('the stats block reads the same from both sides', async () => {
  const running = engine.start(spec([folder.path]));
  const end = await running.done;
  const reading = readStats(engine.stats);
  const job = reading.jobs.find((candidate) => candidate.jobId === running.id);
  expect(job).toMatchObject({ slot: running.slot, state: 'finished', ok: 4, skipped: 1, filesDone: 5, filesFound: 5 });
  expect(job?.bytesHashed).toBe(end.bytes);
  expect(reading.threads.filter(({ kind }) => kind === 'worker')).toHaveLength(2);
  expect(reading.reasons.map(({ code }) => code)).toEqual(['ENOENT', 'SYMLINK']);
  expect(reading.engine.slabsUnreleased).toBe(0);
  const pools = [64, 256, 1 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20];
  expect(reading.pools.map((pool) => pool.blockBytes)).toEqual(pools);
});
