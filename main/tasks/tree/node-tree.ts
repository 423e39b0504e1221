/** A folder of the file system as the manifest formats see it. */
import type { Dirent } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { DigestFiles, FileDigests, Tree, TreeEntry } from '#shared/manifests/tree.ts';
import { decodeName } from '#shared/text/utf8.ts';

/** Enough to keep the system's threads busy; few enough to hold little. */
const statsAtOnce = 64;

function kindOf(entry: Dirent<Buffer>): TreeEntry['kind'] {
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}

export class NodeTree implements Tree {
  readonly #root: string;
  readonly #digestFiles: DigestFiles;

  /** `digestFiles` takes and gives absolute paths. */
  constructor(root: string, digestFiles: DigestFiles) {
    this.#root = path.resolve(root);
    this.#digestFiles = digestFiles;
  }

  /** Depth first; links are named and never followed. */
  async *list(): AsyncGenerator<TreeEntry> {
    yield* this.#listFolder('', Buffer.from(this.#root), true);
  }

  async *#listFolder(below: string, folder: Buffer, exactParent: boolean): AsyncGenerator<TreeEntry> {
    const found = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
    found.sort((a, b) => Buffer.compare(a.name, b.name));
    for (let from = 0; from < found.length; from += statsAtOnce) {
      const group = found.slice(from, from + statsAtOnce);
      const stats = await Promise.all(group.map((entry) => lstat(join(folder, entry.name))));
      for (const [index, entry] of group.entries()) {
        const name = decodeName(entry.name);
        const exact = exactParent && name.exact;
        const here = below === '' ? name.text : `${below}/${name.text}`;
        const kind = kindOf(entry);
        const { size, mtimeMs } = stats[index]!;
        yield { path: here, exact, kind, size: kind === 'file' ? size : 0, modifiedMs: mtimeMs };
        if (kind === 'folder') yield* this.#listFolder(here, join(folder, entry.name), exact);
      }
    }
  }

  async read(name: string, maxBytes: number): Promise<Uint8Array> {
    const file = await open(path.join(this.#root, name), 'r');
    try {
      const { size } = await file.stat();
      if (size > maxBytes) throw Object.assign(new Error(`larger than ${maxBytes} bytes: ${name}`), { code: 'EFBIG' });
      return await file.readFile();
    } finally {
      await file.close();
    }
  }

  async *digest(paths: readonly string[], algorithms: readonly string[]): AsyncGenerator<FileDigests> {
    const prefix = this.#root.length + (this.#root.endsWith(path.sep) ? 0 : 1);
    const whole = paths.map((name) => path.join(this.#root, name));
    const byWhole = new Map(whole.map((name, index) => [name, paths[index]!]));
    for await (const file of this.#digestFiles(whole, algorithms))
      yield { ...file, path: byWhole.get(file.path) ?? file.path.slice(prefix) };
  }
}

function join(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, Buffer.from(path.sep), name]);
}
