/**
 * Turns what was dropped or picked in a browser into a flat list of files to upload. A part that
 * cannot be read stays in the list without its bytes, so that it becomes a row that says so.
 */
import type { UploadFailure } from '#shared/contract/models.ts';
import type { PathFilter } from '#shared/text/glob.ts';

export interface LocalFile {
  /** Path below what was dropped, `/` between segments; its first segment is the dropped name. */
  readonly path: string;
  /** Or why the browser could not open it. */
  readonly file: File | UploadFailure;
}

/** What `filter` keeps under `entry`, depth first. What was dropped itself is always wanted. */
export async function listEntry(entry: FileSystemEntry, filter: PathFilter): Promise<LocalFile[]> {
  const files: LocalFile[] = [];
  await collect(entry, entry.name, filter, files);
  return files;
}

async function collect(entry: FileSystemEntry, path: string, filter: PathFilter, into: LocalFile[]): Promise<void> {
  if (entry.isFile) {
    into.push({ path, file: await openFile(entry as FileSystemFileEntry) });
    return;
  }
  const children = await readFolder(entry as FileSystemDirectoryEntry);
  if (typeof children === 'string') {
    into.push({ path, file: children });
    return;
  }
  for (const child of children) {
    const childPath = `${path}/${child.name}`;
    const belowRoot = childPath.slice(childPath.indexOf('/') + 1);
    const isKept = child.isFile ? filter.keepsFile(belowRoot) : filter.keepsFolder(belowRoot);
    if (isKept) await collect(child, childPath, filter, into);
  }
}

/** Browsers tell little: something that is no longer there, that may not be read, or anything else. */
export function failureOf(error: unknown): UploadFailure {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotFoundError') return 'ENOENT';
  return name === 'NotReadableError' || name === 'SecurityError' ? 'EACCES' : 'EIO';
}

function openFile(entry: FileSystemFileEntry): Promise<File | UploadFailure> {
  return new Promise((resolve) => entry.file(resolve, (error) => resolve(failureOf(error))));
}

/** `readEntries` answers in portions (100 in Chromium) and with none at the end. */
async function readFolder(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[] | UploadFailure> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[] | UploadFailure>((resolve) =>
      reader.readEntries(resolve, (error) => resolve(failureOf(error))),
    );
    if (typeof portion === 'string') return portion;
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}
