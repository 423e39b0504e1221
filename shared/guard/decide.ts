/** The state of a file that was read and is on record: content × modification time × what was known before. */
import type { GuardState } from './states.ts';
import { compareTimes } from './times.ts';

export interface FileFacts {
  /** Bytes. */
  readonly size: number;
  /** Nanoseconds since 1970. */
  readonly modifiedNs: bigint;
  readonly digest: Uint8Array;
}

export interface KnownFacts extends FileFacts {
  /** It was damaged when it was last read, and nobody accepted what it is now. */
  readonly isDamaged: boolean;
}

/**
 * Inode and size do not decide: the inode changes with every restore, and rot that changes the size is rot. What was
 * damaged stays so, whatever its times, until its content is that on record again.
 */
export function decide(known: KnownFacts, found: FileFacts): GuardState {
  const time = compareTimes(found.modifiedNs, known.modifiedNs);
  if (sameBytes(known.digest, found.digest)) return time === 0 ? 'ok' : 'touched';
  // guard: damage stays damage
  if (known.isDamaged) return 'damaged';
  if (time === 0) return 'damaged';
  return time > 0 ? 'updated' : 'older';
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Whether what was found takes the place of what is on record. */
export function replacesRecord(state: GuardState): boolean {
  return state === 'ok' || state === 'updated' || state === 'older' || state === 'touched';
}
