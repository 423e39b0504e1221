/** What can be done with guarded folders, for window and command. */
import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { recordError } from '#shared/formats/record-text.ts';
import { GuardRecord, type RecordHeader } from '#shared/guard/record.ts';
import type { CheckReport } from '#shared/guard/report/model.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import type { FailedAttempt } from '../base/failed-attempt.ts';
import { nameBytes, nameText } from '../base/raw-names.ts';
import { systemCode } from '../base/system-error.ts';
import { inFolder } from '../tasks/folder/folder-names.ts';
import { HashPaths } from '../tasks/folder/hash-paths.ts';
import type { Steps } from '../tasks/pipeline/stepped-task.ts';
import { type CheckOptions, checkFolder, unavailableReport } from './check.ts';
import { type GuardedFolder, type GuardStore, guardId, guardProblem, readRecord, writeRecord } from './guard-store.ts';
import { withHints } from './hints.ts';
import { isSameRoot, lookAtRoot } from './identity.ts';

/** A folder as it was named, absolute and without links where it is there; in the form of `nameText`. */
export async function guardedRoot(name: string): Promise<string> {
  const whole = path.resolve(name);
  return await realpath(Buffer.from(nameBytes(whole)), 'buffer').then(
    (real) => nameText(real as unknown as Uint8Array),
    () => whole,
  );
}

export interface AddFolderOptions {
  readonly algorithm: AlgorithmName;
  readonly isAtRoot: boolean;
  readonly now: () => number;
}

/** Puts `root` on record. Rejects with FailedAttempt; nothing is on record then. */
export async function addFolder(
  store: GuardStore,
  root: string,
  { algorithm, isAtRoot, now }: AddFolderOptions,
  steps: Steps,
): Promise<CheckReport> {
  const look = await lookAtRoot(nameBytes(root));
  if (look.kind === 'unavailable') {
    throw guardProblem('UNAVAILABLE', root, look.reason);
  }
  const folder = await store.create(root, isAtRoot);
  const lock = await store.lock(folder);
  try {
    const header: RecordHeader = {
      id: guardId(nameBytes(root)),
      root: nameBytes(root),
      algorithm,
      identity: look.identity,
      createdMs: now(),
    };
    const record = new GuardRecord(header);
    const report = await checkFolder(record, { now }, steps);
    if (report.verdict === 'unavailable') throw guardProblem('UNAVAILABLE', root, report.reason ?? '');
    await writeRecord(folder, record);
    await store.note(folder);
    return await withHints(report, store);
  } catch (error) {
    await store.forget(folder);
    throw error;
  } finally {
    await lock.release();
  }
}

export interface CheckFolderOptions extends CheckOptions {
  /** The folder was moved to another disk. */
  readonly isNewDisk: boolean;
}

/**
 * Checks a folder and brings its record up to date, also when the check is interrupted: what was compared until then
 * counts. Rejects with FailedAttempt, and what `steps` reject with.
 */
export async function checkGuarded(
  store: GuardStore,
  folder: GuardedFolder,
  options: CheckFolderOptions,
  steps: Steps,
): Promise<CheckReport> {
  const lock = await store.lock(folder);
  try {
    const look = await lookAtRoot(nameBytes(folder.root));
    if (folder.isAtRoot && look.kind === 'unavailable') return unavailable(folder, look.reason, options.now());
    const stored = await readAtRoot(folder, options.now());
    if (!(stored instanceof GuardRecord)) return stored;
    const identity = look.kind === 'folder' && options.isNewDisk ? look.identity : stored.header.identity;
    const record = stored.withHeader({ ...stored.header, root: nameBytes(folder.root), identity });
    let report: CheckReport | undefined;
    try {
      report = await checkFolder(record, options, steps);
    } finally {
      const header = look.kind === 'folder' ? { ...record.header, identity: look.identity } : record.header;
      if (report?.verdict !== 'unavailable') await writeRecord(folder, record, header);
    }
    return await withHints(report, store);
  } finally {
    await lock.release();
  }
}

/** A medium whose record cannot be found is not the one that was guarded. */
async function readAtRoot(folder: GuardedFolder, now: number): Promise<GuardRecord | CheckReport> {
  if (folder.isAtRoot) {
    const missing = await lstat(Buffer.from(nameBytes(folder.file))).then(
      () => false,
      (error: unknown) => systemCode(error) === 'ENOENT',
    );
    if (missing) return unavailable(folder, 'its record is not there', now);
  }
  return await readRecord(folder.file);
}

