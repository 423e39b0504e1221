/** What the person granted, as a task gets it: paths, or files whose bytes a page will send. */
import type { Source } from '#shared/contract/sources.ts';

export interface DeclaredEntry {
  /** Relative, `/` between segments, no `.` and no `..`. */
  readonly path: string;
  /** Bytes that will be sent. */
  readonly size: number;
}

export interface GrantedPath {
  readonly kind: 'path';
  readonly source: Source;
  /** As the system spells it; may be no UTF-8. */
  readonly path: Uint8Array;
}

export interface GrantedUpload {
  readonly kind: 'upload';
  readonly source: Source;
  /** The window that has the files; when it goes away, so do the bytes. */
  readonly windowId: string;
  readonly entries: readonly DeclaredEntry[];
}

export type TaskInput = GrantedPath | GrantedUpload;

/** The paths among `inputs`, in their order. */
export function pathsOf(inputs: readonly TaskInput[]): Uint8Array[] {
  return inputs.flatMap((input) => (input.kind === 'path' ? [input.path] : []));
}
