/** Tries other algorithms on one file of a list that does not say what its digests are, and of which nothing is ok. */
import { algorithm } from '#shared/tables/algorithms.ts';
import { doubtful, othersOfLength } from '#shared/verify/other-algorithms.ts';
import { HashPaths } from '../folder/hash-paths.ts';
import { InsideFinder } from '../folder/inside.ts';
import type { Steps } from '../pipeline/stepped-task.ts';
import type { Read } from './read-manifests.ts';

/** Larger files are only tried by the common algorithms. */
const smallBytes = 64 << 20;
/** Of how many entries the smallest file is taken. */
const entriesLookedAt = 64;

/** Whether any manifest was found to be of another algorithm; its entries wait to be judged again then. */
export async function takeOtherAlgorithms(read: Read, steps: Steps): Promise<boolean> {
  let any = false;
  for (const [at, manifest] of read.manifests.entries()) {
    const found = doubtful(read.entries, manifest.number, manifest.recognised.dialect);
    if (found === null) continue;
    const file = await smallest(read, found.entries.slice(0, entriesLookedAt));
    if (file === null) continue;
    const others = othersOfLength(found.algorithm, file.size > smallBytes);
    if (others.length === 0) continue;
    const expected = read.entries.expected(file.entry);
    let match: (typeof others)[number] | undefined;
    const hashing = new HashPaths({
      steps,
      root: read.root,
      record: (_, batch, index) => {
        match = others.find((name) => {
          const digest = batch.digest(index, name);
          return digest !== null && Buffer.compare(digest, expected) === 0;
        });
      },
    });
    await hashing.add(0, file.path, others);
    await hashing.finish();
    if (match === undefined) continue;
    read.entries.relabel(manifest.number, found.algorithm, match);
    const [, ...rest] = manifest.recognised.explanation.split(', ');
    const explanation = [`${algorithm(match).label} (by trial)`, ...rest].join(', ');
    read.manifests[at] = { ...manifest, recognised: { ...manifest.recognised, explanation } };
    any = true;
  }
  return any;
}

async function smallest(
  { entries, root, spelled }: Read,
  candidates: readonly number[],
): Promise<{ readonly entry: number; readonly path: Uint8Array; readonly size: number } | null> {
  const finder = new InsideFinder(root, spelled);
  const found = await Promise.all(candidates.map((entry) => finder.find(entries.paths.bytes(entries.path(entry)))));
  let best: { readonly entry: number; readonly path: Uint8Array; readonly size: number } | null = null;
  for (const [at, file] of found.entries()) {
    if (file.kind !== 'file' || (best !== null && best.size <= file.size)) continue;
    best = { entry: candidates[at]!, path: file.path, size: file.size };
  }
  return best;
}
