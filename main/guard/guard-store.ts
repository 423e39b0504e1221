/**
 * Where records lie: in the folder `guard` of the profile, or below the root itself, in `.hashlane/`, so that every copy
 * of the medium carries it. The profile then has a note that names the root.
 */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { GuardRecord, type RecordHeader } from '#shared/guard/record.ts';
import { endText, entryText, headerText, RecordReader } from '#shared/guard/record-text.ts';
import { toHex } from '#shared/text/hex.ts';
import { FailedAttempt } from '../base/failed-attempt.ts';
import { openOutput, replaceFile } from '../base/output/output.ts';
import { nameBytes, nameText, shownName } from '../base/raw-names.ts';
import { systemCode } from '../base/system-error.ts';
import { isPathWithin } from '../base/within.ts';
import { type Lock, takeLock } from '../store/lock.ts';

/** Left out of every check. */
export const mediumFolder = '.hashlane';
const mediumFile = 'guard.sha256';
const lineFeed = 0x0a;
const maxLineBytes = 1 << 20;

/** A folder that is guarded, by what the profile knows of it. */
export interface GuardedFolder {
  readonly id: string;
  /** Absolute, in the form of `nameText`. */
  readonly root: string;
  /** In the form of `nameText`. */
  readonly file: string;
  readonly isAtRoot: boolean;
}

/** What stands in the way, in words and with a code of ours: `GUARD_EXISTS`, `GUARD_UNKNOWN`, `GUARD_BUSY`, `GUARD_LINK`. */
export function guardProblem(code: string, name: string, why: string): FailedAttempt {
  return new FailedAttempt(shownName(nameBytes(name)), Object.assign(new Error(why), { code, errno: 0 }));
}

/** The same folder gives the same id, so that no folder has two records in one profile. */
export function guardId(root: Uint8Array): string {
  return toHex(createHash('sha256').update(root).digest()).slice(0, 16);
}

function fileAtRoot(root: string): string {
  return path.join(root, mediumFolder, mediumFile);
}

const exists = async (file: string): Promise<boolean> =>
  await stat(Buffer.from(nameBytes(file))).then(
    () => true,
    () => false,
  );

export class GuardStore {
  /** In the form of `nameText`. */
  readonly folder: string;
  readonly #within: string | undefined;

  /** `within`: only folders at or below this one are seen; absolute, without links. */
  constructor(folder: string, within?: string) {
    this.folder = folder;
    this.#within = within;
  }

  /** Whether what lies at a path may be spoken of; in the form of `nameText`. */
  sees(root: string): boolean {
    // guard: guarded folders below the root => return true;
    return this.#within === undefined || isPathWithin(root, this.#within);
  }

  /** Journals of the same profile: its data folder holds both. */
  get jobsFolder(): string {
    return path.join(path.dirname(this.folder), 'jobs');
  }

  #recordFile = (id: string): string => path.join(this.folder, `${id}.sha256`);
  #noteFile = (id: string): string => path.join(this.folder, `${id}.root`);

