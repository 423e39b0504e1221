/**
 * Duplicates: what is there twice? By size, then by the first and the last block, then as a whole: what differs early is
 * never read to its end.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Copy, DuplicateGroup, Duplicates } from '#shared/duplicates/groups.ts';
import { reclaimable } from '#shared/duplicates/groups.ts';
import { systemCode } from '../../base/system-error.ts';
import { HashPaths } from '../folder/hash-paths.ts';
import type { Steps } from '../pipeline/stepped-task.ts';
import { FileList } from './file-list.ts';
import { groupsOf } from './groups-of.ts';

const blockBytes = 16_384;
const opensAtOnce = 16;
const algorithmName = 'blake3';

export interface DuplicatesOptions {
  readonly roots: readonly Uint8Array[];
  /** Bytes; smaller files are no duplicates of anything. */
  readonly minSize: number;
}

/** Rejects with FailedAttempt for a root that is not there, TaskCancelled and EngineError. */
export async function findDuplicates({ roots, minSize }: DuplicatesOptions, steps: Steps): Promise<Duplicates> {
  const list = await FileList.of(roots, minSize, steps);
  const bySize = groupsOf(
    Array.from({ length: list.paths.count }, (_, file) => file).filter((file) => list.sizes.at(file) >= 0),
    (file) => list.sizes.at(file),
  );
  const links = linksIn(list, bySize);
  const others = new Set([...links.values()].flat());
  const candidates: number[] = [];
  for (const files of bySize) {
    const firsts = files.filter((file) => !others.has(file));
    if (firsts.length > 1) for (const file of await byBlocks(list, firsts, steps)) candidates.push(file);
  }
  const groups = await byContent(list, candidates, links, steps);
  return { algorithm: algorithmName, groups, files: list.files, unreadable: list.unreadable };
}

/** By the first name of a file: its others, which are no copies. */
function linksIn(list: FileList, bySize: readonly number[][]): ReadonlyMap<number, readonly number[]> {
  const links = new Map<number, number[]>();
  for (const files of bySize) {
    const first = new Map<string, number>();
    for (const file of files) {
      const identity = list.identity(file);
      const before = identity === null ? undefined : first.get(identity);
      if (before === undefined) {
        if (identity !== null) first.set(identity, file);
        continue;
      }
      const others = links.get(before);
      if (others === undefined) links.set(before, [file]);
      else others.push(file);
    }
  }
  return links;
}

/** Of files of one size those that share their first and last block with another; all of them when they are small. */
async function byBlocks(list: FileList, files: readonly number[], steps: Steps): Promise<number[]> {
  const size = list.sizes.at(files[0]!);
  if (size <= 2 * blockBytes) return [...files];
  const keys = new Map<number, string>();
  for (let from = 0; from < files.length; from += opensAtOnce) {
    await steps.checkpoint();
    await Promise.all(
      files.slice(from, from + opensAtOnce).map(async (file) => {
        const path = list.paths.bytes(file);
        try {
          keys.set(file, await endsOf(path, size));
        } catch (error) {
          list.unreadable.push({ path, code: systemCode(error) ?? 'EOTHER' });
        }
      }),
    );
  }
  return groupsOf([...keys.keys()], (file) => keys.get(file)).flat();
}

async function endsOf(path: Uint8Array, size: number): Promise<string> {
  const file = await open(Buffer.from(path), 'r');
  try {
    const hash = createHash('sha256');
    for (const position of [0, size - blockBytes]) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(blockBytes), 0, blockBytes, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

async function byContent(
  list: FileList,
  candidates: readonly number[],
  links: ReadonlyMap<number, readonly number[]>,
  steps: Steps,
): Promise<DuplicateGroup[]> {
  const found = new Map<number, { readonly digest: Buffer; readonly size: number }>();
  const hashing = new HashPaths({
    steps,
    root: null,
    record(file, batch, index) {
      const digest = batch.digest(index, algorithmName);
      if (digest !== null) found.set(file, { digest: Buffer.from(digest), size: batch.size(index) });
      else list.unreadable.push({ path: list.paths.bytes(file), code: batch.errorCode(index) });
    },
  });
  for (const file of candidates) await hashing.add(file, list.paths.bytes(file), [algorithmName]);
  await hashing.finish();
  const groups = groupsOf([...found.keys()], (file) => {
    const { digest, size } = found.get(file)!;
    // Once more with the size: the file may have changed since it was looked at.
    return `${size} ${digest.toString('latin1')}`;
  });
  return groups
    .map((files): DuplicateGroup => {
      const { digest, size } = found.get(files[0]!)!;
      return { size, digest, copies: copiesOf(list, files, links) };
    })
    .sort((a, b) => reclaimable(b) - reclaimable(a) || Buffer.compare(a.copies[0]!.path, b.copies[0]!.path));
}

function copiesOf(list: FileList, files: readonly number[], links: ReadonlyMap<number, readonly number[]>): Copy[] {
  const path = (file: number): Uint8Array => list.paths.bytes(file);
  return files
    .map((file) => {
      const [first, ...others] = [file, ...(links.get(file) ?? [])].map(path).sort(Buffer.compare);
      return { path: first!, links: others };
    })
    .sort((a, b) => Buffer.compare(a.path, b.path));
}
