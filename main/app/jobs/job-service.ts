/** All jobs of this run: starting them from granted sources, finding them, and forgetting them. */
import path from 'node:path';
import type { HistoryEntry, HistoryLabel, HistoryLimits } from '#shared/contract/history.ts';
import type { JobSummary } from '#shared/contract/jobs.ts';
import type { JobSpec } from '#shared/contract/kinds/registry.ts';
import { limits } from '#shared/jobs/limits.ts';
import { Problem } from '../../base/problem.ts';
import { describeSystemError, systemCode } from '../../base/system-error.ts';
import { type Engine, EngineError } from '../../engine/engine.ts';
import { History } from '../../store/history.ts';
import { type Journal, JournalError } from '../../store/journal.ts';
import type { JournalFolder } from '../../store/journal-folder.ts';
import { readStored, resumeStored } from '../../store/stored-job.ts';
import type { UploadIntake } from '../../tasks/hash/upload-intake.ts';
import type { TaskInput } from '../../tasks/inputs.ts';
import { notedRoots } from '../../tasks/pipeline/noted-inputs.ts';
import { type TaskRegistry, taskOf } from '../../tasks/registry.ts';
import { TrustedKeys } from '../../tasks/signatures/trusted-keys.ts';
import type { TaskKind, TaskProfile } from '../../tasks/task.ts';
import type { SourceList } from '../sources/sources.ts';
import { Job, type JobListener } from './job.ts';
import { pastJobOf } from './past-job.ts';

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
  readonly #history: History;
  readonly #tool: string;
  readonly #profile: TaskProfile;
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
    tool = '',
  ) {
    this.#engine = engine;
    this.#registry = registry;
    this.#sources = sources;
    this.#journals = journals;
    this.#history = new History(journals.path);
    this.#tool = tool;
    const keys = new TrustedKeys(path.join(path.dirname(journals.path), 'keys'));
    this.#profile = { journalOf: (id) => this.#history.journalOf(id), trustedKeys: () => keys.list() };
    this.#listener = listener;
  }

  get history(): History {
    return this.#history;
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
    this.#refuseMore();
    const task = taskOf(this.#registry, spec);
    const taken = this.#sources.take(task.sources(spec));
    const starting = this.#startWith(task, spec, taken).catch((error: unknown) => {
      this.#sources.restore(taken);
      throw error;
    });
    return this.#track(starting);
  }

  /** What begins is waited for when all ends. */
  async #track<T>(starting: Promise<T>): Promise<T> {
    this.#starting.add(starting);
    try {
      return await starting;
    } finally {
      this.#starting.delete(starting);
    }
  }

  #refuseMore(): void {
    if (this.#jobs.size < maxJobs) return;
    throw new Problem('CONFLICT', `There are results of ${maxJobs} jobs. Clear results before starting another.`);
  }

  async #startWith(task: TaskKind, spec: JobSpec, taken: readonly TaskInput[]): Promise<JobSummary> {
    // Paths first: the engine numbers its roots from 0, and records name their source by that index.
    const inputs = [...taken.filter((one) => one.kind === 'path'), ...taken.filter((one) => one.kind === 'upload')];
    const journal = await this.#createJournal(task, spec, inputs);
    let job: Job;
    try {
      job = Job.start(this.#engine, { task, spec, inputs, journal, profile: this.#profile }, this.#listener);
    } catch (error) {
      await journal.remove();
      if (error instanceof EngineError) throw new Problem('CONFLICT', error.message, error.code);
      throw error;
    }
    this.#add(job);
    return job.summary();
  }

  #add(job: Job): void {
    this.#jobs.set(job.id, job);
    const at = this.#forgotten.indexOf(job.id);
    if (at >= 0) this.#forgotten.splice(at, 1);
    this.#listener.changed(job);
  }

  /** Makes a job of the history one of this run's, for its results; one that is there already stays as it is. */
  async open(id: number): Promise<JobSummary> {
    const present = this.#jobs.get(id);
    if (present !== undefined) return present.summary();
    this.#refuseMore();
    const stored = await this.#stored(() => readStored(this.#history.journalOf(id)));
    const again = this.#jobs.get(id);
    if (again !== undefined) return again.summary();
    const job = Job.past(stored.journal, pastJobOf(stored), this.#listener);
    this.#add(job);
    return job.summary();
  }

  /**
   * Lets a paused job run, or one of the history go on where it stood. Throws Problem: NOT_FOUND, CONFLICT (it has
   * finished, cannot go on, or runs in another process), UNREADABLE, UNWRITABLE.
   */
  async resume(id: number): Promise<JobSummary> {
    const present = this.#jobs.get(id);
    if (present?.active) {
      present.resume();
      return present.summary();
    }
    if (this.#closed) throw new Problem('CONFLICT', 'Hashlane is closing.');
    if (present === undefined) this.#refuseMore();
    const entry = await this.#history.entry(id);
    if (entry === undefined) throw notInHistory();
    if (!entry.resumable) throw new Problem('CONFLICT', whyNot(entry));
    return this.#track(this.#goOn(id));
  }

  async #goOn(id: number): Promise<JobSummary> {
    const present = this.#jobs.get(id);
    await this.#history.goesOn(id);
    const resumed = await this.#stored(() =>
      resumeStored(this.#history.journalOf(id), { tool: this.#tool, ...(present && { journal: present.journal }) }),
    );
    const past = pastJobOf(resumed);
    const { spec } = resumed.journal.header;
    const job = present ?? Job.past(resumed.journal, past, this.#listener);
    try {
      if (spec === undefined) throw new Problem('CONFLICT', 'The journal does not say how the job was started.');
      job.goOn(
        this.#engine,
        { task: taskOf(this.#registry, spec), spec, inputs: past.inputs, profile: this.#profile },
        resumed.earlier,
      );
    } catch (error) {
      await resumed.journal.finish();
      if (error instanceof EngineError) throw new Problem('CONFLICT', error.message, error.code);
      throw error;
    }
    if (present === undefined) this.#add(job);
    return job.summary();
  }

  async #stored<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof JournalError)) throw unwritable(this.#journals.path, error);
      const code = { JOURNAL_REMOVED: 'NOT_FOUND', JOURNAL_IN_USE: 'CONFLICT' } as const;
      throw new Problem(code[error.code as keyof typeof code] ?? 'UNREADABLE', error.message, error.code);
    }
  }

  async #createJournal(task: TaskKind, spec: JobSpec, inputs: readonly TaskInput[]): Promise<Journal> {
    try {
      return await this.#journals.create({
        kind: spec.kind,
        // The ids of sources mean nothing later: the journal has the roots themselves.
        spec: 'sources' in spec ? { ...spec, sources: [] } : spec,
        roots: notedRoots(inputs),
        tool: this.#tool,
        resumable: task.resumable?.(inputs) ?? false,
      });
    } catch (error) {
      throw unwritable(this.#journals.path, error);
    }
  }

  /**
   * The jobs are no longer among this run's; they stay in the history. Throws Problem CONFLICT, and forgets nothing,
   * when one of them has not ended.
   */
  async forget(ids: readonly number[]): Promise<void> {
    const jobs = ids.map((id) => this.#jobs.get(id)).filter((job) => job !== undefined);
    if (jobs.some((job) => job.active)) {
      throw new Problem('CONFLICT', 'A job that is still running cannot be cleared. Cancel it first.');
    }
    for (const job of jobs) this.#jobs.delete(job.id);
    const forgotten = jobs.map((job) => job.id);
    this.#forgotten.push(...forgotten);
    this.#listener.forgotten(forgotten);
    await Promise.all(jobs.map((job) => job.journal.clear()));
  }

  /** Throws Problem NOT_FOUND, UNWRITABLE. */
  async label(label: HistoryLabel): Promise<HistoryEntry> {
    if ((await this.#history.entry(label.id)) === undefined) throw notInHistory();
    try {
      await this.#history.label(label);
    } catch (error) {
      throw unwritable(this.#journals.path, error);
    }
    return (await this.#history.entry(label.id)) as HistoryEntry;
  }

  /** Deletes jobs with their journals; gives the ids of those that are gone. Throws Problem CONFLICT, as `forget` does. */
  async delete(ids: readonly number[]): Promise<number[]> {
    await this.forget(ids);
    try {
      return await this.#history.delete(ids);
    } catch (error) {
      throw unwritable(this.#journals.path, error);
    }
  }

  /** Deletes what is beyond the limits, but nothing of what this run has. */
  async enforce(limits: HistoryLimits): Promise<void> {
    await this.#history.enforce(limits, { spare: (id) => this.#jobs.has(id) });
  }

  /** What a window had declared and not begun to send is given up. */
  async windowGone(windowId: string): Promise<void> {
    for (const job of this.#jobs.values()) {
      if (job.active) await job.uploads?.windowGone(windowId);
    }
  }

  /** Leaves what runs for another time, as far as it can go on, and cancels the rest; resolves when every journal is complete. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#starting);
    for (const job of this.#jobs.values()) job.suspend();
    await Promise.all(Array.from(this.#jobs.values(), (job) => job.ended));
  }
}

function unwritable(folder: string, error: unknown): Problem {
  return new Problem(
    'UNWRITABLE',
    `The journal cannot be written in ${folder}: ${describeSystemError(error)}.`,
    systemCode(error),
  );
}

function notInHistory(): Problem {
  return new Problem('NOT_FOUND', 'The job is not in the history.');
}

function whyNot({ state }: HistoryEntry): string {
  if (state === 'finished') return 'The job has finished.';
  if (state === 'running') return 'The job is running in another process.';
  return 'The job cannot go on: what it was about is not at hand any more.';
}
