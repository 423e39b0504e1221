/** Makes a bag of a folder, in place or beside it. */
import { constants, copyFile, mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BagInfoField } from '#shared/manifests/bagit/bag-info.ts';
import { BagError, checkBagAlgorithms, payloadTagFiles, tagManifests } from '#shared/manifests/bagit/create.ts';
import type { DigestFiles } from '#shared/manifests/tree.ts';
import { NodeTree } from '../tree/node-tree.ts';
import { commit, recover, stage } from './commit.ts';
import { asPayload, digestAll, payloadPaths } from './payload.ts';

export interface CreateBagOptions {
  /** Hashlane's names; one manifest each. */
  readonly algorithms: readonly string[];
  /** Fields of bag-info.txt besides Payload-Oxum. */
  readonly info: readonly BagInfoField[];
  /** Paths are absolute. */
  readonly digestFiles: DigestFiles;
}

export interface CreatedBag {
  /** `resumed`: an interrupted creation was completed; its own algorithms and info stand. */
  readonly outcome: 'created' | 'resumed';
  readonly files: number;
  readonly bytes: number;
}

/**
 * Makes `root` itself a bag: its contents move into data/. Everything is hashed before anything moves.
 * Throws BagError, and the system's errors; until the plan stands, the folder is as before.
 */
export async function createBagInPlace(root: string, options: CreateBagOptions): Promise<CreatedBag> {
  const algorithms = checkBagAlgorithms(options.algorithms);
  if ((await recover(root)) === 'completed') return { outcome: 'resumed', files: 0, bytes: 0 };
  const names = await readdir(root);
  if (names.includes('bagit.txt'))
    throw new BagError('already-a-bag', 'the folder has a bagit.txt already', 'bagit.txt');
  const tree = new NodeTree(root, options.digestFiles);
  const paths = await payloadPaths(tree);
  const files = asPayload((await digestAll(tree, paths, algorithms)).values());
  const tagFiles = payloadTagFiles(files, algorithms, options.info);
  try {
    const staging = await stage(root, tagFiles);
    const tags = await digestAll(
      new NodeTree(staging, options.digestFiles),
      tagFiles.map(({ name }) => name),
      algorithms,
    );
    const last = tagManifests([...tags.values()], algorithms);
    await stage(root, last);
    if (names.length === 0) await mkdir(path.join(root, 'data'));
    // bagit.txt comes last: until it is there nobody takes the folder for a bag.
    const place = [...tagFiles, ...last].map(({ name }) => name).reverse();
    await commit(root, names, [...place.filter((name) => name !== 'bagit.txt'), 'bagit.txt']);
  } catch (error) {
    // Without a plan nothing was moved; with one the next call goes on.
    await discardUncommitted(root);
    throw error;
  }
  return { outcome: 'created', files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
}

async function discardUncommitted(root: string): Promise<void> {
  const planned = await stat(path.join(root, '.hashlane-bag', 'plan.json')).catch(() => null);
  if (planned === null) await recover(root).catch(() => undefined);
}

/**
 * Makes a bag at `target`, which must be absent, of copies of the files of `source`. The copies are
 * hashed as well as the sources: a copy that differs is refused. `target` appears whole or not at all.
 */
export async function createBagBeside(source: string, target: string, options: CreateBagOptions): Promise<CreatedBag> {
  const algorithms = checkBagAlgorithms(options.algorithms);
  if ((await stat(target).catch(() => null)) !== null)
    throw new BagError('target-exists', `${target} exists already`, target);
  const relative = path.relative(path.resolve(source), path.resolve(target));
  if (relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative)))
    throw new BagError('target-exists', 'the new bag must not lie in the folder that it is made of', target);
  const tree = new NodeTree(source, options.digestFiles);
  const paths = await payloadPaths(tree);
  const originals = await digestAll(tree, paths, algorithms);
  const files = asPayload(originals.values());
  const tagFiles = payloadTagFiles(files, algorithms, options.info);
  const partial = `${target}.hashlane-partial`;
  await mkdir(partial);
  try {
    await mkdir(path.join(partial, 'data'));
    for (const name of paths) {
      const to = path.join(partial, 'data', name);
      await mkdir(path.dirname(to), { recursive: true });
      await copyFile(path.join(source, name), to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      const { atime, mtime } = await stat(path.join(source, name));
      await utimes(to, atime, mtime);
    }
    const copies = await digestAll(new NodeTree(path.join(partial, 'data'), options.digestFiles), paths, algorithms);
    for (const [name, copy] of copies)
      for (const algorithm of algorithms)
        if (copy.digests[algorithm] !== originals.get(name)?.digests[algorithm])
          throw new BagError('copy-differs', `the copy differs from ${name}`, name);
    for (const { name, text } of tagFiles) await writeFile(path.join(partial, name), text, { flush: true });
    const tags = await digestAll(
      new NodeTree(partial, options.digestFiles),
      tagFiles.map(({ name }) => name),
      algorithms,
    );
    for (const { name, text } of tagManifests([...tags.values()], algorithms))
      await writeFile(path.join(partial, name), text, { flush: true });
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  return { outcome: 'created', files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
}