  /** Every guarded folder that the profile knows, by root. Throws the system's error. */
  async list(): Promise<GuardedFolder[]> {
    let names: string[];
    try {
      names = await readdir(this.folder);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw error;
    }
    const folders: GuardedFolder[] = [];
    for (const name of names) {
      const [, id, kind] = /^([0-9a-f]{16})\.(sha256|root)$/.exec(name) ?? [];
      if (id === undefined) continue;
      if (kind === 'root') {
        const root = nameText(await readFile(this.#noteFile(id)));
        folders.push({ id, root, file: fileAtRoot(root), isAtRoot: true });
      } else {
        const root = nameText((await readHeaderRoot(this.#recordFile(id))) ?? Buffer.from('?'));
        folders.push({ id, root, file: this.#recordFile(id), isAtRoot: false });
      }
    }
    return folders.filter(({ root }) => this.sees(root)).sort((a, b) => (a.root < b.root ? -1 : 1));
  }

  /** The guarded folder of this id. */
  async byId(id: string): Promise<GuardedFolder | undefined> {
    return (await this.list()).find((folder) => folder.id === id);
  }

  /** The innermost guarded folder that `file` lies in; absolute, in the form of `nameText`. */
  async around(file: string): Promise<GuardedFolder | undefined> {
    for (let root = path.dirname(file); ; root = path.dirname(root)) {
      const folder = await this.find(root);
      if (folder !== undefined || root === path.dirname(root)) return folder;
    }
  }

  /** The guarded folder `root`, absolute, in the form of `nameText`; undefined when it is not guarded. */
  async find(root: string): Promise<GuardedFolder | undefined> {
    if (!this.sees(root)) return undefined;
    const id = guardId(nameBytes(root));
    if (await exists(this.#recordFile(id))) return { id, root, file: this.#recordFile(id), isAtRoot: false };
    const isNoted = await exists(this.#noteFile(id));
    // A medium that was guarded on another machine brings its record along.
    if (isNoted || (await exists(fileAtRoot(root)))) return { id, root, file: fileAtRoot(root), isAtRoot: true };
    return undefined;
  }

  /** Where the record of a folder that is put on record goes. Rejects with FailedAttempt. */
  async create(root: string, isAtRoot: boolean): Promise<GuardedFolder> {
    if ((await this.find(root)) !== undefined) {
      throw guardProblem('GUARD_EXISTS', root, 'is guarded already');
    }
    const id = guardId(nameBytes(root));
    const file = isAtRoot ? fileAtRoot(root) : this.#recordFile(id);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    if (isAtRoot) {
      await refuseLinks(file);
      await mkdir(Buffer.from(nameBytes(path.dirname(file))), { recursive: true });
    }
    return { id, root, file, isAtRoot };
  }

  /** Remembers a folder whose record lies at its root, once it is there. */
  async note({ id, root, isAtRoot }: GuardedFolder): Promise<void> {
    if (isAtRoot) await replaceFile(this.#noteFile(id), [nameBytes(root)], { mode: 0o600 });
  }

  /** Takes the folder off record. What is at the root is deleted too, where it can be reached. Rejects with FailedAttempt. */
  async remove(folder: GuardedFolder): Promise<void> {
    const lock = await this.lock(folder);
    try {
      await this.forget(folder);
    } finally {
      await lock.release();
    }
  }

  /** Of who holds the lock. */
  async forget({ id, file, isAtRoot }: GuardedFolder): Promise<void> {
    if (isAtRoot) await rm(Buffer.from(nameBytes(file)), { force: true });
    await rm(this.#noteFile(id), { force: true });
    await rm(this.#recordFile(id), { force: true });
  }

  /** Nobody else checks the folder meanwhile. Rejects with FailedAttempt. */
  async lock({ id, root }: GuardedFolder): Promise<Lock> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const lock = await takeLock(path.join(this.folder, `${id}.check`));
    if (lock === null) throw guardProblem('GUARD_BUSY', root, 'is being checked already');
    return lock;
  }
}

async function readHeaderRoot(file: string): Promise<Uint8Array | undefined> {
  try {
    return (await readRecord(file, true)).header.root;
  } catch {
    return undefined;
  }
}

/** `headerOnly`: without entries. Rejects with FailedAttempt; a record that is damaged is not used at all. */
export async function readRecord(file: string, headerOnly = false): Promise<GuardRecord> {
  const sha256 = createHash('sha256');
  try {
    const reader = new RecordReader(() => sha256.copy().digest('hex'));
    for await (const line of lines(file)) {
      if (headerOnly && reader.header !== undefined) return new GuardRecord(reader.header);
      reader.push(line);
      sha256.update(line).update('\n');
    }
    return reader.finish();
  } catch (error) {
    throw new FailedAttempt(`cannot read the record ${shownName(nameBytes(file))}`, error);
  }
}

/** Lines without their ends; what follows the last line end is a line as well. */
async function* lines(file: string): AsyncGenerator<Uint8Array> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(Buffer.from(nameBytes(file)), { highWaterMark: 1 << 18 })) {
    const bytes: Buffer = held.length === 0 ? (chunk as Buffer) : Buffer.concat([held, chunk as Buffer]);
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
      yield bytes.subarray(start, end);
      start = end + 1;
    }
    held = bytes.subarray(start);
    if (held.length > maxLineBytes) throw new RangeError('a line is longer than any path');
  }
  if (held.length > 0) yield held;
}

/** A medium comes from anywhere: what it links to must not be written. */
async function refuseLinks(file: string): Promise<void> {
  for (const name of [path.dirname(file), file]) {
    const stats = await lstat(Buffer.from(nameBytes(name))).catch(() => undefined);
    // guard: links at the root of a medium
    if (stats?.isSymbolicLink())
      throw guardProblem('GUARD_LINK', name, 'is a link; the record is not written through it');
  }
}

/** Replaces the record as a whole. Rejects with FailedAttempt; the one before is as it was then. */
export async function writeRecord(
  { file, isAtRoot }: GuardedFolder,
  record: GuardRecord,
  header: RecordHeader = record.header,
): Promise<void> {
  if (isAtRoot) await refuseLinks(file);
  const output = await openOutput(file, { mode: 0o600 });
  try {
    const sha256 = createHash('sha256');
    let gathered: Uint8Array[] = [];
    let bytes = 0;
    const add = async (text: Uint8Array, isLast = false): Promise<void> => {
      gathered.push(text);
      bytes += text.length;
      if (bytes < 1 << 16 && !isLast) return;
      await output.write(Buffer.concat(gathered));
      gathered = [];
      bytes = 0;
    };
    const counted = (text: Uint8Array, hash: Hash): Uint8Array => {
      hash.update(text);
      return text;
    };
    await add(counted(headerText(header), sha256));
    for (const number of record.sorted()) await add(counted(entryText(record.entry(number)), sha256));
    await add(endText(record.count, sha256.digest('hex')), true);
    await output.commit();
  } finally {
    await output.discard();
  }
}
