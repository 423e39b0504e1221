/** The list of jobs: those of this run as they stand, and those of the history, each once and the newest first. */
import type { HistoryEntry, JobSummary } from '#shared/contract/models.ts';
import { isActive } from '../state/jobs.ts';
import type { Standing } from '../verdict/verdict.ts';

export interface JobRow extends Standing {
  readonly id: number;
  readonly startedAt: number;
  /** What a person calls it; else what it is about. */
  readonly title: string;
  /** How many further roots there are; 0 where the person has named it. */
  readonly others: number;
  readonly name: string | null;
  /** More may come of it in this process. */
  readonly isActive: boolean;
  /** It has not finished, and can go on. */
  readonly canContinue: boolean;
}

export const sections = ['running', 'unfinished', 'today', 'yesterday', 'earlier'] as const;
export type Section = (typeof sections)[number];

/** The last segment of a path; the path itself where it has none. */
export function leafOf(path: string): string {
  return path.split(/[/\\]/).findLast((segment) => segment !== '') ?? path;
}

/** `hidden`: jobs that are being removed. */
export function jobRows(
  jobs: readonly JobSummary[],
  entries: readonly HistoryEntry[],
  hidden: ReadonlySet<number> = new Set(),
): JobRow[] {
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const ofRun = new Set(jobs.map(({ id }) => id));
  const rows = [
    ...jobs.map((job) => rowOfJob(job, known.get(job.id))),
    ...entries.filter(({ id }) => !ofRun.has(id)).map(rowOfEntry),
  ];
  return rows.filter(({ id }) => !hidden.has(id)).sort((a, b) => b.startedAt - a.startedAt || b.id - a.id);
}

function rowOfJob(job: JobSummary, entry: HistoryEntry | undefined): JobRow {
  const { id, kind, state, startedAt, totals, outcome, failure, sources } = job;
  const name = entry?.name ?? null;
  const active = isActive(job);
  return {
    ...{ id, kind, startedAt, totals, outcome, failure, name },
    // The host counts an interrupted job that it has opened as cancelled.
    state: !active && entry?.state === 'interrupted' ? 'interrupted' : state,
    title: name ?? leafOf(sources[0]?.path ?? ''),
    others: name === null ? Math.max(0, sources.length - 1) : 0,
    isActive: active,
    canContinue: !active && (entry?.resumable ?? false),
  };
}

function rowOfEntry(entry: HistoryEntry): JobRow {
  const { id, kind, state, startedAt, totals, outcome, failure, name, roots, resumable } = entry;
  return {
    ...{ id, kind, state, startedAt, totals, outcome, failure, name },
    title: name ?? leafOf(roots.first),
    others: name === null ? Math.max(0, roots.count - 1) : 0,
    isActive: false,
    canContinue: resumable,
  };
}

/** Where a row stands in the list; `now`: milliseconds since 1970. */
export function sectionOf({ isActive: active, state, startedAt }: JobRow, now: number): Section {
  if (active || state === 'running') return 'running';
  if (state === 'interrupted') return 'unfinished';
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (startedAt >= midnight) return 'today';
  return startedAt >= new Date(midnight - 1).setHours(0, 0, 0, 0) ? 'yesterday' : 'earlier';
}
