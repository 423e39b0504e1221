import { ByteBuilder } from '#shared/formats/byte-builder.ts';
import { formats } from '#shared/formats/registry.ts';
import type { ResultTable } from './result-table.ts';

const decoder = new TextDecoder();

/** The rows as lines of a GNU checksum file; rows without a digest have no line. */
export function gnuLines(table: ResultTable, rows: Iterable<number>): string {
  const out = new ByteBuilder();
  for (const row of rows) {
    const batch = table.batch(row);
    formats.gnu.create(batch.algorithms).record(out, batch, table.record(row));
  }
  return decoder.decode(out.take());
}
