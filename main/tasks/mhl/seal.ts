/** Holds a folder against its histories, and writes what it found as a new generation of each. */
import path from 'node:path';
import { folderHashes } from '#shared/manifests/ascmhl/folder-hashes.ts';
import { type HistoryProblem, referencesOf } from '#shared/manifests/ascmhl/history.ts';
import { defaultIgnore } from '#shared/manifests/ascmhl/ignore.ts';
import {
  algorithmOf,
  type MhlFile,
  type MhlFolder,
  type MhlFormat,
  type MhlHash,
  type MhlManifest,
  type MhlReference,
} from '#shared/manifests/ascmhl/model.ts';
import { judge, type MhlFinding } from '#shared/manifests/ascmhl/plan.ts';
import { manifestName, writeChain, writeManifest } from '#shared/manifests/ascmhl/write-manifest.ts';
import type { DigestFiles, FileDigests } from '#shared/manifests/tree.ts';
import { NodeTree } from '../tree/node-tree.ts';
import { c4Of, folderHashFormats, hashBytes } from './hash-bytes.ts';
import { type FoundHistory, findHistories, historyOf, relativeTo, under } from './histories.ts';
import { completeGeneration, writeGeneration } from './write-generation.ts';

export interface SealOptions {
  /** What new files are hashed with. */
  readonly formats: readonly MhlFormat[];
  /** Added to the inherited patterns. */
  readonly ignore?: readonly string[];
  /** False only compares. */
  readonly write: boolean;
  readonly hostname: string;
  readonly tool: string;
  readonly toolVersion: string;
  readonly now: Date;
  readonly comment?: string;
  /** Paths are absolute. */
  readonly digestFiles: DigestFiles;
}

export interface SealResult {
  /** No problem, nothing changed, missing or unreadable, no folder hash that differs. */
  readonly ok: boolean;
  /** Of a history: nothing is written while one has a problem. Paths are below the root. */
  readonly problems: readonly HistoryProblem[];
  readonly findings: readonly (MhlFinding | { readonly code: 'not-recorded'; readonly path: string })[];
  /** Manifests that were written, below the root. */
  readonly written: readonly string[];
  readonly files: number;
}

