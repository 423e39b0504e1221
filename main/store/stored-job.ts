/** Jobs whose journals were there before: to be read, or to go on. */
import { systemCode } from '../base/system-error.ts';
import { EarlierResults } from './earlier-results.ts';
import { Journal } from './journal.ts';
import { asReadError, JournalError } from './journal-error.ts';
import { type JournalFiles, systemFiles } from './journal-files.ts';
import type { NotedRoot, Seal } from './journal-notes.ts';
import { takeLock } from './lock.ts';
import { type RecoveredJournal, recoverJournal } from './recover.ts';
import { ReplacedRecords } from './replaced-records.ts';

export interface StoredJob {
  readonly journal: Journal;
  readonly roots: readonly NotedRoot[];
  /** How the job has ended; null when something was to come. */
  readonly seal: Seal | null;
  /** When anything was last noted, milliseconds since 1970. */
  readonly lastAt: number;
  /** Bytes behind what is whole: the last frames were not written to their end, or are damaged. */
  readonly tornBytes: number;
}

/** Throws JournalError JOURNAL_FORMAT, JOURNAL_UNREADABLE. */
export async function readStored(path: string, files: JournalFiles = systemFiles): Promise<StoredJob> {
  const file = await open(files, path, 'read');
  try {
    const found = await recoverJournal(file);
    const journal = Journal.past(path, found, { files });
    // What later runs have replaced shows only when all results are gone through.
    if (found.runs.length > 1) await recoverJournal(file, new EarlierResults(journal.replaced));
    return { journal, ...partsOf(found) };
  } finally {
    await file.close();
  }
}

export interface ResumedJob extends StoredJob {
  readonly earlier: EarlierResults;
}

/**
 * Makes the journal ready to go on: cuts off what is not whole, and begins a run. `journal` is the one to go on with
 * where it is in hand. Throws JournalError: JOURNAL_IN_USE, JOURNAL_FORMAT, JOURNAL_UNREADABLE, and the system's error
 * where it cannot be written.
 */
export async function resumeStored(
  path: string,
  { tool, files = systemFiles, journal: given }: { tool?: string; files?: JournalFiles; journal?: Journal } = {},
): Promise<ResumedJob> {
  const lock = await takeLock(path);
  // guard: lock of a journal
  if (lock === null) throw new JournalError('JOURNAL_IN_USE', 'The job is running in another process.');
  try {
    const file = await open(files, path, 'write');
    try {
      const replaced = given?.replaced ?? new ReplacedRecords();
      replaced.clear();
      const earlier = new EarlierResults(replaced);
      const found = await recoverJournal(file, earlier);
      if (found.roots.length !== (found.header.about?.count ?? found.roots.length) || found.runs.length === 0) {
        throw new JournalError('JOURNAL_FORMAT', 'Its beginning is damaged: it does not say what the job is about.');
      }
      const journal = given ?? Journal.past(path, found, { files, replaced });
      await journal.goOn({ ...found, file }, lock, tool);
      earlier.begin(found);
      return { journal, earlier, ...partsOf(found) };
    } catch (error) {
      await file.close().catch(() => undefined);
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function partsOf(found: RecoveredJournal): Omit<StoredJob, 'journal'> {
  const { roots, seal, lastAt, fileLength, length } = found;
  return { roots, seal, lastAt, tornBytes: fileLength - length };
}

async function open(files: JournalFiles, path: string, access: 'read' | 'write') {
  try {
    return await files.open(path, access);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw new JournalError('JOURNAL_REMOVED', 'There is no journal of this job.');
    throw access === 'read' ? asReadError(error) : error;
  }
}
