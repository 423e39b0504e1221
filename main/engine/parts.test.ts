/** What several machines share: listing without reading, hashing what was listed, and shards. The real engine, real files. */
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { walkComparer } from '#shared/batch/walk-compare.ts';
import type { Engine, EngineJobSpec } from './engine.ts';
import { loadEngine } from './native-engine.ts';
import { batchesOf, spec, temporaryFolder } from './testing/world.ts';

interface Line {
  readonly name: string;
  readonly line: string;
  readonly root: number;
}

async function linesOf(engine: Engine, roots: readonly string[], changes: Partial<EngineJobSpec>): Promise<Line[]> {
  const batches = await batchesOf(engine, spec(roots, changes));
  const compare = walkComparer(false);
  return batches
    .flatMap((batch) => Array.from({ length: batch.count }, (_, index) => ({ batch, index })))
    .sort(compare)
    .map(({ batch, index }) => ({
      name: batch.name(index),
      root: batch.root(index),
      line: [
        batch.name(index),
        batch.size(index),
        batch.status(index),
        batch.errorCode(index),
        batch.digestText(index, 'md5'),
      ].join(' '),
    }));
}

async function world() {
  const folder = temporaryFolder();
  const engine = loadEngine({ threads: 2 });
  const at = (...names: string[]): string => path.join(folder.path, ...names);
  mkdirSync(at('sub', 'deep'), { recursive: true });
  for (const name of ['a', 'sub/b', 'sub/deep/c', 'sub.d', '\u00e9', '.hidden']) writeFileSync(at(name), `<${name}>`);
  symlinkSync('a', at('link'));
  symlinkSync('..', at('sub', 'up'));
  symlinkSync('nowhere', at('sub', 'dangling'));
  return {
    at,
    engine,
    root: folder.path,
    lines: (changes: Partial<EngineJobSpec> = {}, roots = [folder.path]) => linesOf(engine, roots, changes),
    async [Symbol.asyncDispose]() {
      await engine.close();
      chmodSync(at('sub', 'deep'), 0o700);
      folder.remove();
    },
  };
}

const text = (lines: readonly Line[]): string[] => lines.map(({ line }) => line);

test.each([
  ['links are skipped', {}],
  ['links are followed', { followSymlinks: true }],
  ['filters choose', { minSize: 4, exclude: ['sub.d'], hidden: false }],
] as const)(
  'a list names what a walk meets where %s, with sizes and no digest, and hashing the list gives what the walk gives',
  async (_, walk) => {
    await using w = await world();
    const listed = await w.lines({ ...walk, listOnly: true, algorithms: [] });
    const walked = await w.lines({ ...walk, algorithms: ['md5'] });
    expect(listed.map(({ name }) => name)).toEqual(walked.map(({ name }) => name));
    expect(text(listed)).toEqual(text(walked).map((line) => line.replace(/ [0-9a-f]{32}$/, ' ')));
    const hashed = await w.lines(
      { ...walk, listed: true, algorithms: ['md5'] },
      listed.map(({ name }) => name),
    );
    expect(text(hashed)).toEqual(text(walked));
    expect(hashed.every(({ root }) => root === 0)).toBe(true);
  },
);

test('what was listed and is another thing now does not pass for what it was', async () => {
  await using w = await world();
  const names = ['a', 'sub/b', 'sub.d'].map((name) => w.at(name));
  rmSync(w.at('a'));
  rmSync(w.at('sub.d'));
  mkdirSync(w.at('sub.d'));
  writeFileSync(w.at('sub.d', 'new'), '');
  const found = await w.lines({ listed: true, algorithms: ['md5'] }, names);
  expect(found.map(({ line }) => line.split(' ').slice(2, 4).join(' '))).toEqual([
    'missing ENOENT',
    'ok NONE',
    'changed REPLACED',
  ]);
});

test.each([1, 2, 7])(
  '%i shards have every file once, each where XXH3-64 of its path below the root says',
  async (count) => {
    await using w = await world();
    const whole = await w.lines({ algorithms: ['md5'] });
    const shards: Line[] = [];
    for (let index = 0; index < count; index++) {
      const some = await w.lines({ algorithms: ['md5'], shard: { index, count }, countAhead: true });
      for (const line of some) {
        const below = path.join(w.at('..'), `${path.basename(w.root)}.path`);
        writeFileSync(below, line.name.slice(w.root.length + 1));
        const { digests } = await w.engine.hash(below, { algorithms: ['xxh3-64'] });
        rmSync(below);
        expect(Buffer.from(digests['xxh3-64']!).readBigUInt64BE() % BigInt(count)).toBe(BigInt(index));
      }
      shards.push(...some);
    }
    expect(text(shards).sort()).toEqual(text(whole).sort());
  },
);

test('a shard that is none is refused', async () => {
  await using w = await world();
  expect(() => w.engine.start(spec([w.root], { shard: { index: 2, count: 2 } }))).toThrow(
    expect.objectContaining({ code: 'BAD_SHARD' }),
  );
});