function unavailable(folder: GuardedFolder, reason: string, now: number): CheckReport {
  const identity = { device: '0', inode: '0', bornNs: '0', volumeNs: '0' };
  const header = {
    id: folder.id,
    root: nameBytes(folder.root),
    algorithm: 'sha256',
    identity,
    createdMs: now,
  } as const;
  return unavailableReport(new GuardRecord(header), reason, now, now);
}

/** Takes files as they are now onto the record; one that is gone leaves it. Rejects with FailedAttempt. */
export async function acceptFiles(
  store: GuardStore,
  paths: readonly string[],
  now: () => number,
  steps: Steps,
): Promise<number> {
  const byRoot = new Map<string, { readonly folder: GuardedFolder; readonly files: string[] }>();
  for (const given of paths) {
    const whole = path.join(await guardedRoot(path.dirname(path.resolve(given))), path.basename(given));
    const folder = await store.around(whole);
    if (folder === undefined) {
      throw guardProblem('GUARD_UNKNOWN', given, 'lies in no folder that is guarded');
    }
    const { files } = byRoot.get(folder.root) ?? { files: [] };
    byRoot.set(folder.root, { folder, files: [...files, whole] });
  }
  let accepted = 0;
  for (const { folder, files } of byRoot.values()) {
    const { length } = inFolder(nameBytes(folder.root), new Uint8Array(1));
    const below = files.map((whole) => Buffer.from(nameBytes(whole)).subarray(length - 1));
    accepted += await acceptIn(store, folder, below, now, steps);
  }
  return accepted;
}

/** Like `acceptFiles`, for files on record by their names in it: whoever names them may name no others. */
export async function acceptEntries(
  store: GuardStore,
  folder: GuardedFolder,
  paths: readonly Uint8Array[],
  now: () => number,
  steps: Steps,
): Promise<number> {
  return await acceptIn(store, folder, paths, now, steps, true);
}

async function acceptIn(
  store: GuardStore,
  folder: GuardedFolder,
  below: readonly Uint8Array[],
  now: () => number,
  steps: Steps,
  isOnRecord = false,
): Promise<number> {
  const lock = await store.lock(folder);
  try {
    const record = await readRecord(folder.file);
    const { algorithm, identity } = record.header;
    const root = nameBytes(folder.root);
    const look = await lookAtRoot(root);
    if (look.kind === 'unavailable') throw guardProblem('UNAVAILABLE', folder.root, look.reason);
    if (!isSameRoot(look.identity, identity)) {
      throw guardProblem('UNAVAILABLE', folder.root, 'another disk or folder is in its place');
    }
    const unknown = isOnRecord ? below.find((one) => record.find(one) < 0) : undefined;
    // guard: accepting what is not on record
    if (unknown !== undefined) throw guardProblem('GUARD_UNKNOWN', nameText(unknown), 'is not on record');
    let problem: FailedAttempt | undefined;
    const hashing = new HashPaths({
      steps,
      root,
      // It stands for what is on the disk.
      reading: { medium: true },
      record: (id, batch, index) => {
        const entryPath = below[id]!;
        const number = record.find(entryPath);
        const digest = batch.digest(index, algorithm);
        if (digest !== null) {
          const facts = { size: batch.size(index), modifiedNs: batch.modifiedNs(index), digest: digest.slice() };
          record.set({ ...facts, path: entryPath, checkedMs: now(), isDamaged: false });
        } else if (batch.status(index) === 'missing' && number >= 0) record.remove(number);
        else if (batch.status(index) === 'missing') {
          problem ??= guardProblem('ENOENT', nameText(entryPath), 'is neither there nor on record');
        } else {
          const { code, message } = recordError(batch, index) ?? { code: 'EIO', message: 'it cannot be read' };
          problem ??= guardProblem(code, nameText(entryPath), message);
        }
      },
    });
    for (const [id, one] of below.entries()) await hashing.add(id, one, [algorithm]);
    await hashing.finish();
    if (problem !== undefined) throw problem;
    await writeRecord(folder, record);
    return below.length;
  } finally {
    await lock.release();
  }
}
