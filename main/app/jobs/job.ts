/**
 * One job from start to end: the engine's job, its journal and its uploads, and the state that
 * people see. `failed` means that the results are incomplete for a reason of ours (the journal,
 * the engine); a file that could not be read is a result like any other.
 */
import type { JobStateName, JobStatus, JobSummary, JobTotals, Source, WalkOptions } from '#shared/contract/models.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { type Engine, EngineError, type EngineJob, type EngineJobEnd } from '../../engine/engine.ts';
import type { Journal, JournalError } from '../../store/journal.ts';
import type { Granted } from '../sources/sources.ts';
import { priorityOf } from './priority.ts';
import { noTotals, runningTotals } from './running-totals.ts';
import { UploadIntake } from './upload-intake.ts';

export interface JobListener {
  /** The state, the failure or the totals are others than before. */
  changed(job: Job): void;
  /** One more batch can be read. Its bytes are still at hand; they change once this has returned. */
  batchWritten(job: Job, sequence: number, batch: Uint8Array): void;
}

export interface JobSpec {
  /** Granted paths first: the index is the `root` of the records. */
  readonly granted: readonly Granted[];
  readonly algorithms: readonly AlgorithmName[];
  readonly walk: WalkOptions;
}

export class Job {
  readonly sources: readonly Source[];
  /** Paths that were granted, in the order of the engine's roots. */
  readonly roots: readonly Uint8Array[];
  readonly algorithms: readonly AlgorithmName[];
  /** Results may lie beyond links out of the sources. */
  readonly followsLinks: boolean;
  readonly journal: Journal;
  readonly uploads: UploadIntake;
  /** Settles, and never rejects, when the job has ended and its journal is complete. */
  readonly ended: Promise<void>;
  readonly #engine: Engine;
  readonly #engineJob: EngineJob;
  readonly #listener: JobListener;
  readonly #startedAt = Date.now();
  #state: JobStateName = 'running';
  #totals: JobTotals = noTotals;
  #failure: JobSummary['failure'] = null;

  /** Throws what the engine throws; the journal is the caller's to remove then. */
  constructor(engine: Engine, spec: JobSpec, journal: Journal, listener: JobListener) {
    this.sources = spec.granted.map((granted) => granted.source);
    this.roots = spec.granted.flatMap((granted) => (granted.kind === 'path' ? [granted.path] : []));
    this.algorithms = spec.algorithms;
    this.followsLinks = spec.walk.followSymlinks;
    this.journal = journal;
    this.#engine = engine;
    this.#listener = listener;
    journal.listen({
      appended: (sequence, batch) => listener.batchWritten(this, sequence, batch),
      failed: (error) => this.#journalFailed(error),
    });
    const uploads = spec.granted.filter((granted) => granted.kind === 'upload');
    this.#engineJob = engine.start({
      roots: this.roots,
      algorithms: spec.algorithms,
      order: 'completion',
      ...spec.walk,
      countAhead: true,
      feeds: uploads.reduce((sum, upload) => sum + upload.entries.length, 0),
      priority: priorityOf(spec.granted),
      feedBytes: uploads.reduce((sum, upload) => sum + (upload.source.size ?? 0), 0),
      onBatch: (batch, release) => journal.append(batch, release),
    });
    this.uploads = new UploadIntake(this.#engineJob, spec.granted);
    this.ended = this.#engineJob.done.then(
      (end) => this.#conclude(end),
      (error: unknown) => this.#engineFailed(error),
    );
  }

  get id(): number {
    return this.#engineJob.id;
  }

  get active(): boolean {
    return this.#state === 'running' || this.#state === 'paused' || this.#state === 'cancelling';
  }

  summary(): JobSummary {
    return { ...this.status(), sources: [...this.sources] };
  }

  status(): JobStatus {
    this.#readTotals();
    return {
      id: this.id,
      slot: this.#engineJob.slot,
      state: this.#state,
      algorithms: [...this.algorithms],
      startedAt: this.#startedAt,
      batches: this.journal.batches,
      totals: this.#totals,
      failure: this.#failure,
    };
  }

  /** Pause, resume and cancel do nothing where they mean nothing: the job may have ended just now. */
  pause(): void {
    if (this.#state !== 'running') return;
    this.#engineJob.pause();
    this.#become('paused');
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#engineJob.resume();
    this.#become('running');
  }

  cancel(): void {
    if (!this.active || this.#state === 'cancelling') return;
    this.#become('cancelling');
    void this.uploads.cancel();
  }

  /** The results were complete and can no longer be read back. */
  lost(error: JournalError): void {
    if (this.#failure !== null) return;
    this.#failure = { code: error.code, message: error.message };
    if (this.active) this.cancel();
    else this.#become('failed');
  }

  async #conclude(end: EngineJobEnd): Promise<void> {
    this.uploads.close();
    await this.journal.finish();
    const { files, bytes, ok, failed, skipped, elapsedMs } = end;
    this.#totals = { files, bytes, ok, failed, skipped, elapsedMs };
    this.#become(this.#failure === null ? end.state : 'failed');
  }

  async #engineFailed(error: unknown): Promise<void> {
    this.uploads.close();
    this.#failure ??= {
      code: error instanceof EngineError ? error.code : 'ENGINE_FAILED',
      message: `The engine gave the job up: ${error instanceof Error ? error.message : String(error)}`,
    };
    await this.journal.finish();
    this.#readTotals();
    this.#become('failed');
  }

  #journalFailed(error: JournalError): void {
    this.#failure ??= { code: error.code, message: error.message };
    this.cancel();
  }

  #readTotals(): void {
    if (!this.active) return;
    this.#totals = runningTotals(this.#engine.stats, this.#engineJob.slot, this.id) ?? this.#totals;
  }

  #become(state: JobStateName): void {
    this.#state = state;
    this.#listener.changed(this);
  }
}
