/** Small tables for tests. */
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import { type RecordInput, writeBatch } from '#shared/batch/writer.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { ResultTable } from '../results/result-table.ts';
import type { ResultView } from '../results/result-view.ts';

export interface BatchOptions {
  readonly jobId?: number;
  readonly sequence?: number;
  readonly algorithms?: readonly AlgorithmName[];
}

/** Records by name alone, or with whatever else matters to the test. */
export type Row = string | Omit<RecordInput, 'entryId'>;

export function batchBytes(rows: readonly Row[], options: BatchOptions = {}): Uint8Array {
  const { jobId = 1, sequence = 0, algorithms = ['md5'] } = options;
  const records = rows.map((row, entryId) => ({ entryId, ...(typeof row === 'string' ? { name: row } : row) }));
  return writeBatch({ jobId, sequence, algorithms, records });
}

export function batchOf(rows: readonly Row[], options?: BatchOptions): BatchView {
  return openBatch(batchBytes(rows, options));
}

export function tableOf(rows: readonly Row[], options?: BatchOptions): ResultTable {
  const table = new ResultTable();
  table.append(batchOf(rows, options));
  return table;
}

const decoder = new TextDecoder();

/** The names that the view shows, in its order. */
export function shownNames(table: ResultTable, view: ResultView): string[] {
  return Array.from({ length: view.length }, (_, place) => decoder.decode(table.shownName(view.rowAt(place))));
}
