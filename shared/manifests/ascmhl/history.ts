/** A history: the generations of one ascmhl folder, and what they say of each file. */
import type { MhlFormat, MhlHash, MhlManifest } from './model.ts';
import { type ChainEntry, parseChain, parseManifest } from './parse-manifest.ts';

export interface Generation extends ChainEntry {
  readonly manifest: MhlManifest;
}

export type HistoryProblemCode =
  | 'chain-missing'
  | 'chain-malformed'
  | 'manifest-missing'
  | 'manifest-changed'
  | 'manifest-malformed'
  | 'manifest-not-in-chain';

export interface HistoryProblem {
  readonly code: HistoryProblemCode;
  readonly path: string;
  readonly detail?: string;
}

export interface History {
  /** In order; those with a problem are left out, and never a reference. */
  readonly generations: readonly Generation[];
  readonly chain: readonly ChainEntry[];
  readonly problems: readonly HistoryProblem[];
}

export const chainName = 'ascmhl_chain.xml';

/**
 * `files`: the contents of the ascmhl folder by name. `c4Of` gives the C4 id of bytes. Manifests are
 * immutable: one that is not as the chain says is a problem of its own.
 */
export function readHistory(files: ReadonlyMap<string, Uint8Array>, c4Of: (bytes: Uint8Array) => string): History {
  const problems: HistoryProblem[] = [];
  const generations: Generation[] = [];
  let chain: ChainEntry[] = [];
  const chainBytes = files.get(chainName);
  if (chainBytes === undefined) problems.push({ code: 'chain-missing', path: chainName });
  else
    try {
      chain = parseChain(chainBytes);
      const inOrder = chain.every(({ sequence }, at) => sequence === at + 1);
      if (!inOrder || chain.length === 0)
        problems.push({ code: 'chain-malformed', path: chainName, detail: 'generations are not 1, 2, 3 …' });
    } catch (error) {
      problems.push({ code: 'chain-malformed', path: chainName, detail: String(error) });
    }
  for (const entry of chain) {
    const bytes = files.get(entry.path);
    if (bytes === undefined) problems.push({ code: 'manifest-missing', path: entry.path });
    else if (c4Of(bytes) !== entry.c4) problems.push({ code: 'manifest-changed', path: entry.path });
    else
      try {
        generations.push({ ...entry, manifest: parseManifest(bytes) });
      } catch (error) {
        problems.push({ code: 'manifest-malformed', path: entry.path, detail: String(error) });
      }
  }
  const listed = new Set(chain.map(({ path }) => path));
  for (const name of files.keys())
    if (name.endsWith('.mhl') && !listed.has(name)) problems.push({ code: 'manifest-not-in-chain', path: name });
  return { generations, chain, problems };
}

/** What a file must be: by format, the first digest that was not `failed`, and the generation that says so. */
export type FileReference = Partial<Record<MhlFormat, { readonly digest: string; readonly sequence: number }>>;

/** By path as of the last generation: a renamed file brings what its former paths were known by. */
export function referencesOf(history: History): Map<string, FileReference> {
  const references = new Map<string, FileReference>();
  for (const { sequence, manifest } of history.generations)
    for (const record of manifest.records) {
      if (record.kind !== 'file') continue;
      const { path, previousPath, hashes } = record;
      let known = references.get(path) ?? {};
      if (previousPath !== undefined) {
        known = { ...references.get(previousPath), ...known };
        references.delete(previousPath);
      }
      for (const { format, digest, action } of hashes)
        if (action !== 'failed' && known[format] === undefined) known = { ...known, [format]: { digest, sequence } };
      references.set(path, known);
    }
  return references;
}

export interface FileEvent {
  readonly sequence: number;
  readonly manifest: string;
  readonly creationDate: string;
  readonly path: string;
  readonly previousPath?: string;
  readonly hashes: readonly MhlHash[];
}

/** Every generation's word on a file, the oldest first; renames are followed back. */
export function fileInfo(history: History, path: string): FileEvent[] {
  const events: FileEvent[] = [];
  let name = path;
  for (const { sequence, path: file, manifest } of [...history.generations].reverse()) {
    const record = manifest.records.find((r) => r.kind === 'file' && r.path === name);
    if (record?.kind !== 'file') continue;
    const { previousPath, hashes } = record;
    events.unshift({
      sequence,
      manifest: file,
      creationDate: manifest.creationDate,
      path: name,
      hashes,
      ...(previousPath ? { previousPath } : {}),
    });
    name = previousPath ?? name;
  }
  return events;
}

/** All that a history knows in the records of one manifest: for each file its references, none that failed. */
export function flattenRecords(history: History): MhlManifest['records'] {
  const last = new Map<string, MhlManifest['records'][number]>();
  for (const { manifest } of history.generations)
    for (const record of manifest.records) if (record.kind === 'file') last.set(record.path, record);
  return [...referencesOf(history)].map(([path, reference]) => {
    const { size, created, modified } = (last.get(path) ?? {}) as {
      size?: number;
      created?: string;
      modified?: string;
    };
    const hashes = Object.entries(reference).map(([format, { digest }]) => ({
      format: format as MhlFormat,
      digest,
      action: 'original' as const,
    }));
    return {
      kind: 'file' as const,
      path,
      hashes,
      ...(size !== undefined ? { size } : {}),
      ...(created ? { created } : {}),
      ...(modified ? { modified } : {}),
    };
  });
}

/** Names alone, nothing is hashed. `present`: files that are there and not ignored. */
export function diffHistory(history: History, present: ReadonlySet<string>): { missing: string[]; added: string[] } {
  const references = referencesOf(history);
  return {
    missing: [...references.keys()].filter((path) => !present.has(path)),
    added: [...present].filter((path) => !references.has(path)),
  };
}
