/** Figures of the report as window and text both show them. */
import { formatCount } from '../text/quantities.ts';
import type { WorkReport } from './report.ts';

/** Block sizes are powers of two and are written so. */
export function blockSize(bytes: number): string {
  if (bytes >= 1 << 20) return `${bytes / (1 << 20)} MiB`;
  return bytes >= 1024 ? `${bytes / 1024} KiB` : `${bytes} B`;
}

/** `worker 3`; the number is that of events. */
export function threadName({ kind, number }: Pick<WorkReport['threads'][number], 'kind' | 'number'>): string {
  return `${kind} ${number}`;
}

export function deviceReaders({ readers }: Pick<WorkReport['devices'][number], 'readers'>): string {
  return readers === null ? 'any' : formatCount(readers);
}
