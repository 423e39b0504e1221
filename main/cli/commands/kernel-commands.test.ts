/** `algorithms` and `bench`: what they print for people and for programs. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { algorithmNames, algorithms } from '#shared/tables/algorithms.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import { FakeEngine } from '../../engine/testing/fake-engine.ts';
import { TestWorld } from '../testing/test-world.ts';

const rate = z.number().positive().nullable();
const kernel = {
  implementation: z.string().min(1).nullable(),
  laneTarget: z.string().min(1).nullable(),
  lanes: z.number().int().positive(),
  selfTest: z.enum(['passed', 'failed']).nullable(),
  megabytesPerSecond: z.strictObject({ single: rate, lanes: rate }),
  laneGain: rate,
};
const algorithmsJson = z.array(
  z.strictObject({
    name: z.string(),
    label: z.string(),
    tag: z.string(),
    digestLength: z.number().int().positive(),
    encoding: z.enum(['hex', 'base32', 'base64', 'c4', 's3-etag']),
    fit: z.enum(['secure', 'broken', 'checksum']),
    family: z.string(),
    ...kernel,
  }),
);
const benchJson = z.strictObject({
  version: z.string(),
  cpu: z.array(z.string()),
  secondsPerKernel: z.number(),
  kernels: z.array(z.strictObject({ algorithm: z.enum(algorithmNames), label: z.string(), ...kernel })),
});

const fake = (): TestWorld => {
  const world = new TestWorld();
  world.engine = new FakeEngine();
  return world;
};
const text = (world: TestWorld): string => Buffer.from(world.printed, 'latin1').toString();

describe('algorithms', () => {
  test('lists every one, with what computes it and how fast', async () => {
    const world = fake();
    expect(await world.run('algorithms')).toBe(0);
    expect(text(world)).toMatch(
      /^md5 +MD5 +128 bit +broken: collisions can be made +fake +700 MB\/s +8 × AVX2 +5.60 GB\/s$/m,
    );
    expect(text(world)).toMatch(/^sha256 .* secure +not available /m);
    expect(text(world).trimEnd().split('\n')).toHaveLength(algorithms.length + 1);
  });

  test('--json gives the same to programs', async () => {
    const world = fake();
    expect(await world.run('algorithms', '--json')).toBe(0);
    const list = algorithmsJson.parse(JSON.parse(text(world)));
    expect(list.map(({ name }) => name)).toEqual(algorithmNames);
    const { id: _, ...md5 } = algorithms.find(({ name }) => name === 'md5')!;
    expect(list.find(({ name }) => name === 'md5')).toEqual({
      ...md5,
      implementation: 'fake',
      laneTarget: 'AVX2',
      lanes: 8,
      selfTest: 'passed',
      megabytesPerSecond: { single: 700, lanes: 5600 },
      laneGain: 8,
    });
  });

  test('says so where there are no lanes, and where a kernel failed', async () => {
    const engine = new FakeEngine();
    const kernels = [
      { algorithm: 'md5', implementation: 'wrong', lanes: null, selfTest: 'failed' },
      { algorithm: 'sha1', implementation: 'right', lanes: null, selfTest: 'passed' },
    ] as const;
    Object.assign(engine, { info: { ...engine.info, kernels } });
    engine.measureSpeed = async (name) => ({ singleStream: name === 'sha1' ? 2e9 : null, lanes: null });
    const world = new TestWorld();
    world.engine = engine;
    expect(await world.run('algorithms')).toBe(0);
    expect(text(world)).toMatch(/^md5 .* wrong failed its self-test and is not used +– +– +–$/m);
    expect(text(world)).toMatch(/^sha1 .* right +2.00 GB\/s +– +–$/m);
  });

  test('measures the real kernels', async () => {
    const world = new TestWorld();
    world.engine = loadEngine({ threads: 1 });
    expect(await world.run('algorithms', '--json')).toBe(0);
    for (const row of algorithmsJson.parse(JSON.parse(text(world)))) {
      expect(row, row.name).toMatchObject({ selfTest: 'passed', megabytesPerSecond: { single: expect.any(Number) } });
      expect(row.megabytesPerSecond.lanes === null, row.name).toBe(row.laneTarget === null);
      expect(row.lanes > 1, row.name).toBe(row.laneTarget !== null);
    }
  });
});

describe('bench', () => {
  test('measures the algorithms that were asked for, in the time that was given', async () => {
    const engine = new FakeEngine();
    const asked: unknown[] = [];
    engine.measureSpeed = async (name, milliseconds) => {
      asked.push([name, milliseconds]);
      return { singleStream: 1e9, lanes: null };
    };
    const world = new TestWorld();
    world.engine = engine;
    expect(await world.run('bench', '-a', 'sha1,md5', '--seconds', '.25')).toBe(0);
    expect(asked).toEqual([
      ['sha1', 250],
      ['md5', 250],
    ]);
    expect(text(world)).toMatch(/^MD5 +1.00 GB\/s +– +– +8 × AVX2 +fake$/m);
    expect(world.said).toBe('');
  });

  test('--json gives every algorithm to programs', async () => {
    const world = fake();
    expect(await world.run('bench', '--json')).toBe(0);
    const report = benchJson.parse(JSON.parse(text(world)));
    expect(report).toMatchObject({ cpu: ['AVX2'], secondsPerKernel: 0.2 });
    expect(report.kernels.map(({ algorithm }) => algorithm)).toEqual(algorithmNames);
    expect(report.kernels.find(({ algorithm }) => algorithm === 'md5')).toMatchObject({
      megabytesPerSecond: { single: 700, lanes: 5600 },
      laneGain: 8,
    });
  });

  test('tells a terminal what it measures, and leaves no trace of it', async () => {
    const world = fake();
    world.messages.isTerminal = true;
    expect(await world.run('bench', '-a', 'md5')).toBe(0);
    expect(world.said).toBe('\rmeasuring MD5 (1 of 1)\x1b[K\r\x1b[K');
  });

  test('an interruption ends it at once with status 130', async () => {
    const world = new TestWorld();
    world.engine = loadEngine({ threads: 1 });
    const started = performance.now();
    const status = world.run('bench', '--seconds', '60');
    setTimeout(() => world.interrupt(), 50);
    expect(await status).toBe(130);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(world.printed).toBe('');
    expect(world.said).toBe('hashlane: interrupted\n');
  });
});
