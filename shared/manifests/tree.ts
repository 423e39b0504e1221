/** What the manifest formats need of a folder; who drives them brings a file system and an engine. */

export interface TreeEntry {
  /** Below the root, `/` between segments. */
  readonly path: string;
  /** False when the system's name is not UTF-8; `path` then holds U+FFFD and cannot be opened by it. */
  readonly exact: boolean;
  /** `other`: a link, a device, a pipe, a socket. Never followed, never opened. */
  readonly kind: 'file' | 'folder' | 'other';
  /** Bytes; 0 unless a file. */
  readonly size: number;
  /** Milliseconds since 1970, where the tree knows. */
  readonly modifiedMs?: number;
}

export interface FileDigests {
  /** As it was given. */
  readonly path: string;
  /** Bytes that were hashed. */
  readonly size: number;
  /** `changed`: the file changed while it was read. Digests are there only when `ok`. */
  readonly status: 'ok' | 'missing' | 'unreadable' | 'changed';
  readonly error?: { readonly code: string; readonly message: string };
  /** By algorithm name, lower-case hex. */
  readonly digests: Readonly<Partial<Record<string, string>>>;
}

/** Hashes files by one read each, in any order; every path gets exactly one answer. */
export type DigestFiles = (paths: readonly string[], algorithms: readonly string[]) => AsyncIterable<FileDigests>;

export interface Tree {
  /** Everything below the root, in any order. Rejects when a folder cannot be read: a part is never the whole. */
  list(): AsyncIterable<TreeEntry>;
  /** A whole small file. Rejects with the system's error, and with code EFBIG above `maxBytes`. */
  read(path: string, maxBytes: number): Promise<Uint8Array>;
  readonly digest: DigestFiles;
}
