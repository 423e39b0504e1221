/**
 * One job, of any kind: its task and its journal, told as one state. Ends when the task has ended and the
 * journal holds every result. A file that could not be read is a result like any other. A job whose journal was
 * there before has no task until it goes on.
 */
import type { JobOutcome, JobStatus, JobSummary, JobTotals } from '#shared/contract/jobs.ts';
import type { JobSpec } from '#shared/contract/kinds/registry.ts';
import type { Source } from '#shared/contract/sources.ts';
import { isActive, type JobStateName } from '#shared/jobs/states.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { Problem } from '../../base/problem.ts';
import { type Engine, EngineError } from '../../engine/engine.ts';
import type { EarlierResults } from '../../store/earlier-results.ts';
import type { Journal, JournalError } from '../../store/journal.ts';
import type { UploadIntake } from '../../tasks/hash/upload-intake.ts';
import type { TaskInput } from '../../tasks/inputs.ts';
import type { RunningTask, TaskEnd, TaskKind, TaskProfile, TaskReach } from '../../tasks/task.ts';
import { type PastJob, pastTask } from './past-job.ts';

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
  readonly profile: TaskProfile;
}

/** What came of going on: told beside the job's state. */
type Resumed = Pick<NonNullable<JobStatus['resumed']>, 'runs' | 'known'>;

export class Job {
  readonly sources: readonly Source[];
  readonly journal: Journal;
  readonly #listener: JobListener;
  #ended: Promise<void> = Promise.resolve();
  #task: RunningTask;
  #state: JobStateName = 'running';
  #totals: JobTotals | null = null;
  #outcome: JobOutcome | null = null;
  #failure: JobSummary['failure'] = null;
  #earlier: EarlierResults | null = null;
  #resumed: Resumed | null = null;
  /** Its process ends: what is left is for another run. */
  #suspended = false;

  private constructor(sources: readonly Source[], journal: Journal, task: RunningTask, listener: JobListener) {
    this.sources = sources;
    this.journal = journal;
    this.#task = task;
    this.#listener = listener;
    journal.listen({
      appended: (sequence, batch) => listener.batchWritten(this, sequence, batch),
      failed: (error) => this.#journalFailed(error),
    });
  }

  /** Throws what the task throws; the journal is the caller's to remove then. */
  static start(engine: Engine, { task, spec, inputs, journal, profile }: JobParts, listener: JobListener): Job {
    const running = task.start(spec, { id: journal.header.id, engine, inputs, results: journal, profile });
    const job = new Job(
      inputs.map((input) => input.source),
      journal,
      running,
      listener,
    );
    job.#follow();
    return job;
  }

  /** A job that nobody runs, for its results. */
  static past(journal: Journal, past: PastJob, listener: JobListener): Job {
    const job = new Job(past.sources, journal, pastTask(past), listener);
    job.#state = past.state;
    job.#totals = past.totals;
    job.#outcome = past.outcome;
    job.#failure = past.failure;
    return job;
  }

  /** Goes on, the journal being open for it. Throws what the task throws; the journal is the caller's to finish then. */
  goOn(engine: Engine, { task, spec, inputs, profile }: Omit<JobParts, 'journal'>, earlier: EarlierResults): void {
    this.#task = task.start(spec, { id: this.id, engine, inputs, results: this.journal, profile, earlier });
    this.#earlier = earlier;
    this.#resumed = { runs: this.journal.runs.length, known: earlier.knownCount };
    this.#totals = null;
    this.#outcome = null;
    this.#failure = null;
    this.#follow();
    this.#become('running');
  }

  #follow(): void {
    this.#ended = this.#task.done.then(
      (end) => this.#conclude(end),
      (error: unknown) => this.#taskFailed(error),
    );
  }

  get id(): number {
    return this.journal.header.id;
  }

  get kind(): JobSpec['kind'] {
    return this.journal.header.kind;
  }

  /** Settles, and never rejects, when the job has ended and its journal is complete. */
  get ended(): Promise<void> {
    return this.#ended;
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
      kind: this.kind,
      slot: this.#task.slot,
      state: this.#state,
      algorithms: [...this.algorithms],
      startedAt: this.journal.header.startedAt,
      batches: this.journal.batches,
      totals: { ...(this.#totals ?? this.#task.totals()) },
      outcome: this.#outcome,
      failure: this.#failure,
      ...this.#resumedStatus(),
    };
  }

  #resumedStatus(): Pick<JobStatus, 'resumed'> {
    if (this.#resumed === null || this.#earlier === null) return {};
    const { reread, appeared } = this.#earlier;
    return { resumed: { ...this.#resumed, reread, appeared } };
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

  /** The process ends: a job that can go on is left unfinished, any other is cancelled. */
  suspend(): void {
    this.#suspended = this.active && this.#state !== 'cancelling' && this.journal.header.resumable === true;
    if (this.#suspended) this.#task.cancel();
    else this.cancel();
  }

  /** The results were complete and can no longer be read back. */
  lost(error: JournalError): void {
    if (this.#failure !== null) return;
    this.#failure = { code: error.code, message: error.message };
    if (this.active) this.cancel();
    else this.#become('failed');
  }

  async #conclude({ state, totals, outcome }: TaskEnd): Promise<void> {
    const isOver = !this.#suspended || state === 'finished';
    await this.#close(
      totals,
      this.#failure === null ? outcome : null,
      this.#failure === null ? state : 'failed',
      isOver,
    );
  }

  async #taskFailed(error: unknown): Promise<void> {
    this.#failure ??= {
      code: codeOf(error),
      message: `The engine aborted the job: ${error instanceof Error ? error.message : String(error)}`,
    };
    await this.#close(this.#task.totals(), null, 'failed', true);
  }

  async #close(
    totals: JobTotals,
    outcome: JobOutcome | null,
    state: 'finished' | 'cancelled' | 'failed',
    isOver: boolean,
  ): Promise<void> {
    const { algorithms } = this;
    if (isOver)
      await this.journal.seal({ state, totals, outcome, failure: this.#failure, algorithms: [...algorithms] });
    else await this.journal.finish();
    this.#totals = totals;
    // The seal itself may have found no room.
    this.#outcome = this.#failure === null ? outcome : null;
    this.#become(this.#failure === null ? state : 'failed');
  }

  #journalFailed(error: JournalError): void {
    this.#failure ??= { code: error.code, message: error.message };
    this.cancel();
  }

  #become(state: JobStateName): void {
    this.#state = state;
    if (isActive(state)) void this.journal.state(state);
    this.#listener.changed(this);
  }
}

function codeOf(error: unknown): string {
  return error instanceof EngineError || error instanceof Problem ? error.code : 'ENGINE_FAILED';
}
