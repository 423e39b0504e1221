/** Reports of jobs, written from the records in their journals. */
import os from 'node:os';
import type { ReportFormat } from '#shared/contract/results.ts';
import { isActive } from '#shared/jobs/states.ts';
import { holdsRecords, RecordsError, readRecords } from '#shared/records/block.ts';
import type { ReportEnd, ReportRecord } from '#shared/reports/form.ts';
import { reports } from '#shared/reports/registry.ts';
import { reportForms } from '#shared/reports/write.ts';
import { Problem } from '../../base/problem.ts';
import { JournalError } from '../../store/journal.ts';
import type { Job } from '../jobs/job.ts';
import type { ResultDocument } from '../results/exports.ts';

/** Characters gathered before they are handed on. */
const chunkLength = 256 << 10;

/**
 * The report of a job that has ended. Throws Problem: CONFLICT (it has not ended), NOT_FOUND (its kind has no report),
 * UNREADABLE (its journal cannot be read).
 */
export async function reportDocument(job: Job, format: ReportFormat, version: string): Promise<ResultDocument> {
  const { kind, state, outcome } = job.status();
  const form = reports[kind];
  if (form === undefined) throw new Problem('NOT_FOUND', 'Results of hashing have no report. Export them instead.');
  if (isActive(state)) throw new Problem('CONFLICT', 'The job has not ended yet.');
  const { extension, mediaType, write } = reportForms[format];
  const end: ReportEnd = { outcome, summary: await readable(lastSummary(job)) };
  const circumstances = { date: new Date().toISOString(), host: os.hostname(), version };
  return {
    suggestedName: `${form.name}${extension}`,
    mediaType,
    async *chunks({ tally = { records: 0 } } = {}) {
      const encoder = new TextEncoder();
      const records = (): AsyncIterable<ReportRecord> => recordsOf(job);
      for await (const record of records()) tally.records += form.lines(record).length;
      let text = '';
      for await (const piece of write({ form, records, end, circumstances })) {
        text += piece;
        if (text.length < chunkLength) continue;
        yield encoder.encode(text);
        text = '';
      }
      yield encoder.encode(text);
    },
  };
}

async function* recordsOf(job: Job): AsyncGenerator<ReportRecord, void> {
  const reader = job.journal.openReader();
  try {
    for (let block = 0; block < job.journal.batches; block++) {
      const bytes = await reader.read(block);
      if (holdsRecords(bytes)) yield* readRecords(bytes).records as ReportRecord[];
    }
  } finally {
    await reader.close();
  }
}

/** Kinds that sum up do it in their last record. */
async function lastSummary(job: Job): Promise<ReportRecord | null> {
  const reader = job.journal.openReader();
  try {
    const last = job.journal.batches - 1;
    if (last < 0) return null;
    const bytes = await reader.read(last);
    if (!holdsRecords(bytes)) return null;
    const record = readRecords(bytes).records.at(-1) as ReportRecord | undefined;
    return record?.type === 'summary' ? record : null;
  } finally {
    await reader.close();
  }
}

async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof JournalError || error instanceof RecordsError) {
      throw new Problem('UNREADABLE', error.message, error.code);
    }
    throw error;
  }
}
