/** Writes the results of jobs, straight from their journals, in a format of `shared/formats`. */
import path from 'node:path';
import { BatchError } from '#shared/batch/reader.ts';
import type { ExportFormat } from '#shared/contract/results.ts';
import { ByteBuilder } from '#shared/formats/byte-builder.ts';
import { formats } from '#shared/formats/registry.ts';
import { RecordsError } from '#shared/records/block.ts';
import { type AlgorithmName, algorithmNames } from '#shared/tables/algorithms.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { replaceFile } from '../../base/output/output.ts';
import { Problem } from '../../base/problem.ts';
import { isSeparator, isWithin } from '../../base/within.ts';
import { JournalError } from '../../store/journal.ts';
import { sortedResults } from '../../tasks/pipeline/sorted-results.ts';
import type { Job } from '../jobs/job.ts';
import type { ResultTest } from './chosen-results.ts';

/** Bytes gathered before they are handed on. */
const chunkBytes = 256 << 10;

export interface DocumentOptions {
  /** Counts the records that have a place in the format. */
  readonly tally?: { records: number };
  /**
   * Names below this folder are relative to it. Default: the one that holds what was added, since there is no
   * better guess of where a download will lie.
   */
  readonly base?: Uint8Array;
}

export interface ResultDocument {
  /** For a file, with its extension. */
  readonly suggestedName: string;
  readonly mediaType: string;
  /**
   * The contents; may be read several times, and always gives the same. Throws JournalError, BatchError or the
   * system's error.
   */
  chunks(options?: DocumentOptions): AsyncGenerator<Uint8Array, void>;
}

/**
 * The results that the jobs have at this moment: the jobs in their order, the results of each in the order of the
 * walk, so that the same files always give the same bytes. Digests stand in the order of `digestsOf`; without it,
 * every algorithm of the jobs is included. Only what is chosen is written.
 */
export function resultDocument(
  jobs: readonly Job[],
  formatName: ExportFormat,
  digestsOf?: readonly AlgorithmName[],
  base?: string,
  isChosen: ResultTest = () => true,
): ResultDocument {
  const format = formats[formatName];
  const algorithms = digestsOf ?? algorithmNames.filter((name) => jobs.some((job) => job.algorithms.includes(name)));
  const parts = jobs.map(({ id, journal }) => ({ id, journal, batches: journal.batches }));
  const folder = base === undefined ? commonFolder(jobs.flatMap((job) => job.reach.roots)) : Buffer.from(base);
  return {
    suggestedName: `hashlane${format.extension}`,
    mediaType: format.mediaType,
    async *chunks({ tally = { records: 0 }, base = folder } = {}) {
      const out = new ByteBuilder(chunkBytes);
      const writer = format.create(algorithms);
      writer.begin(out);
      for (const { id, journal, batches } of parts) {
        for await (const batch of sortedResults(journal, batches)) {
          for (let index = 0; index < batch.count; index++) {
            if (!isChosen(id, batch.entryId(index))) continue;
            const before = out.length;
            const skip = base === undefined ? 0 : lengthOfBase(batch.nameBytes(index), base);
            if (skip > 0) batch.shortenName(index, skip);
            const hasDigests = batch.status(index) === 'ok';
            if (hasDigests && writer.refusal?.(batch, index) !== undefined) continue;
            writer.record(out, batch, index);
            if (out.length > before) tally.records++;
          }
          if (out.length >= chunkBytes) yield out.take();
        }
      }
      writer.end(out);
      yield out.take();
    },
  };
}

/** The deepest folder that holds all of `roots`, with no separator at its end; undefined where there is none. */
function commonFolder(roots: readonly Uint8Array[]): Uint8Array | undefined {
  let common: Uint8Array | undefined;
  for (const root of roots) {
    common ??= parentOf(root);
    while (common !== undefined && !isWithin(root, common)) common = parentOf(common);
    // A root is no base: its own result would have no name.
    if (common?.length === root.length) common = parentOf(common);
    if (common === undefined) return undefined;
  }
  return common;
}

function parentOf(name: Uint8Array): Uint8Array | undefined {
  let end = name.length - 1;
  while (end >= 0 && !isSeparator(name[end])) end--;
  return end > 0 ? name.subarray(0, end) : undefined;
}

/** How many bytes of `name` stand for `base` and the separator behind it; 0 where it does not lie below. */
function lengthOfBase(name: Uint8Array, base: Uint8Array): number {
  if (name.length <= base.length || !isWithin(name, base)) return 0;
  return isSeparator(base.at(-1)) ? base.length : base.length + 1;
}

/**
 * Saves the document as a whole or not at all; gives the number of records. Names below `base`, by default the folder
 * that it is saved in, are relative to it. Throws Problem UNWRITABLE or UNREADABLE.
 */
export async function saveDocument(document: ResultDocument, destination: string, base?: string): Promise<number> {
  const tally = { records: 0 };
  try {
    const folder = Buffer.from(base ?? path.dirname(path.resolve(destination)));
    await replaceFile(destination, document.chunks({ tally, base: folder }));
    return tally.records;
  } catch (error) {
    if (error instanceof JournalError || error instanceof BatchError || error instanceof RecordsError)
      throw new Problem('UNREADABLE', error.message, error.code);
    if (error instanceof FailedAttempt) throw new Problem('UNWRITABLE', `${capitalized(error.message)}.`, error.code);
    throw error;
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
