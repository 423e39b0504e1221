/** All jobs of this run: starting them from granted sources, finding them, and forgetting them. */
import type { JobSummary, WalkOptions } from '#shared/contract/models.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { Problem } from '../../base/problem.ts';
import { describeSystemError, systemCode } from '../../base/system-error.ts';
import { type Engine, EngineError } from '../../engine/engine.ts';
import type { Journal } from '../../store/journal.ts';
import type { JournalFolder } from '../../store/journal-folder.ts';
import type { Granted, SourceList } from '../sources/sources.ts';
import { Job, type JobListener } from './job.ts';

/** Ended jobs keep their results until they are forgotten; this many fit. */
const maxJobs = 10_000;

export interface JobServiceListener extends JobListener {
  /** These jobs and their results are no more. */
  forgotten(ids: readonly number[]): void;
}

export interface StartRequest {
  readonly sources: readonly string[];
  readonly algorithms: readonly AlgorithmName[];
  readonly walk: WalkOptions;
}

export class JobService {
  readonly #engine: Engine;
  readonly #sources: SourceList;
  readonly #journals: JournalFolder;
  readonly #listener: JobServiceListener;
  readonly #jobs = new Map<number, Job>();
  readonly #forgotten: number[] = [];
  readonly #starting = new Set<Promise<unknown>>();
  #closed = false;

  constructor(engine: Engine, sources: SourceList, journals: JournalFolder, listener: JobServiceListener) {
    this.#engine = engine;
    this.#sources = sources;
    this.#journals = journals;
    this.#listener = listener;
  }

  ids(): number[] {
    return [...this.#jobs.keys()];
  }

  /** Jobs that were there and have been forgotten. */
  forgottenIds(): readonly number[] {
    return this.#forgotten;
  }

  find(id: number): Job | undefined {
    return this.#jobs.get(id);
  }

  /** Throws Problem NOT_FOUND. */
  get(id: number): Job {
    const job = this.#jobs.get(id);
    if (job === undefined) throw new Problem('NOT_FOUND', 'The job and its results have been cleared.');
    return job;
  }

  list(): JobSummary[] {
    return Array.from(this.#jobs.values(), (job) => job.summary());
  }

  /**
   * Moves the sources from the waiting list into a new job. Throws Problem: NOT_FOUND (a source
   * is gone), UNWRITABLE (no journal can be made), CONFLICT (the engine takes no further job); the
   * sources are in the list then as before.
   */
  async start(request: StartRequest): Promise<JobSummary> {
    if (this.#closed) throw new Problem('CONFLICT', 'Hashlane is closing.');
    if (this.#jobs.size >= maxJobs) {
      throw new Problem('CONFLICT', `There are results of ${maxJobs} jobs. Clear results before starting another.`);
    }
    const taken = this.#sources.take(request.sources);
    const starting = this.#startWith(taken, request).catch((error: unknown) => {
      this.#sources.restore(taken);
      throw error;
    });
    this.#starting.add(starting);
    try {
      return await starting;
    } finally {
      this.#starting.delete(starting);
    }
  }

  async #startWith(taken: readonly Granted[], request: StartRequest): Promise<JobSummary> {
    // Paths first: the engine numbers its roots from 0, and records name their source by that index.
    const granted = [...taken.filter((one) => one.kind === 'path'), ...taken.filter((one) => one.kind === 'upload')];
    const journal = await this.#createJournal();
    let job: Job;
    try {
      job = new Job(this.#engine, { ...request, granted }, journal, this.#listener);
    } catch (error) {
      await journal.remove();
      if (error instanceof EngineError) throw new Problem('CONFLICT', error.message, error.code);
      throw error;
    }
    this.#jobs.set(job.id, job);
    this.#listener.changed(job);
    return job.summary();
  }

  async #createJournal(): Promise<Journal> {
    try {
      return await this.#journals.create();
    } catch (error) {
      throw new Problem(
        'UNWRITABLE',
        `The journal cannot be made in ${this.#journals.path}: ${describeSystemError(error)}.`,
        systemCode(error),
      );
    }
  }

  /** Throws Problem CONFLICT, and forgets nothing, when one of the jobs has not ended. */
  async forget(ids: readonly number[]): Promise<void> {
    const jobs = ids.map((id) => this.#jobs.get(id)).filter((job) => job !== undefined);
    if (jobs.some((job) => job.active)) {
      throw new Problem('CONFLICT', 'A job that is still running cannot be cleared. Cancel it first.');
    }
    for (const job of jobs) this.#jobs.delete(job.id);
    const forgotten = jobs.map((job) => job.id);
    this.#forgotten.push(...forgotten);
    this.#listener.forgotten(forgotten);
    await Promise.all(jobs.map((job) => job.journal.remove()));
  }

  /** What a window had declared and not begun to send is given up. */
  async windowGone(windowId: string): Promise<void> {
    for (const job of this.#jobs.values()) {
      if (job.active) await job.uploads.windowGone(windowId);
    }
  }

  /** Cancels what runs; resolves when every journal is complete. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#starting);
    for (const job of this.#jobs.values()) job.cancel();
    await Promise.all(Array.from(this.#jobs.values(), (job) => job.ended));
  }
}
