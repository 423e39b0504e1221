/** What a journal is about and how it has ended, from its beginning and its end: no result is read. */
import { describeHeader, type JournalDescription } from './journal-description.ts';
import { type JournalFile, readFully } from './journal-files.ts';
import { readJournalHeader } from './journal-header.ts';
import { type JournalNote, maxNoteBytes, readNote, type Seal } from './journal-notes.ts';

/** More than the header and the seal of most jobs take. */
const headBytes = 8 << 10;
const tailBytes = 4 << 10;

export interface JournalSummary extends JournalDescription {
  readonly seal: Seal | null;
  /** Of the file. */
  readonly bytes: number;
}

/** Undefined for what is no journal. Throws the system's error. */
export async function summarize(file: JournalFile): Promise<JournalSummary | undefined> {
  const bytes = await file.size();
  let head = await readAt(file, 0, headBytes);
  const claimed = head.length < 16 ? 0 : new DataView(head.buffer).getUint32(4, true);
  if (claimed > head.length) head = await readAt(file, 0, Math.min(claimed, maxNoteBytes));
  const found = readJournalHeader(head);
  if (found === undefined) return undefined;
  const last = await lastNote(file, bytes, found.header.id);
  return { ...describeHeader(found.header), seal: last?.type === 'seal' ? last : null, bytes };
}

/** The note that the file ends with; undefined where it ends with anything else. */
async function lastNote(file: JournalFile, size: number, jobId: number): Promise<JournalNote | undefined> {
  const begin = Math.max(0, size - tailBytes);
  let tail = await readAt(file, begin, size - begin);
  if (tail.length < 4) return undefined;
  const length = new DataView(tail.buffer).getUint32(tail.length - 4, true);
  if (length > Math.min(size, maxNoteBytes)) return undefined;
  if (length > tail.length) tail = await readAt(file, size - length, length);
  return readNote(tail.subarray(tail.length - length), jobId, size - length);
}

async function readAt(file: JournalFile, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  return bytes.slice(0, await readFully(file, bytes, position));
}
