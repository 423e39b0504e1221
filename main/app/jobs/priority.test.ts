import { truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '#shared/contract/models.ts';
import { interactiveBytes, interactiveFiles } from '../../tasks/hash/priority.ts';
import { World } from '../testing/world.ts';

/** What the engine is told of a job over these files of these sizes, and over folders. */
async function priorityOver(sizes: readonly number[], folders = 0) {
  const world = new World();
  const files = sizes.map((size, index) => {
    const file = path.join(world.folder, `file-${index}`);
    writeFileSync(file, '');
    truncateSync(file, size);
    return file;
  });
  return start(world, await world.app.grant([...files, ...Array<string>(folders).fill(world.folder)]));
}

async function start(world: World, sources: readonly { id: string }[]) {
  await world.client().jobs.start({
    kind: 'hash',
    sources: sources.map(({ id }) => id),
    algorithms: ['md5'],
    walk: defaultSettings.walk,
  });
  return world.engine.jobs[0]!.spec.priority;
}

describe('a job goes first', () => {
  test('over a few files', async () => {
    expect(await priorityOver([1])).toBe('interactive');
    expect(await priorityOver(Array<number>(interactiveFiles).fill(5))).toBe('interactive');
  });

  test('over a path that is not there: its record says so at once', async () => {
    const world = new World();
    expect(await start(world, await world.app.grant([path.join(world.folder, 'missing')]))).toBe('interactive');
  });

  test('over files up to a size together', async () => {
    expect(await priorityOver([interactiveBytes - 1, 1])).toBe('interactive');
    expect(await priorityOver([interactiveBytes, 1])).toBe('background');
  });

  test('but not over many files, nor over a folder', async () => {
    expect(await priorityOver(Array<number>(interactiveFiles + 1).fill(5))).toBe('background');
    expect(await priorityOver([], 1)).toBe('background');
    expect(await priorityOver([1], 1)).toBe('background');
  });

  test('over what a page sends, by the same measure', async () => {
    const declared = async (count: number) => {
      const world = new World();
      const entries = Array.from({ length: count }, (_, index) => ({ path: `${index}.txt`, size: 3 }));
      return start(world, [await world.client().sources.declareUpload({ name: 'upload', entries })]);
    };
    expect(await declared(2)).toBe('interactive');
    expect(await declared(interactiveFiles + 1)).toBe('background');
  });
});
