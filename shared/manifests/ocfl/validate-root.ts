/** Validates an OCFL storage root: its declaration, its hierarchy, and every object in it. */
import type { Tree, TreeEntry } from '../tree.ts';
import type { OcflFinding } from './findings.ts';
import { type OcflResult, validateObject } from './validate-object.ts';

export interface OcflRootResult {
  readonly valid: boolean;
  /** Of the hierarchy; paths are below the storage root. */
  readonly findings: readonly OcflFinding[];
  /** By the object's folder below the storage root. */
  readonly objects: ReadonlyMap<string, OcflResult>;
}

const objectDeclaration = /^(.*)\/0=ocfl_object_[^/]*$/s;

/** Whether a tree is a storage root, by its declaration. */
export const isStorageRoot = (names: Iterable<string>): boolean =>
  [...names].some((name) => /^0=ocfl_1\.\d+$/.test(name));

/** A folder of a tree as a tree of its own, over a listing that was made before. */
class Subtree implements Tree {
  readonly #tree: Tree;
  readonly #prefix: string;
  readonly #entries: readonly TreeEntry[];
  constructor(tree: Tree, folder: string, entries: readonly TreeEntry[]) {
    this.#tree = tree;
    this.#prefix = `${folder}/`;
    this.#entries = entries;
  }
  async *list(): AsyncGenerator<TreeEntry> {
    for (const entry of this.#entries) yield { ...entry, path: entry.path.slice(this.#prefix.length) };
  }
  read(path: string, maxBytes: number): Promise<Uint8Array> {
    return this.#tree.read(this.#prefix + path, maxBytes);
  }
  readonly digest: Tree['digest'] = (paths, algorithms) => this.#digest(paths, algorithms);
  async *#digest(paths: readonly string[], algorithms: readonly string[]) {
    const whole = paths.map((path) => this.#prefix + path);
    for await (const file of this.#tree.digest(whole, algorithms))
      yield { ...file, path: file.path.slice(this.#prefix.length) };
  }
}

/** Rejects when a folder cannot be listed; all else is a finding. */
export async function validateStorageRoot(tree: Tree): Promise<OcflRootResult> {
  const findings: OcflFinding[] = [];
  const entries: TreeEntry[] = [];
  for await (const entry of tree.list()) entries.push(entry);

  const declarations = entries.filter(({ path }) => /^0=ocfl_1\.\d+$/.test(path));
  if (declarations.length !== 1) findings.push({ code: 'E069', detail: 'not one declaration of a storage root' });
  for (const { path, kind } of declarations) {
    if (!/^0=ocfl_1\.[01]$/.test(path))
      findings.push({ code: 'E069', path, detail: 'not a version that is known here' });
    const text = kind === 'file' ? new TextDecoder().decode(await tree.read(path, 4096)) : '';
    if (text !== `${path.slice(2)}\n`)
      findings.push({ code: 'E080', path, detail: 'the declaration does not hold its own name' });
  }

  const folders = new Map<string, TreeEntry[]>();
  for (const { path } of entries) {
    const parts = objectDeclaration.exec(path);
    if (parts !== null) folders.set(parts[1]!, []);
  }
  const objectOf = (path: string): string | null => {
    for (let cut = path.indexOf('/'); cut !== -1; cut = path.indexOf('/', cut + 1))
      if (folders.has(path.slice(0, cut))) return path.slice(0, cut);
    return folders.has(path) ? path : null;
  };
  const filled = new Set(entries.map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
  for (const entry of entries) {
    const { path, kind } = entry;
    if (path === 'extensions' || path.startsWith('extensions/')) continue;
    const object = objectOf(path);
    if (object !== null) {
      if (object !== path) folders.get(object)!.push(entry);
    } else if (kind === 'other') findings.push({ code: 'E090', path, detail: 'neither file nor folder' });
    else if (kind === 'file' && path.includes('/'))
      findings.push({ code: 'E072', path, detail: 'a file that is in no object' });
    else if (kind === 'folder' && !filled.has(path)) findings.push({ code: 'E073', path, detail: 'an empty folder' });
  }

  const objects = new Map<string, OcflResult>();
  for (const [folder, own] of folders)
    if (own.length > 0) objects.set(folder, await validateObject(new Subtree(tree, folder, own)));
  const valid =
    findings.every(({ code }) => !code.startsWith('E')) && [...objects.values()].every((object) => object.valid);
  return { valid, findings, objects };
}
