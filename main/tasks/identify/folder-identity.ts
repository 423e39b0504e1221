/** The names of whole folders: SWHID of Software Heritage, dirHash of Go. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirHashLines, dirHashText, hasDirHash, type NamedDigest } from '#shared/identities/dir-hash.ts';
import { type GitTreeEntry, gitObject, gitTree } from '#shared/identities/git-tree.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { toHex } from '#shared/text/hex.ts';
import type { Engine } from '../../engine/engine.ts';
import { type FolderItem, NoIdentityError, readFolder, reading } from './walk.ts';

/** The engine's digest of one file. Rejects with NoIdentityError where the file has none. */
type DigestOf = (file: Buffer) => Promise<Uint8Array>;

/** Calls under way: several of the engine's jobs, so that it never waits for the next. */
const callsAtOnce = 16_384;

function digestsBy(engine: Engine, algorithm: AlgorithmName, signal: AbortSignal): DigestOf {
  return async (file) => {
    const result = await engine.hash(file, { algorithms: [algorithm], priority: 'background', signal });
    const digest = result.digests[algorithm];
    if (result.status !== 'ok' || digest === undefined) {
      const reason = result.errorText || result.error || result.status;
      throw new NoIdentityError(`cannot read ${file.toString()}: ${reason}`);
    }
    return digest;
  };
}

/** Runs `work` on all items, a limited number at once, and keeps their order. */
async function inGroups<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += callsAtOnce) {
    results.push(...(await Promise.all(items.slice(from, from + callsAtOnce).map(work))));
  }
  return results;
}

type File = Extract<FolderItem, { kind: 'file' }>;

function* filesOf(items: readonly FolderItem[]): Generator<File> {
  for (const item of items) {
    if (item.kind === 'file') yield item;
    if (item.kind === 'folder') yield* filesOf(item.items);
  }
}

const gitName = (object: Uint8Array): Uint8Array => createHash('sha1').update(object).digest();

function treeName(items: readonly FolderItem[], ids: ReadonlyMap<FolderItem, Uint8Array>): Uint8Array {
  const entries = items.map((item): GitTreeEntry => {
    const { name } = item;
    if (item.kind === 'folder') return { name, mode: '40000', id: treeName(item.items, ids) };
    if (item.kind === 'link') return { name, mode: '120000', id: gitName(gitObject('blob', item.target)) };
    return { name, mode: item.isExecutable ? '100755' : '100644', id: ids.get(item)! };
  });
  return gitName(gitTree(entries));
}

/** `swh:1:cnt:…` of a file, `swh:1:dir:…` of a folder: with its executable files, links and empty folders. */
export async function swhid(target: Buffer, engine: Engine, signal: AbortSignal): Promise<string> {
  const digestOf = digestsBy(engine, 'git-blob', signal);
  if (!(await reading(target, stat(target))).isDirectory()) return `swh:1:cnt:${toHex(await digestOf(target))}`;
  const items = await readFolder(target);
  const files = [...filesOf(items)];
  const digests = await inGroups(files, (file) => digestOf(file.path));
  return `swh:1:dir:${toHex(treeName(items, new Map(files.map((file, at) => [file, digests[at]!]))))}`;
}

interface Named {
  readonly name: Buffer;
  readonly path: Buffer;
}

/** Links are followed to files, as Go does. */
async function namedFiles(items: readonly FolderItem[], below: Buffer): Promise<Named[]> {
  const found: Named[] = [];
  for (const item of items) {
    const name = below.length === 0 ? Buffer.from(item.name) : Buffer.concat([below, Buffer.from('/'), item.name]);
    if (item.kind === 'folder') {
      found.push(...(await namedFiles(item.items, name)));
      continue;
    }
    if (item.kind === 'link' && !(await reading(item.path, stat(item.path))).isFile())
      throw new NoIdentityError(`a link to a folder has no dirHash: ${item.path.toString()}`);
    if (!hasDirHash(name)) throw new NoIdentityError(`a name with a line feed has no dirHash: ${name.toString()}`);
    found.push({ name, path: item.path });
  }
  return found;
}

/** `h1:…` of a folder. `prefix` goes before every name, as `module@version/` does for Go's modules; '' for none. */
export async function dirHash(folder: Buffer, prefix: string, engine: Engine, signal: AbortSignal): Promise<string> {
  const digestOf = digestsBy(engine, 'sha256', signal);
  const files = await namedFiles(await readFolder(folder), Buffer.from(prefix.replace(/\/+$/, '')));
  const named = await inGroups(files, async ({ name, path }): Promise<NamedDigest> => {
    return { name, digest: await digestOf(path) };
  });
  const hash = createHash('sha256');
  for (const piece of dirHashLines(named)) hash.update(piece);
  return dirHashText(hash.digest());
}
