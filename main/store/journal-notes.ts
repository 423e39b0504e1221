/**
 * Notes: what a journal says of its job between the results. A note is a frame `HLN1`: a header of 32 bytes (magic,
 * length of the frame, CRC-32C of the frame with this field 0, zero, where the frame begins in the file (64 bits),
 * job id (64 bits)), JSON as UTF-8, and the length of the frame once more, so that the last note can be found from
 * the end of the file. Little endian. See docs/journal.md.
 */
import { crc32c } from '#shared/batch/crc32c.ts';
import type { JobOutcome, JobTotals } from '#shared/contract/jobs.ts';
import type { JobStateName } from '#shared/jobs/states.ts';

export const noteMagic = 0x314e4c48;
export const noteHeaderBytes = 32;
const trailerBytes = 4;
/** What claims more is no note. */
export const maxNoteBytes = 2 << 20;

/** One of the things that the job is about, in their order. */
export interface NotedRoot {
  /** As the system spells it, base64; may be no UTF-8. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'upload';
  readonly name: string;
  /** Bytes; null where unknown. */
  readonly size: number | null;
}

export type JournalNote =
  | { readonly type: 'roots'; readonly roots: readonly NotedRoot[] }
  /** A process begins to write: the first when the job is started, another each time it goes on. Batches count from 0. */
  | { readonly type: 'run'; readonly run: number; readonly at: number; readonly tool: string; readonly host: string }
  | { readonly type: 'state'; readonly at: number; readonly state: JobStateName }
  /** Everything before it is on the disk once it is: `blocks` of results, SHA-256 of the file up to here. */
  | { readonly type: 'checkpoint'; readonly at: number; readonly blocks: number; readonly digest: string }
  | Seal;

/** The end of a job. */
export interface Seal {
  readonly type: 'seal';
  readonly at: number;
  readonly state: 'finished' | 'cancelled' | 'failed';
  /** Result batches and blocks of records before it. */
  readonly blocks: number;
  readonly totals: JobTotals;
  readonly outcome: JobOutcome | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly algorithms: readonly string[];
  /** SHA-256 of the file up to here, hex. */
  readonly digest: string;
}

export function writeNote(note: JournalNote, jobId: number, position: number): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(note));
  const bytes = new Uint8Array(noteHeaderBytes + json.length + trailerBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, noteMagic, true);
  view.setUint32(4, bytes.length, true);
  view.setBigUint64(16, BigInt(position), true);
  view.setBigUint64(24, BigInt(jobId), true);
  bytes.set(json, noteHeaderBytes);
  view.setUint32(bytes.length - trailerBytes, bytes.length, true);
  view.setUint32(8, crc32c(bytes), true);
  return bytes;
}

/** The note that `frame` is, as it lies at `position` of the job's journal; undefined where it is none or damaged. */
export function readNote(frame: Uint8Array, jobId: number, position: number): JournalNote | undefined {
  if (frame.length < noteHeaderBytes + trailerBytes || frame.length > maxNoteBytes) return undefined;
  const copy = frame.slice();
  const view = new DataView(copy.buffer);
  const checksum = view.getUint32(8, true);
  view.setUint32(8, 0, true);
  const sound =
    view.getUint32(0, true) === noteMagic &&
    view.getUint32(4, true) === copy.length &&
    view.getUint32(copy.length - trailerBytes, true) === copy.length &&
    view.getBigUint64(16, true) === BigInt(position) &&
    view.getBigUint64(24, true) === BigInt(jobId) &&
    crc32c(copy) === checksum;
  if (!sound) return undefined;
  const json = new TextDecoder().decode(copy.subarray(noteHeaderBytes, copy.length - trailerBytes));
  return JSON.parse(json) as JournalNote;
}

/** Roots in notes of a size that fits. */
export function* rootNotes(roots: readonly NotedRoot[]): Generator<JournalNote> {
  const most = maxNoteBytes / 2;
  let some: NotedRoot[] = [];
  let bytes = 0;
  for (const root of roots) {
    const length = root.path.length + root.name.length * 6 + 100;
    if (some.length > 0 && bytes + length > most) {
      yield { type: 'roots', roots: some };
      some = [];
      bytes = 0;
    }
    some.push(root);
    bytes += length;
  }
  if (some.length > 0) yield { type: 'roots', roots: some };
}
