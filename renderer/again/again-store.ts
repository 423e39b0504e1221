/** What came of hashing results again, by result. Knows no session, so that the session can hold one. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Rehashed } from '#shared/contract/models.ts';
import type { ResultTable } from '../results/result-table.ts';

export type Outcome = Rehashed['outcome'];

/** Told first: what a person has to look at. */
export const outcomes = [
  'different',
  'missing',
  'unreadable',
  'changed',
  'elsewhere',
  'first',
  'same',
  'upload',
  'skipped',
] as const satisfies readonly Outcome[];

export const alarming: ReadonlySet<Outcome> = new Set(['different', 'missing', 'unreadable', 'changed', 'elsewhere']);

export function isAlarming({ outcome }: Rehashed): boolean {
  return alarming.has(outcome);
}

/** A check that is under way: as long as it takes, it can be watched, paused and given up. */
export interface AgainRun {
  readonly files: number;
  readonly filesDone: number;
  /** As the results have them. */
  readonly bytes: number;
  readonly bytesDone: number;
  readonly isPaused: boolean;
  pause(): void;
  resume(): void;
  cancel(): void;
}

export interface AgainState {
  readonly run: AgainRun | null;
  /** By `keyOf`. */
  readonly answers: ReadonlyMap<string, Rehashed>;
}

export const createAgainStore = (): StoreApi<AgainState> => createStore(() => ({ run: null, answers: new Map() }));

/** The keys of the results of these jobs that were found to be other than the table says. */
export function findingsOf(answers: AgainState['answers'], jobIds: readonly number[]): ReadonlySet<string> {
  const jobs = new Set(jobIds.map(String));
  const keys = new Set<string>();
  for (const [key, answer] of answers)
    if (isAlarming(answer) && jobs.has(key.slice(0, key.indexOf('/')))) keys.add(key);
  return keys;
}

/** What tells a result apart from those of all jobs. */
export function keyOf(table: ResultTable, row: number): string {
  const batch = table.batch(row);
  return `${batch.jobId}/${batch.entryId(table.record(row))}`;
}
