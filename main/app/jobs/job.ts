/**
 * One job, of any kind: its task and its journal, told as one state. Ends when the task has ended and the
 * journal holds every result. A file that could not be read is a result like any other.
 */
import type { JobOutcome, JobStatus, JobSummary, JobTotals } from '#shared/contract/jobs.ts';
import type { JobSpec } from '#shared/contract/kinds/registry.ts';
import type { Source } from '#shared/contract/sources.ts';
import { isActive, type JobStateName } from '#shared/jobs/states.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { Problem } from '../../base/problem.ts';
import { type Engine, EngineError } from '../../engine/engine.ts';
import type { Journal, JournalError } from '../../store/journal.ts';
import type { UploadIntake } from '../../tasks/hash/upload-intake.ts';
import type { TaskInput } from '../../tasks/inputs.ts';
import type { RunningTask, TaskEnd, TaskKind, TaskReach } from '../../tasks/task.ts';

export interface JobListener {
  /** The state, the failure or the totals are others than before. */
  changed(job: Job): void;
  /** One more batch can be read. Its bytes are still at hand; they change once this has returned. */
  batchWritten(job: Job, sequence: number, batch: Uint8Array): void;
}

/** What a job is made of. */
export interface JobParts {
  readonly task: TaskKind;
  readonly spec: JobSpec;
  /** Paths first. */
  readonly inputs: readonly TaskInput[];
  readonly journal: Journal;
}

export class Job {
  readonly sources: readonly Source[];
  readonly journal: Journal;
  /** Settles, and never rejects, when the job has ended and its journal is complete. */
  readonly ended: Promise<void>;
  readonly #task: RunningTask;
  readonly #listener: JobListener;
  #state: JobStateName = 'running';
  #totals: JobTotals | null = null;
  #outcome: JobOutcome | null = null;
  #failure: JobSummary['failure'] = null;

  /** Throws what the task throws; the journal is the caller's to remove then. */
  constructor(engine: Engine, { task, spec, inputs, journal }: JobParts, listener: JobListener) {
    this.sources = inputs.map((input) => input.source);
    this.journal = journal;
    this.#listener = listener;
    journal.listen({
      appended: (sequence, batch) => listener.batchWritten(this, sequence, batch),
      failed: (error) => this.#journalFailed(error),
    });
    this.#task = task.start(spec, { id: this.id, engine, inputs, results: journal });
    this.ended = this.#task.done.then(
      (end) => this.#conclude(end),
      (error: unknown) => this.#taskFailed(error),
    );
  }

  get id(): number {
    return this.journal.header.id;
  }

  get active(): boolean {
    return isActive(this.#state);
  }

  get algorithms(): readonly AlgorithmName[] {
    return this.#task.algorithms;
  }

  get reach(): TaskReach {
    return this.#task.reach;
  }

  get uploads(): UploadIntake | null {
    return this.#task.uploads;
  }

  summary(): JobSummary {
    return { ...this.status(), sources: [...this.sources] };
  }

  status(): JobStatus {
    return {
      id: this.id,
      kind: this.journal.header.kind,
      slot: this.#task.slot,
      state: this.#state,
      algorithms: [...this.algorithms],
      startedAt: this.journal.header.startedAt,
      batches: this.journal.batches,
      totals: { ...(this.#totals ?? this.#task.totals()) },
      outcome: this.#outcome,
      failure: this.#failure,
    };
  }

  /** Pause, resume and cancel do nothing where they mean nothing: the job may have ended just now. */
  pause(): void {
    if (this.#state !== 'running') return;
    this.#task.pause();
    this.#become('paused');
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#task.resume();
    this.#become('running');
  }

  cancel(): void {
    if (!this.active || this.#state === 'cancelling') return;
    this.#become('cancelling');
    this.#task.cancel();
  }

  /** The results were complete and can no longer be read back. */
  lost(error: JournalError): void {
    if (this.#failure !== null) return;
    this.#failure = { code: error.code, message: error.message };
    if (this.active) this.cancel();
    else this.#become('failed');
  }

  async #conclude({ state, totals, outcome }: TaskEnd): Promise<void> {
    await this.journal.finish();
    this.#totals = totals;
    this.#outcome = this.#failure === null ? outcome : null;
    this.#become(this.#failure === null ? state : 'failed');
  }

  async #taskFailed(error: unknown): Promise<void> {
    this.#failure ??= {
      code: codeOf(error),
      message: `The engine aborted the job: ${error instanceof Error ? error.message : String(error)}`,
    };
    await this.journal.finish();
    this.#totals = this.#task.totals();
    this.#become('failed');
  }

  #journalFailed(error: JournalError): void {
    this.#failure ??= { code: error.code, message: error.message };
    this.cancel();
  }

  #become(state: JobStateName): void {
    this.#state = state;
    this.#listener.changed(this);
  }
}

function codeOf(error: unknown): string {
  return error instanceof EngineError || error instanceof Problem ? error.code : 'ENGINE_FAILED';
}
