/** Finds the histories of a folder, its own and nested ones, and sorts files among them. */
import { type History, readHistory } from '#shared/manifests/ascmhl/history.ts';
import { IgnoreFilter } from '#shared/manifests/ascmhl/ignore.ts';
import type { Tree, TreeEntry } from '#shared/manifests/tree.ts';
import { maxXmlBytes } from '#shared/manifests/xml/read-xml.ts';
import { c4Of } from './hash-bytes.ts';

export interface FoundHistory {
  /** Folder below the root; the root's own is ''. */
  readonly folder: string;
  readonly history: History;
  readonly ignore: readonly string[];
}

export interface Histories {
  /** The deepest first; the root's own is the last, with no generations where it has no history. */
  readonly found: readonly FoundHistory[];
  /** Files and folders that no pattern ignores. */
  readonly entries: readonly TreeEntry[];
  /** Names that are not UTF-8, links, devices: not part of a history. */
  readonly refused: readonly TreeEntry[];
}

export const under = (folder: string, path: string): boolean => folder === '' || path.startsWith(`${folder}/`);
export const relativeTo = (folder: string, path: string): string =>
  folder === '' ? path : path.slice(folder.length + 1);

/** `patterns`: for histories without patterns of their own, and added to those of the others. */
export async function findHistories(tree: Tree, patterns: readonly string[]): Promise<Histories> {
  const all: TreeEntry[] = [];
  for await (const entry of tree.list()) all.push(entry);
  const folders = new Set(['']);
  const manifests = new Map<string, Map<string, Uint8Array>>();
  for (const { path, kind, exact } of all) {
    const parts = /^(?:(.*)\/)?ascmhl(?:\/([^/]+))?$/s.exec(path);
    if (parts === null || !exact) continue;
    const folder = parts[1] ?? '';
    if (kind === 'folder' && parts[2] === undefined) folders.add(folder);
    else if (kind === 'file' && /\.(mhl|xml)$/.test(parts[2] ?? '')) {
      const files = manifests.get(folder) ?? new Map<string, Uint8Array>();
      files.set(parts[2]!, await tree.read(path, maxXmlBytes));
      manifests.set(folder, files);
    }
  }
  const present = new Set(all.map(({ path }) => path));
  const found = [...folders].map((folder) => {
    const exists = present.has(folder === '' ? 'ascmhl' : `${folder}/ascmhl`);
    const history = exists
      ? readHistory(manifests.get(folder) ?? new Map(), c4Of)
      : { generations: [], chain: [], problems: [] };
    const inherited = history.generations.at(-1)?.manifest.ignore ?? [];
    return { folder, history, ignore: [...new Set([...inherited, ...patterns])] };
  });
  found.sort(
    (a, b) =>
      b.folder.split('/').length - a.folder.split('/').length || Number(a.folder === '') - Number(b.folder === ''),
  );
  const filters = found.map(({ folder, ignore }) => ({ folder, filter: new IgnoreFilter(ignore) }));
  const kept = all.filter(
    ({ path, kind }) =>
      !filters.some(
        ({ folder, filter }) => under(folder, path) && filter.ignores(relativeTo(folder, path), kind === 'folder'),
      ),
  );
  const usable = (entry: TreeEntry): boolean => entry.exact && entry.kind !== 'other';
  return { found, entries: kept.filter(usable), refused: kept.filter((entry) => !usable(entry)) };
}

/** The nearest history above a path. */
export function historyOf(found: readonly FoundHistory[], path: string): FoundHistory {
  return found.find(({ folder }) => under(folder, path))!;
}
