/** Writes the results of jobs, straight from their journals, in a format of `shared/formats`. */
import { BatchError, openBatch } from '#shared/batch/reader.ts';
import type { ExportFormat } from '#shared/contract/models.ts';
import { ByteBuilder } from '#shared/formats/byte-builder.ts';
import { formats } from '#shared/formats/registry.ts';
import { type AlgorithmName, algorithmNames } from '#shared/tables/algorithms.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { replaceFile } from '../../base/output/output.ts';
import { Problem } from '../../base/problem.ts';
import { JournalError } from '../../store/journal.ts';
import type { Job } from '../jobs/job.ts';

/** Bytes gathered before they are handed on. */
const chunkBytes = 256 << 10;

export interface ResultDocument {
  /** For a file, with its extension. */
  readonly suggestedName: string;
  readonly mediaType: string;
  /**
   * The contents; may be read several times, and always gives the same. `tally` counts the records
   * that have a place in the format. Throws JournalError or BatchError.
   */
  chunks(tally?: { records: number }): AsyncGenerator<Uint8Array, void>;
}

/**
 * The results that the jobs have at this moment, in the order of the jobs. Digests stand in the
 * order of `digestsOf`; without it, every algorithm of the jobs is included.
 */
export function resultDocument(
  jobs: readonly Job[],
  formatName: ExportFormat,
  digestsOf?: readonly AlgorithmName[],
): ResultDocument {
  const format = formats[formatName];
  const algorithms = digestsOf ?? algorithmNames.filter((name) => jobs.some((job) => job.algorithms.includes(name)));
  const parts = jobs.map(({ journal }) => ({ journal, batches: journal.batches }));
  return {
    suggestedName: `hashlane${format.extension}`,
    mediaType: format.mediaType,
    async *chunks(tally = { records: 0 }) {
      const out = new ByteBuilder(chunkBytes);
      const writer = format.create(algorithms);
      writer.begin(out);
      for (const { journal, batches } of parts) {
        const reader = journal.openReader();
        try {
          for (let sequence = 0; sequence < batches; sequence++) {
            const batch = openBatch(await reader.read(sequence));
            for (let index = 0; index < batch.count; index++) {
              const before = out.length;
              writer.record(out, batch, index);
              if (out.length > before) tally.records++;
            }
            if (out.length >= chunkBytes) yield out.take();
          }
        } finally {
          await reader.close();
        }
      }
      writer.end(out);
      yield out.take();
    },
  };
}

/** Saves the document as a whole or not at all; gives the number of records. Throws Problem UNWRITABLE or UNREADABLE. */
export async function saveDocument(document: ResultDocument, destination: string): Promise<number> {
  const tally = { records: 0 };
  try {
    await replaceFile(destination, document.chunks(tally));
    return tally.records;
  } catch (error) {
    if (error instanceof JournalError || error instanceof BatchError)
      throw new Problem('UNREADABLE', error.message, error.code);
    if (error instanceof FailedAttempt) throw new Problem('UNWRITABLE', `${capitalized(error.message)}.`, error.code);
    throw error;
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
