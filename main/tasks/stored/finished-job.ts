/** A finished job as a snapshot: what its journal says of each file, with nothing read but the journal. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { BatchError } from '#shared/batch/batch-error.ts';
import type { BatchView } from '#shared/batch/reader.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { nameBytes, nameText, shownName } from '../../base/raw-names.ts';
import type { Journal } from '../../store/journal.ts';
import { JournalError } from '../../store/journal-error.ts';
import { journalMagic } from '../../store/journal-header.ts';
import { readStored, type StoredJob } from '../../store/stored-job.ts';
import { sortedResults } from '../pipeline/sorted-results.ts';

/** Whether the file begins like a journal; false for what cannot be read. */
export async function isJournal(name: string): Promise<boolean> {
  try {
    const file = await open(Buffer.from(nameBytes(name)), 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return (await file.stat()).isFile() && bytesRead === 4 && buffer.readUInt32LE() === journalMagic;
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}

export class FinishedJob {
  readonly #journal: Journal;
  readonly #attempt: string;
  readonly #roots: readonly { readonly spelled: Buffer; readonly key: Buffer }[];

  private constructor(attempt: string, { journal, roots }: StoredJob) {
    this.#attempt = attempt;
    this.#journal = journal;
    const { folder } = journal.header;
    const base = folder === undefined ? process.cwd() : nameText(Buffer.from(folder, 'base64'));
    const spelled = roots.map((root) => Buffer.from(root.path, 'base64'));
    const whole = spelled.map((root) => path.resolve(base, nameText(root)));
    const common = whole.length === 1 ? whole[0]! : commonFolder(whole.map((root) => path.dirname(root)));
    this.#roots = spelled.map((root, at) => ({
      spelled: root,
      key: Buffer.from(nameBytes(path.relative(common, whole[at]!))),
    }));
  }

  /** `file` in the form of `nameText`. Rejects with FailedAttempt: no journal, not finished, or not of digests. */
  static async open(file: string): Promise<FinishedJob> {
    const attempt = `cannot use the job ${shownName(nameBytes(file))}`;
    const stored = await readStored(file).catch((error: unknown) => {
      throw new FailedAttempt(attempt, error);
    });
    const refuse = (why: string): never => {
      throw new FailedAttempt(attempt, new JournalError('JOURNAL_FORMAT', why));
    };
    if (stored.seal?.state !== 'finished') refuse('it has not finished');
    if (stored.journal.header.kind !== 'hash') refuse('it computed no digests of files');
    return new FinishedJob(attempt, stored);
  }

  /** In walk order, the last result of each name; each batch's memory is the caller's, until the next one is taken. */
  async *results(): AsyncGenerator<BatchView, void> {
    try {
      yield* sortedResults(this.#journal, this.#journal.batches);
    } catch (error) {
      const isOurs = error instanceof JournalError || error instanceof BatchError;
      throw isOurs ? new FailedAttempt(this.#attempt, error) : error;
    }
  }

  /**
   * The name of a record below what the job was about: below its folder, or below the folder that all of its roots lie
   * in. `/` stands between the segments. Empty for the folder itself.
   */
  key(batch: BatchView, index: number): Uint8Array {
    const name = Buffer.from(batch.nameBytes(index));
    const root = this.#roots[batch.root(index)];
    if (root === undefined || Buffer.compare(name.subarray(0, root.spelled.length), root.spelled) !== 0) return name;
    let start = root.spelled.length;
    while (start < name.length && isSlash(name[start])) start++;
    const below = name.subarray(start);
    const isFile = below.length === 0 && root.key.length === 0 && batch.status(index) === 'ok';
    if (isFile) return posix(name.subarray(batch.leafOffset(index)));
    const parts = [root.key, below].filter(({ length }) => length > 0);
    return posix(parts.length === 2 ? Buffer.concat([parts[0]!, Buffer.from('/'), parts[1]!]) : (parts[0] ?? below));
  }
}

const isSlash = (byte: number | undefined): boolean => byte === 0x2f || (path.sep === '\\' && byte === 0x5c);

function posix(name: Buffer): Uint8Array {
  return path.sep === '/' ? name : Buffer.from(name.map((byte) => (byte === 0x5c ? 0x2f : byte)));
}

function commonFolder(folders: readonly string[]): string {
  let common = folders[0] ?? '';
  for (const folder of folders) {
    while (!isBelow(folder, common) && path.dirname(common) !== common) common = path.dirname(common);
  }
  return common;
}

function isBelow(folder: string, common: string): boolean {
  return folder === common || folder.startsWith(common.endsWith(path.sep) ? common : `${common}${path.sep}`);
}
