/**
 * What a kind of task is to those who run it: the window's job service and the command. A kind is one folder
 * beside this file and one line in `registry.ts`; see "How to add a task" in CONTRIBUTING.md.
 */
import type { JobOutcome, JobTotals } from '#shared/contract/jobs.ts';
import type { JobKind, JobSpec } from '#shared/contract/kinds/registry.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import type { Engine } from '../engine/engine.ts';
import type { EarlierResults } from '../store/earlier-results.ts';
import type { UploadIntake } from './hash/upload-intake.ts';
import type { TaskInput } from './inputs.ts';
import type { KnownKey } from './signatures/known-key.ts';

/** Where results go; a journal is one. What is not in it was not found. */
export interface ResultSink {
  /** Takes a sealed batch; `release` is called once its bytes are no longer needed. */
  append(batch: Uint8Array, release: () => void): void;
  /** Takes records of the kind's own (JSON values); resolves once they are written, which is the back-pressure. */
  appendRecords(records: Iterable<unknown>): Promise<void>;
}

/** What a person keeps here from one job to the next. */
export interface TaskProfile {
  /** Where the journal of a job of the history is, in the form of `nameText`; there may be none. */
  journalOf(job: number): string;
  /** Keys whose signatures are trusted. Rejects with FailedAttempt. */
  trustedKeys(): Promise<readonly KnownKey[]>;
}

export interface TaskContext {
  /** The job's persistent id; the engine's job has it too, where there is one. */
  readonly id: number;
  readonly engine: Pick<Engine, 'start' | 'stats'>;
  /** Those that the specification names, paths first: the engine numbers its roots in this order. */
  readonly inputs: readonly TaskInput[];
  readonly results: ResultSink;
  readonly profile: TaskProfile;
  /** What the job's journal holds, when the job goes on; only for a kind that is `resumable`. */
  readonly earlier?: EarlierResults;
}

export interface TaskEnd {
  readonly state: 'finished' | 'cancelled';
  readonly totals: JobTotals;
  /** Null for a kind that judges nothing. */
  readonly outcome: JobOutcome | null;
}

/** What the results lie below: later reading of these files is held to it. */
export interface TaskReach {
  /** Paths, in the order of the roots of the records. */
  readonly roots: readonly Uint8Array[];
  /** Results may lie beyond links out of them. */
  readonly followsLinks: boolean;
}

export interface RunningTask {
  /** The stats block's region that shows the work under way; null while there is none. */
  readonly slot: number | null;
  readonly algorithms: readonly AlgorithmName[];
  readonly reach: TaskReach;
  /** Files whose bytes a page sends. */
  readonly uploads: UploadIntake | null;
  /** Settles after the last result went to the sink. Rejects when the task cannot go on. */
  readonly done: Promise<TaskEnd>;
  totals(): JobTotals;
  pause(): void;
  resume(): void;
  cancel(): void;
}

export interface TaskKind<Spec extends { kind: JobKind } = JobSpec> {
  readonly kind: Spec['kind'];
  /** The ids of the sources that the task takes from those that wait. */
  sources(spec: Spec): readonly string[];
  /** Whether a job over these can go on after its process has ended; absent: never. */
  resumable?(inputs: readonly TaskInput[]): boolean;
  /** Begins the work. Throws EngineError when the engine takes no further job, Problem for anything a person can mend. */
  start(spec: Spec, context: TaskContext): RunningTask;
}
