/** Missing files among those that nobody lists: these are read, as far as they can be what is missing. */
import { inIdOrder } from '#shared/verify/algorithm-lists.ts';
import { Strays } from '#shared/verify/moved.ts';
import { HashPaths, maxPathBytes } from '../folder/hash-paths.ts';
import { InsideFinder } from '../folder/inside.ts';
import type { Steps } from '../pipeline/stepped-task.ts';
import type { Read } from './read-manifests.ts';

const findsAtOnce = 64;

/** Settles entries of `missing` as moved. Gives the paths of `unlisted` that stand for them. */
export async function findMoved(
  read: Read,
  missing: readonly number[],
  unlisted: readonly number[],
  steps: Steps,
): Promise<number[]> {
  const candidates = missing.length === 0 ? [] : await candidatesOf(read, missing, unlisted, steps);
  if (candidates.length === 0) return [];
  const { entries, root } = read;
  const names = inIdOrder(new Set(missing.flatMap((entry) => entries.algorithms(entry))));
  const strays = new Strays(entries, names, candidates);
  const hashing = new HashPaths({ steps, root, record: (file, batch, index) => strays.add(file, batch, index) });
  for (const [file, path] of candidates.entries()) await hashing.add(file, entries.paths.bytes(path), names);
  await hashing.finish();
  strays.match(missing);
  return [...strays.taken()];
}

/** Where every missing entry has a size, only files of these sizes. */
async function candidatesOf(
  { entries, root, spelled }: Read,
  missing: readonly number[],
  unlisted: readonly number[],
  steps: Steps,
): Promise<number[]> {
  const free = unlisted.filter((path) => entries.paths.bytes(path).length + root.length + 1 <= maxPathBytes);
  const sizes = new Set(missing.map((entry) => entries.size(entry)));
  if (sizes.has(-1)) return free;
  const finder = new InsideFinder(root, spelled);
  const fitting: number[] = [];
  for (let from = 0; from < free.length; from += findsAtOnce) {
    await steps.checkpoint();
    const group = free.slice(from, from + findsAtOnce);
    const found = await Promise.all(group.map((path) => finder.find(entries.paths.bytes(path))));
    group.forEach((path, at) => {
      const file = found[at]!;
      if (file.kind === 'file' && sizes.has(file.size)) fitting.push(path);
    });
  }
  return fitting;
}
