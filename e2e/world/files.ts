/** A folder of its own for each spec, and what the files in it must hash to. */
import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export class Files {
  readonly root: string;
  constructor(root: string) {
    this.root = root;
  }

  /** The absolute path of what is called `name` here. */
  path(name: string): string {
    return path.join(this.root, name);
  }

  /** Writes a file, with the folders above it; the content is its own name unless given. */
  write(name: string, content: string | Uint8Array = `content of ${name}`): string {
    const file = this.path(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  folder(name: string): string {
    const folder = this.path(name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** A file of that many bytes that takes no room on the disk. */
  sparse(name: string, bytes: number): string {
    const file = this.write(name, '');
    const handle = openSync(file, 'r+');
    ftruncateSync(handle, bytes);
    closeSync(handle);
    return file;
  }

  /** The digest by Node's own implementation. */
  digest(name: string, algorithm = 'sha256'): string {
    return createHash(algorithm)
      .update(readFileSync(this.path(name)))
      .digest('hex');
  }
}