const joined = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
const xsDate = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}+00:00`;

export async function sealFolder(root: string, options: SealOptions): Promise<SealResult> {
  const tree = new NodeTree(root, options.digestFiles);
  const patterns = [...defaultIgnore, ...(options.ignore ?? [])];
  let histories = await findHistories(tree, patterns);
  if (options.write && (await completeInterrupted(root, histories.found)))
    histories = await findHistories(tree, patterns);
  const { found, entries, refused } = histories;
  const problems = found.flatMap(({ folder, history }) =>
    history.problems.map((problem) => ({ ...problem, path: joined(folder, `ascmhl/${problem.path}`) })),
  );
  const references = new Map(found.map((one) => [one, referencesOf(one.history)]));
  const known = [...references.values()].flatMap((map) =>
    [...map.values()].flatMap((r) => Object.keys(r) as MhlFormat[]),
  );
  const formats = [...new Set([...options.formats, ...known])];
  const algorithms = [...new Set(formats.map((format) => algorithmOf[format]))];
  const paths = entries.filter(({ kind }) => kind === 'file').map((entry) => entry.path);
  const digests = new Map<string, FileDigests>();
  if (paths.length > 0) for await (const file of tree.digest(paths, algorithms)) digests.set(file.path, file);
  for (const name of paths)
    if (!digests.has(name)) digests.set(name, { path: name, size: 0, status: 'unreadable', digests: {} });

  const findings: SealResult['findings'][number][] = refused.map((entry) => ({
    code: 'not-recorded',
    path: entry.path,
  }));
  const records = new Map<string, MhlFile>();
  const date = xsDate(options.now.getTime());
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const filesOf = new Map<FoundHistory, FileDigests[]>(found.map((one) => [one, []]));
  for (const file of digests.values()) {
    const owner = historyOf(found, file.path);
    filesOf.get(owner)!.push({ ...file, path: relativeTo(owner.folder, file.path) });
  }
  for (const one of found) {
    const judged = judge(filesOf.get(one)!, references.get(one)!, options.formats, date);
    for (const finding of judged.findings) findings.push({ ...finding, path: joined(one.folder, finding.path) });
    for (const record of judged.records) {
      const whole = joined(one.folder, record.path);
      records.set(whole, { ...record, modified: xsDate(byPath.get(whole)?.modifiedMs ?? 0) });
    }
  }
  const folders = entries.filter(({ kind }) => kind === 'folder').map((entry) => entry.path);
  const hashes = hashesOfFolders(records, paths, folders, formats, date);
  const bad = new Set(['changed', 'missing', 'unreadable', 'not-recorded']);
  const ok = problems.length === 0 && !findings.some(({ code }) => bad.has(code));
  const written: string[] = [];
  if (options.write && problems.length === 0) {
    const references: (MhlReference & { readonly parent: FoundHistory })[] = [];
    for (const one of found) {
      const own = entriesInOrder(
        one,
        found,
        entries.map((entry) => entry.path),
        records,
        new Set(folders),
        (folder) => ({
          kind: 'folder',
          path: relativeTo(one.folder, folder),
          modified: xsDate(byPath.get(folder)?.modifiedMs ?? 0),
          ...hashes.get(folder)!,
        }),
      );
      const sequence = one.history.chain.length + 1;
      const name = manifestName(
        sequence,
        path.basename(joined(path.resolve(root), one.folder)),
        options.now.toISOString(),
      );
      const manifest: MhlManifest = {
        creationDate: date,
        hostname: options.hostname,
        tool: options.tool,
        toolVersion: options.toolVersion,
        authors: [],
        ...(options.comment === undefined ? {} : { comment: options.comment }),
        process: 'in-place',
        rootHash: hashes.get(one.folder)!,
        ignore: one.ignore,
        records: own,
        references: references
          .filter(({ parent }) => parent === one)
          .map((reference) => ({ path: relativeTo(one.folder, reference.path), c4: reference.c4 })),
      };
      const bytes = new TextEncoder().encode(writeManifest(manifest));
      const c4 = c4Of(bytes);
      const chain = writeChain([...one.history.chain, { sequence, path: name, c4 }]);
      await writeGeneration(path.join(root, one.folder, 'ascmhl'), name, bytes, chain);
      const whole = joined(one.folder, `ascmhl/${name}`);
      written.push(whole);
      const parent = found.find((other) => other !== one && under(other.folder, one.folder));
      if (parent !== undefined) references.push({ path: whole, c4, parent });
    }
  }
  return { ok, problems, findings, written, files: paths.length };
}

/** Whether a generation that a crash left without its place in the chain was completed. */
async function completeInterrupted(root: string, found: readonly FoundHistory[]): Promise<boolean> {
  let completed = false;
  for (const { folder, history } of found)
    if (history.problems.some(({ code }) => code === 'manifest-not-in-chain' || code === 'chain-missing'))
      completed = (await completeGeneration(path.join(root, folder, 'ascmhl'))) || completed;
  return completed;
}

/** A format is left out where a file has no digest in it: a folder's hash is of all of it or not at all. */
function hashesOfFolders(
  records: ReadonlyMap<string, MhlFile>,
  paths: readonly string[],
  folders: readonly string[],
  formats: readonly MhlFormat[],
  hashDate: string,
) {
  const all = new Map<string, { content: MhlHash[]; structure: MhlHash[] }>();
  for (const folder of ['', ...folders]) all.set(folder, { content: [], structure: [] });
  for (const format of folderHashFormats.filter((f) => formats.includes(f))) {
    const digests = new Map<string, string>();
    for (const [name, { hashes }] of records) {
      const digest = hashes.find((hash) => hash.format === format)?.digest;
      if (digest !== undefined) digests.set(name, digest);
    }
    if (digests.size !== paths.length) continue;
    for (const [folder, { content, structure }] of folderHashes(digests, folders, format, hashBytes)) {
      all.get(folder)!.content.push({ format, digest: content, hashDate });
      all.get(folder)!.structure.push({ format, digest: structure, hashDate });
    }
  }
  return all;
}

/** Depth first, a folder behind what is in it; files that could not be read are told as findings alone. Of a nested history only the folder itself is recorded. */
function entriesInOrder(
  one: FoundHistory,
  found: readonly FoundHistory[],
  paths: readonly string[],
  records: ReadonlyMap<string, MhlFile>,
  folders: ReadonlySet<string>,
  folderRecord: (folder: string) => MhlFolder,
): (MhlFile | MhlFolder)[] {
  const own = paths.filter((name) => {
    if (!under(one.folder, name)) return false;
    return historyOf(found, name) === one;
  });
  // A folder sorts behind everything that begins with its name and a slash.
  const key = (name: string): string => (folders.has(name) ? `${name}/\uffff` : name).replaceAll('/', '\0');
  const sorted = own.map((name) => ({ name, key: key(name) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const result: (MhlFile | MhlFolder)[] = [];
  for (const { name } of sorted) {
    const file = records.get(name);
    if (file !== undefined) result.push({ ...file, path: relativeTo(one.folder, name) });
    else if (folders.has(name)) result.push(folderRecord(name));
  }
  return result;
}
