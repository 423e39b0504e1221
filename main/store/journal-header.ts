/**
 * The first bytes of a journal: whose it is. Little endian: magic `HLJ1`, the length of all this, the version of
 * the layout, CRC-32C of the JSON that follows; then the JSON, as UTF-8.
 */
import { crc32c } from '#shared/batch/crc32c.ts';
import type { JobKind, JobSpec } from '#shared/contract/kinds/registry.ts';
import type { JournalPart } from '#shared/shards/plan.ts';

export const journalMagic = 0x314a4c48;
export const journalVersion = 1;
const fixedBytes = 16;
/** What claims more is no header. */
export const maxJournalHeaderBytes = 1 << 20;

export interface JournalHeader {
  /** The job's persistent id. */
  readonly id: number;
  readonly kind: JobKind;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** What the job was started with. */
  readonly spec?: JobSpec;
  /** What the job is about, for a list: how many roots, and the first one's path, shortened. The notes have them all. */
  readonly about?: { readonly count: number; readonly first: string };
  /** What relative paths refer to, base64; absent where all are absolute. */
  readonly folder?: string;
  /** Which part of a larger job it is; absent for a whole one. */
  readonly part?: JournalPart;
  /** Patterns hold for the roots too, as the command's do. */
  readonly filterRoots?: boolean;
  /** Name of the machine. */
  readonly host?: string;
  /** The program's version. */
  readonly tool?: string;
  /** The job can go on after its process has ended: all that it needs is here and on the disk. */
  readonly resumable?: boolean;
}

export function writeJournalHeader(header: JournalHeader): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(fixedBytes + json.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, journalMagic, true);
  view.setUint32(4, bytes.length, true);
  view.setUint32(8, journalVersion, true);
  view.setUint32(12, crc32c(json), true);
  bytes.set(json, fixedBytes);
  return bytes;
}

/** The header that `bytes`, the beginning of a journal, hold, and its length; undefined where they hold none. */
export function readJournalHeader(bytes: Uint8Array): { header: JournalHeader; length: number } | undefined {
  if (bytes.length < fixedBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = view.getUint32(4, true);
  if (view.getUint32(0, true) !== journalMagic || view.getUint32(8, true) !== journalVersion) return undefined;
  if (length < fixedBytes || length > Math.min(bytes.length, maxJournalHeaderBytes)) return undefined;
  const json = bytes.subarray(fixedBytes, length);
  if (crc32c(json) !== view.getUint32(12, true)) return undefined;
  return { header: JSON.parse(new TextDecoder().decode(json)) as JournalHeader, length };
}
