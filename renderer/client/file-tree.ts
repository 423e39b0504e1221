/**
 * Turns what was dropped or picked in a browser into a flat list of files to upload. A part that
 * cannot be read stays in the list without its bytes, so that it becomes a row that says so.
 */

export interface LocalFile {
  /** Path below what was dropped, `/` between segments; its first segment is the dropped name. */
  readonly path: string;
  /** null when the browser could not open it. */
  readonly file: File | null;
}

/** Everything under `entry`, depth first. */
export async function listEntry(entry: FileSystemEntry, below = ''): Promise<LocalFile[]> {
  const path = below === '' ? entry.name : `${below}/${entry.name}`;
  if (entry.isFile) return [{ path, file: await openFile(entry as FileSystemFileEntry) }];
  const children = await readFolder(entry as FileSystemDirectoryEntry);
  if (children === null) return [{ path, file: null }];
  const files: LocalFile[] = [];
  for (const child of children) files.push(...(await listEntry(child, path)));
  return files;
}

function openFile(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(null)));
}

/** `readEntries` answers in portions (100 in Chromium) and with none at the end. */
async function readFolder(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[] | null> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[] | null>((resolve) =>
      reader.readEntries(resolve, () => resolve(null)),
    );
    if (portion === null) return null;
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}
