/** A walk that passes over what an earlier one has read: the real engine, real files. */
import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { KnownFiles } from '#shared/batch/known-files.ts';
import { recordFlags } from '#shared/batch/layout.ts';
import type { BatchView } from '#shared/batch/reader.ts';
import type { EngineJobSpec } from './engine.ts';
import { loadEngine } from './native-engine.ts';
import { batchesOf, spec, temporaryFolder } from './testing/world.ts';

async function world() {
  const folder = temporaryFolder();
  const engine = loadEngine({ threads: 2 });
  const at = (...names: string[]): string => path.join(folder.path, ...names);
  mkdirSync(at('sub'));
  for (const name of ['a', 'b', 'c', 'sub/d', 'sub/e\u00e9']) writeFileSync(at(name), name);
  const hash = (changes: Partial<EngineJobSpec> = {}) =>
    batchesOf(engine, spec([folder.path], { identities: true, ...changes }));
  return {
    at,
    hash,
    async [Symbol.asyncDispose]() {
      await engine.close();
      folder.remove();
    },
  };
}

/** Sorted: batches come in the order in which files are done. */
const names = (batches: readonly BatchView[], folder: string): string[] =>
  batches
    .flatMap((batch) => Array.from({ length: batch.count }, (_, at) => path.relative(folder, batch.name(at))))
    .sort();

function knownOf(batches: readonly BatchView[]): KnownFiles {
  const known = new KnownFiles([1, -2, 3, 0x7fffffff]);
  for (const batch of batches) for (let index = 0; index < batch.count; index++) known.add(batch, index);
  return known;
}

test('records say which file they are of only for a job that wants them to', async () => {
  await using w = await world();
  const [batch] = await w.hash();
  const bytes = new Uint8Array(32);
  for (let index = 0; index < batch!.count; index++) {
    expect(batch!.flags(index) & recordFlags.identity).toBe(recordFlags.identity);
    batch!.identityInto(index, bytes);
    const { size, mtimeNs, ctimeNs, ino } = statSync(batch!.name(index), { bigint: true });
    const view = new DataView(bytes.buffer);
    expect([0, 8, 16, 24].map((at) => view.getBigUint64(at, true))).toEqual([size, mtimeNs, ctimeNs, ino]);
  }
  const [plain] = await w.hash({ identities: false });
  expect(plain!.flags(0) & recordFlags.identity).toBe(0);
});

test.each(['walk', 'completion'] as const)('in %s order files that are as they were are passed over', async (order) => {
  await using w = await world();
  const known = knownOf(await w.hash());
  expect(known.count).toBe(5);
  const again = { order, known: known.table(), countAhead: true } as const;
  expect(await w.hash(again)).toEqual([]);
  writeFileSync(w.at('new'), 'new');
  expect(names(await w.hash(again), w.at())).toEqual(['new']);
});

test('a file is read again when its size, its times or its inode are others, and gone ones are not missed', async () => {
  await using w = await world();
  const known = knownOf(await w.hash()).table();
  writeFileSync(w.at('a'), 'longer');
  const { atime, mtime } = statSync(w.at('b'));
  // The same size and time, as a tool does that means well.
  writeFileSync(w.at('b'), 'B');
  utimesSync(w.at('b'), atime, mtime);
  writeFileSync(w.at('other'), 'c');
  renameSync(w.at('other'), w.at('c'));
  rmSync(w.at('sub/d'));
  expect(names(await w.hash({ known }), w.at())).toEqual(['a', 'b', 'c']);
});

test('roots that are files, and links that are followed, are passed over too', async () => {
  await using w = await world();
  symlinkSync('a', w.at('link'));
  const changes = { followSymlinks: true, roots: [Buffer.from(w.at('a')), Buffer.from(w.at())] };
  const first = await w.hash(changes);
  expect(names(first, w.at())).toEqual(['a', 'a', 'b', 'c', 'link', 'sub/d', 'sub/e\u00e9']);
  const known = knownOf(first);
  // By its two roots the same file is two results.
  expect(known.count).toBe(7);
  expect(await w.hash({ ...changes, known: known.table() })).toEqual([]);
});

test('a table of no known form is refused', async () => {
  await using w = await world();
  const { key } = new KnownFiles([1, 2, 3, 4]).table();
  await expect(w.hash({ known: { table: new Uint8Array(48), key } })).rejects.toThrow('of no known form');
  await expect(w.hash({ known: { table: new Uint8Array(16), key: new Uint8Array(8) } })).rejects.toThrow();
});
