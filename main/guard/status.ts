/** What is known of guarded folders, without reading their files. */
import type { GuardedFolder as FolderStatus } from '#shared/contract/guard.ts';
import { coverageDays, coverageOf } from '#shared/guard/coverage.ts';
import { FailedAttempt } from '../base/failed-attempt.ts';
import { nameBytes, shownName } from '../base/raw-names.ts';
import { type GuardedFolder, readRecord } from './guard-store.ts';
import { isSameRoot, lookAtRoot } from './identity.ts';

/** `now`: milliseconds since 1970. Rejects with FailedAttempt for a record that cannot be read. */
export async function statusOf(folder: GuardedFolder, now: number): Promise<FolderStatus> {
  const record = await readRecord(folder.file);
  let damaged = 0;
  let last = 0;
  for (let number = 0; number < record.numbers; number++) {
    if (!record.has(number)) continue;
    if (record.isDamaged(number)) damaged++;
    last = Math.max(last, record.checkedMs(number));
  }
  const look = await lookAtRoot(nameBytes(folder.root));
  const { percent, days } = coverageOf(record, now);
  return {
    ...nameOf(folder),
    isAvailable: look.kind === 'folder' && isSameRoot(look.identity, record.header.identity),
    problem: null,
    files: record.count,
    damaged,
    lastCheck: last === 0 ? null : last,
    coverage: { percent, days },
  };
}

const nameOf = ({ id, root }: GuardedFolder): { id: string; root: string } => ({
  id,
  root: shownName(nameBytes(root)),
});

/** Like `statusOf`, with what is wrong instead of a rejection. */
export async function statusOrProblem(folder: GuardedFolder, now: number): Promise<FolderStatus> {
  try {
    return await statusOf(folder, now);
  } catch (error) {
    if (!(error instanceof FailedAttempt)) throw error;
    const unknown = { files: 0, damaged: 0, lastCheck: null, coverage: { percent: 0, days: coverageDays } };
    return { ...nameOf(folder), isAvailable: false, problem: error.message, ...unknown };
  }
}
