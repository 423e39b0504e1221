/** Hashes what is to be a bag's payload, and refuses what cannot be listed. */
import { BagError, type PayloadFile } from '#shared/manifests/bagit/create.ts';
import type { FileDigests, Tree } from '#shared/manifests/tree.ts';

/** Paths of all files of `tree`. Throws BagError for a name that is not UTF-8, and for a link or a device. */
export async function payloadPaths(tree: Tree): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path, exact, kind } of tree.list()) {
    if (!exact) throw new BagError('name-not-utf8', `the name is not UTF-8: ${path}`, path);
    if (kind === 'other') throw new BagError('not-a-file', `neither file nor folder: ${path}`, path);
    if (kind === 'file') paths.push(path);
  }
  return paths;
}

/** Every file's digests. Throws BagError for the first that cannot be read as a whole. */
export async function digestAll(
  tree: Tree,
  paths: readonly string[],
  algorithms: readonly string[],
): Promise<Map<string, FileDigests>> {
  const all = new Map<string, FileDigests>();
  if (paths.length === 0) return all;
  for await (const file of tree.digest(paths, algorithms)) {
    if (file.status !== 'ok') {
      const why = file.status === 'changed' ? 'changed while it was read' : (file.error?.message ?? file.status);
      throw new BagError('unreadable', `${file.path}: ${why}`, file.path);
    }
    all.set(file.path, file);
  }
  const absent = paths.find((path) => !all.has(path));
  if (absent !== undefined) throw new BagError('unreadable', `${absent}: was not read`, absent);
  return all;
}

/** `files` as they stand in a bag: below data/. */
export function asPayload(files: Iterable<FileDigests>): PayloadFile[] {
  return Array.from(files, ({ path, size, digests }) => ({ path: `data/${path}`, size, digests }));
}
