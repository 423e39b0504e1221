/** What a check found. */
import type { Coverage } from '../coverage.ts';
import type { GuardRecord, RecordHeader } from '../record.ts';
import type { GuardCounts, GuardState, GuardVerdict } from '../states.ts';

/** A file that had the content on record when it was checked; its whole path. */
export interface Copy {
  readonly path: Uint8Array;
  /** Milliseconds since 1970. */
  readonly checkedMs: number;
}

/** A file that is not just `ok`. */
export interface Finding {
  /** Relative to the root. */
  readonly path: Uint8Array;
  readonly state: Exclude<GuardState, 'ok'>;
  readonly expected?: Uint8Array;
  readonly actual?: Uint8Array;
  /** Bytes. */
  readonly size?: number;
  /** Where what was moved is now. */
  readonly foundAt?: Uint8Array;
  readonly error?: { readonly code: string; readonly message: string };
  /** An identical copy of what is on record. */
  readonly copy?: Copy;
}

export interface CheckReport {
  readonly header: RecordHeader;
  readonly verdict: GuardVerdict;
  /** Why the root is unavailable. */
  readonly reason?: string;
  readonly counts: GuardCounts;
  /** By path. */
  readonly findings: readonly Finding[];
  /** Numbers of the entries of `record` that are as they were. */
  readonly ok: readonly number[];
  readonly record: GuardRecord;
  readonly coverage: Coverage;
  readonly startedMs: number;
  readonly elapsedMs: number;
  readonly readFiles: number;
  readonly readBytes: number;
}
