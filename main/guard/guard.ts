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
import { isPathWithin } from '../base/within.ts';
import { HashPaths } from '../tasks/folder/hash-paths.ts';
import type { Steps } from '../tasks/pipeline/stepped-task.ts';
import { type CheckOptions, checkFolder, unavailableReport } from './check.ts';
import { type GuardedFolder, type GuardStore, guardId, guardProblem, readRecord, writeRecord } from './guard-store.ts';
import { withHints } from './hints.ts';
import { lookAtRoot } from './identity.ts';

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
    await writeRecord(folder, record);
    return report;
  } catch (error) {
    await store.remove(folder);
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
  const identity = { device: '0', inode: '0', bornNs: '0' };
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
  const folders = await store.list();
  const byFolder = new Map<GuardedFolder, string[]>();
  for (const given of paths) {
    const whole = path.join(await guardedRoot(path.dirname(path.resolve(given))), path.basename(given));
    const within = folders.filter(({ root }) => isPathWithin(whole, root) && whole !== root);
    const folder = within.sort((a, b) => b.root.length - a.root.length)[0];
    if (folder === undefined) {
      throw guardProblem('GUARD_UNKNOWN', given, 'lies in no folder that is guarded');
    }
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), whole]);
  }
  let accepted = 0;
  for (const [folder, whole] of byFolder) accepted += await acceptIn(store, folder, whole, now, steps);
  return accepted;
}

async function acceptIn(
  store: GuardStore,
  folder: GuardedFolder,
  paths: readonly string[],
  now: () => number,
  steps: Steps,
): Promise<number> {
  const lock = await store.lock(folder);
  try {
    const record = await readRecord(folder.file);
    const { root, algorithm } = record.header;
    const below = paths.map((whole) =>
      Buffer.from(nameBytes(whole)).subarray(root.length + (root.at(-1) === 0x2f ? 0 : 1)),
    );
    let problem: FailedAttempt | undefined;
    const hashing = new HashPaths({
      steps,
      root,
      record: (id, batch, index) => {
        const entryPath = below[id]!;
        const number = record.find(entryPath);
        const digest = batch.digest(index, algorithm);
        if (digest !== null) {
          const facts = { size: batch.size(index), modifiedNs: batch.modifiedNs(index), digest: digest.slice() };
          record.set({ ...facts, path: entryPath, checkedMs: now(), isDamaged: false });
        } else if (batch.status(index) === 'missing' && number >= 0) record.remove(number);
        else {
          const { code, message } = recordError(batch, index) ?? { code: 'EIO', message: 'it cannot be read' };
          problem ??= guardProblem(code, nameText(entryPath), message);
        }
      },
    });
    for (const [id, one] of below.entries()) await hashing.add(id, one, [algorithm]);
    await hashing.finish();
    if (problem !== undefined) throw problem;
    await writeRecord(folder, record);
    return paths.length;
  } finally {
    await lock.release();
  }
}
