/** Each cap of the contract, at its limit and one beyond: only there the answer is INPUT_TOO_LARGE. */
import { expect, test } from 'vitest';
import { defaultSettings } from '#shared/contract/settings.ts';
import { engineLimits, limits } from '#shared/jobs/limits.ts';
import { World } from '../testing/world.ts';

type Client = ReturnType<World['client']>;
const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const names = (count: number) => ids(count).map(String);
const walk = defaultSettings.walk;
const start = (client: Client, changes: object) =>
  client.jobs.start({ kind: 'hash', sources: ['x'], algorithms: ['md5'], walk, ...changes });

test.each<[string, number, (client: Client, size: number) => Promise<unknown>]>([
  ['sources to start', limits.sources, (client, size) => start(client, { sources: names(size) })],
  ['patterns', limits.patterns, (client, size) => start(client, { walk: { ...walk, include: names(size) } })],
  [
    'a pattern',
    limits.patternLength,
    (client, size) => start(client, { walk: { ...walk, exclude: ['x'.repeat(size)] } }),
  ],
  ['a typed path', limits.pathLength, (client, size) => client.sources.addPath({ path: 'x'.repeat(size) })],
  ['a folder to list', limits.pathLength, (client, size) => client.sources.listFolder({ path: 'x'.repeat(size) })],
  ['a file to show', limits.pathLength, (client, size) => client.system.reveal({ path: 'x'.repeat(size) })],
  ['sources to remove', limits.sources, (client, size) => client.sources.remove({ ids: names(size) })],
  ['sources to look into', limits.inspections, (client, size) => client.sources.inspect({ ids: names(size) })],
  ['jobs to forget', limits.jobs, (client, size) => client.jobs.forget({ ids: ids(size) })],
  ['jobs to export', limits.jobs, (client, size) => client.results.export({ jobs: ids(size), format: 'gnu' })],
  [
    'results to rehash',
    limits.rehash,
    (client, size) => client.results.rehash({ job: 1, results: ids(size).map((entry) => ({ batch: 0, entry })) }),
  ],
  [
    'the name of an upload',
    limits.nameLength,
    (client, size) => client.sources.declareUpload({ name: 'x'.repeat(size), entries: [{ path: 'a', size: 0 }] }),
  ],
  [
    'the path of an uploaded file',
    limits.pathLength,
    (client, size) => client.sources.declareUpload({ name: 'x', entries: [{ path: 'x'.repeat(size), size: 0 }] }),
  ],
  [
    'the base of an export',
    limits.pathLength,
    (client, size) => client.results.export({ jobs: [1], format: 'gnu', base: 'x'.repeat(size) }),
  ],
  [
    'files of an upload',
    limits.uploadEntries,
    (client, size) =>
      client.sources.declareUpload({ name: 'x', entries: new Array(size).fill({ path: 'a', size: 0 }) }),
  ],
])('%s', { timeout: 60_000 }, async (_, limit, call) => {
  const client = new World().client();
  const code = (size: number) =>
    call(client, size).then(
      () => 'OK',
      (error: { code: string }) => error.code,
    );
  expect(await code(limit)).not.toBe('INPUT_TOO_LARGE');
  expect(await code(limit)).not.toBe('BAD_REQUEST');
  expect(await code(limit + 1)).toBe('INPUT_TOO_LARGE');
});

const least = engineLimits.minMemoryLimit / 2 ** 20;
test.each<[string, (value: number) => object, number, number]>([
  ['threads', (threads) => ({ threads }), 1, limits.threads],
  ['memory', (memoryLimitMiB) => ({ memoryLimitMiB }), least, limits.memoryLimitMiB],
  ['folder depth', (maxDepth) => ({ walk: { ...walk, maxDepth } }), 0, engineLimits.maxDepth],
])('the setting of %s takes what lies between its limits, and nothing beyond', async (_, change, min, max) => {
  const { settings } = new World().client();
  for (const value of [min, max]) expect(await settings.set(change(value))).toMatchObject(change(value));
  for (const value of [min - 1, max + 1]) {
    await expect(settings.set(change(value))).rejects.toMatchObject({
      code: expect.stringMatching(/^(BAD_REQUEST|INPUT_TOO_LARGE)$/),
    });
  }
  expect(await settings.get()).toMatchObject(change(max));
});
