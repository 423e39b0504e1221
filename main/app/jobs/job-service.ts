/** All jobs of this run: starting them from granted sources, finding them, and forgetting them. */
import type { JobSummary } from '#shared/contract/jobs.ts';
import type { JobSpec } from '#shared/contract/kinds/registry.ts';
import { limits } from '#shared/jobs/limits.ts';
import { Problem } from '../../base/problem.ts';
import { describeSystemError, systemCode } from '../../base/system-error.ts';
import { type Engine, EngineError } from '../../engine/engine.ts';
import type { Journal } from '../../store/journal.ts';
import type { JournalFolder } from '../../store/journal-folder.ts';
import type { UploadIntake } from '../../tasks/hash/upload-intake.ts';
import type { TaskInput } from '../../tasks/inputs.ts';
import { type TaskRegistry, taskOf } from '../../tasks/registry.ts';
import type { TaskKind } from '../../tasks/task.ts';
import type { SourceList } from '../sources/sources.ts';
import { Job, type JobListener } from './job.ts';

/** Ended jobs keep their results until they are forgotten; this many fit. */
const maxJobs = limits.jobs;

export interface JobServiceListener extends JobListener {
  /** These jobs and their results are no more. */
  forgotten(ids: readonly number[]): void;
}

export class JobService {
  readonly #engine: Engine;
  readonly #registry: TaskRegistry;
  readonly #sources: SourceList;
  readonly #journals: JournalFolder;
  readonly #listener: JobServiceListener;
  readonly #jobs = new Map<number, Job>();
  readonly #forgotten: number[] = [];
  readonly #starting = new Set<Promise<unknown>>();
  #closed = false;

  constructor(
    engine: Engine,
    registry: TaskRegistry,
    sources: SourceList,
    journals: JournalFolder,
    listener: JobServiceListener,
  ) {
    this.#engine = engine;
    this.#registry = registry;
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

  /** What a page may send bytes to. Throws Problem NOT_FOUND. */
  uploadsOf(id: number): UploadIntake {
    const { uploads } = this.get(id);
    if (uploads === null) throw new Problem('NOT_FOUND', 'The job takes no uploads.');
    return uploads;
  }

  list(): JobSummary[] {
    return Array.from(this.#jobs.values(), (job) => job.summary());
  }

  /**
   * Moves the sources from the waiting list into a new job. Throws Problem: NOT_FOUND (a source
   * is gone), UNWRITABLE (no journal can be made), CONFLICT (the engine takes no further job); the
   * sources are in the list then as before.
   */
  async start(spec: JobSpec): Promise<JobSummary> {
    if (this.#closed) throw new Problem('CONFLICT', 'Hashlane is closing.');
    if (this.#jobs.size >= maxJobs) {
      throw new Problem('CONFLICT', `There are results of ${maxJobs} jobs. Clear results before starting another.`);
    }
    const task = taskOf(this.#registry, spec);
    const taken = this.#sources.take(task.sources(spec));
    const starting = this.#startWith(task, spec, taken).catch((error: unknown) => {
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

  async #startWith(task: TaskKind, spec: JobSpec, taken: readonly TaskInput[]): Promise<JobSummary> {
    // Paths first: the engine numbers its roots from 0, and records name their source by that index.
    const inputs = [...taken.filter((one) => one.kind === 'path'), ...taken.filter((one) => one.kind === 'upload')];
    const journal = await this.#createJournal(spec.kind);
    let job: Job;
    try {
      job = new Job(this.#engine, { task, spec, inputs, journal }, this.#listener);
    } catch (error) {
      await journal.remove();
      if (error instanceof EngineError) throw new Problem('CONFLICT', error.message, error.code);
      throw error;
    }
    this.#jobs.set(job.id, job);
    this.#listener.changed(job);
    return job.summary();
  }

  async #createJournal(kind: JobSpec['kind']): Promise<Journal> {
    try {
      return await this.#journals.create(kind);
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
      if (job.active) await job.uploads?.windowGone(windowId);
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
