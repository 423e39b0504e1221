/**
 * The window's state and everything that changes it: client, stores, results, and the wiring
 * between them. Knows no React.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BatchView } from '#shared/batch/reader.ts';
import type { HostEvent, JobStatus, JobSummary, Settings, Source, SystemInfo } from '#shared/contract/models.ts';
import { statsMagic } from '#shared/stats/layout.ts';
import type { StatsReading } from '#shared/stats/reader.ts';
import { createAgainStore } from '../again/again-store.ts';
import type { Client, ConnectionState } from '../client/client.ts';
import { ProgressMeter } from '../progress/progress.ts';
import { GridModel } from '../results/grid-model.ts';
import { Reception } from '../results/reception.ts';
import { type ClearedResults, ResultsModel } from '../results/results-model.ts';
import { words } from '../text/words.ts';
import { type AppState, initialAppState, type Notice } from './app-state.ts';
import { assertNever } from './assert-never.ts';
import { isActive, withJob } from './jobs.ts';
import { initialLiveState, type LiveState } from './live-state.ts';
import { withNotice } from './notices.ts';
import { tellProblem } from './problems.ts';
import { StatsPoller } from './stats-poller.ts';

/** Somewhat less than a second, so that of readings a tenth apart every tenth brings one. */
const processPauseMs = 950;

/** A host that works answers within a tenth of this. */
const readingMs = 1_000;

export interface SessionHooks {
  /** New settings, also the first ones. */
  settings(settings: Settings): void;
  /** Sources are waiting that no action of this window added, such as paths of the command line. */
  sourcesArrived(): void;
}

export class Session {
  readonly client: Client;
  readonly app: StoreApi<AppState> = createStore(() => initialAppState);
  readonly live: StoreApi<LiveState> = createStore(() => initialLiveState);
  readonly results = new ResultsModel();
  readonly grid = new GridModel(this.results);
  /** What came of hashing results again. */
  readonly again = createAgainStore();
  readonly reception: Reception;
  readonly #poller: StatsPoller;
  readonly #hooks: SessionHooks;
  /**
   * Jobs whose results were cleared: nothing of them is shown. Batches still under way go to the
   * cleared results while these can come back, and nowhere (null) afterwards.
   */
  readonly #cleared = new Map<number, ClearedResults | null>();
  /** Jobs that the host no longer has. */
  readonly #forgotten = new Set<number>();
  /** Whoever waits for the next reading. */
  #readingWaiters: ((reading: StatsReading) => void)[] = [];
  #meter = new ProgressMeter();
  #processAskedAt = Number.NEGATIVE_INFINITY;
  #noticeId = 0;

  constructor(client: Client, hooks: SessionHooks) {
    this.client = client;
    this.#hooks = hooks;
    this.reception = new Reception((request) => client.send(request), {
      folders: (jobId, folders) => this.results.table.setFolders(jobId, folders),
      batch: (batch) => this.#takeBatch(batch),
      broken: (_jobId, code) => this.notify('problem', words.t('problem.batch', { code })),
    });
    this.#poller = new StatsPoller(
      (request) => {
        client.send(request);
        void this.#readProcess();
      },
      (reading) => this.#takeReading(reading),
    );
  }

  open(): void {
    this.client.open({
      connection: (state) => this.#takeConnection(state),
      event: (event) => this.#takeEvent(event),
      frame: (bytes) => this.#takeFrame(bytes),
    });
  }

  /** Tells the person something; the same problem is told once. */
  notify(kind: Notice['kind'], text: string, undo: (() => void) | null = null): number {
    const { notices } = this.app.getState();
    const same = notices.find((notice) => notice.kind === kind && notice.text === text);
    if (same !== undefined && undo === null && kind === 'problem') return same.id;
    const id = ++this.#noticeId;
    this.app.setState({ notices: withNotice(notices, { id, kind, text, undo }) });
    return id;
  }

  dismiss(id: number): void {
    this.app.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
  }

  /** Runs an action; what it throws is told. Resolves to undefined then. */
  async attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (problem) {
      this.notify('problem', tellProblem(problem));
      return undefined;
    }
  }

  takeSettings(settings: Settings): void {
    this.app.setState({ settings });
    this.#hooks.settings(settings);
  }

  takeSources(added: readonly Source[]): void {
    this.app.setState(({ sources }) => {
      const known = new Set(sources.map((source) => source.id));
      return { sources: [...sources, ...added.filter((source) => !known.has(source.id))] };
    });
  }

  takeJob(job: JobSummary): void {
    if (this.#cleared.has(job.id) || this.#forgotten.has(job.id)) return;
    const { jobs, run } = this.app.getState();
    const atWork = jobs.some((one) => one.id !== job.id && isActive(one));
    const isNewInRun = isActive(job) && !run.includes(job.id);
    const begins = isNewInRun && !atWork;
    if (begins) this.#meter = new ProgressMeter();
    this.app.setState(({ sources }) => ({
      jobs: withJob(jobs, job),
      run: begins ? [job.id] : isNewInRun ? [...run, job.id] : run,
      sources: sources.filter((source) => !job.sources.some((taken) => taken.id === source.id)),
    }));
    this.reception.follow(job);
    if (job.state !== 'running' && job.state !== 'paused') this.client.stopUploads(job.id);
    if (job.state === 'failed' && job.failure) {
      this.notify('problem', words.t('problem.jobFailed', { message: job.failure.message, code: job.failure.code }));
    }
    const isAtWork = this.app.getState().jobs.some(isActive);
    this.#poller.want('progress', isAtWork);
    if (!isAtWork || begins) this.live.setState({ progress: null });
  }

  #takeBatch(batch: BatchView): void {
    const cleared = this.#cleared.get(batch.jobId);
    if (cleared === undefined) this.results.append(batch);
    else cleared?.append(batch);
  }

  /** What a job has come to; it is known already, or was cleared. */
  #takeStatus(status: JobStatus): void {
    const known = this.app.getState().jobs.find((job) => job.id === status.id);
    if (known !== undefined) this.takeJob({ ...known, ...status });
  }

  /** Another window has cleared these jobs. What stays is received anew: a table gives up no single rows. */
  #takeForgotten(ids: readonly number[]): void {
    for (const id of ids) this.#forgotten.add(id);
    const { jobs, run } = this.app.getState();
    const kept = jobs.filter((job) => !this.#forgotten.has(job.id));
    if (kept.length === jobs.length) return;
    this.results.clear();
    this.grid.reset();
    this.reception.forget(jobs.map((job) => job.id));
    this.app.setState({ jobs: kept, run: run.filter((id) => !this.#forgotten.has(id)), detailsOpen: false });
    for (const job of kept) this.reception.follow(job);
    this.notify('done', words.t('results.clearedElsewhere'));
  }

  /**
   * Diagnostics as they are now, also while nobody watches them. The parts that the host does not tell
   * in time are null; without `system` there is nothing to report.
   */
  async readDiagnostics(): Promise<{ system: SystemInfo | null } & Pick<LiveState, 'reading' | 'process'>> {
    const { system, diagnosticsOpen } = this.app.getState();
    if (!diagnosticsOpen) {
      const [reading, process] = await Promise.all([
        this.#nextReading(),
        this.client.api.system.process().catch(() => null),
      ]);
      return { system, reading, process };
    }
    const { reading, process } = this.live.getState();
    return { system, reading, process };
  }

  async #nextReading(): Promise<StatsReading | null> {
    this.#poller.want('report', true);
    const reading = await new Promise<StatsReading | null>((resolve) => {
      this.#readingWaiters.push(resolve);
      setTimeout(() => resolve(null), readingMs);
    });
    this.#poller.want('report', false);
    return reading;
  }

  openDiagnostics(isOpen: boolean): void {
    this.app.setState({ diagnosticsOpen: isOpen });
    this.#poller.want('diagnostics', isOpen);
  }

  /** Beside a reading of the engine, so that both are drawn at once. */
  async #readProcess(): Promise<void> {
    const now = performance.now();
    if (!this.app.getState().diagnosticsOpen || now - this.#processAskedAt < processPauseMs) return;
    this.#processAskedAt = now;
    // A reading that fails is followed by the next one; a lost connection has its own banner.
    const process = await this.client.api.system.process().catch(() => null);
    this.live.setState({ process });
  }

  /** Forgets every ended job and its rows; returns what brings them back until `commit` is called. */
  clearResults(): { restore(): void; commit(): void } {
    const { jobs, run } = this.app.getState();
    const ids = jobs.map((job) => job.id);
    const cleared = this.results.clear();
    this.grid.reset();
    for (const id of ids) this.#cleared.set(id, cleared);
    this.app.setState({ jobs: [], run: [], detailsOpen: false });
    return {
      restore: () => {
        if (ids.some((id) => this.#forgotten.has(id))) {
          this.notify('problem', words.t('results.clearedElsewhere'));
          return;
        }
        for (const id of ids) this.#cleared.delete(id);
        cleared.restore();
        this.grid.reset();
        this.app.setState((since) => ({
          jobs: [...jobs, ...since.jobs],
          run: since.jobs.length > 0 ? since.run : run,
        }));
      },
      commit: () => {
        for (const id of ids) this.#cleared.set(id, null);
        this.reception.forget(ids);
        void this.attempt(() => this.client.api.jobs.forget({ ids }));
      },
    };
  }

  #takeConnection(connection: ConnectionState): void {
    this.app.setState({ connection });
    if (connection !== 'connected') return;
    this.#poller.restart();
    this.reception.resume();
    void this.attempt(async () => {
      const [system, sources] = await Promise.all([this.client.api.system.info(), this.client.api.sources.list()]);
      this.app.setState({ system, sources });
      if (sources.length > 0) this.#hooks.sourcesArrived();
    });
  }

  #takeEvent(event: HostEvent): void {
    switch (event.kind) {
      case 'settings':
        this.takeSettings(event.settings);
        break;
      case 'sources':
        this.takeSources(event.sources);
        this.#hooks.sourcesArrived();
        break;
      case 'job':
        this.takeJob(event.job);
        break;
      case 'status':
        this.#takeStatus(event.job);
        break;
      case 'forgotten':
        this.#takeForgotten(event.ids);
        break;
      default:
        assertNever(event);
    }
  }

  #takeFrame(bytes: Uint8Array): void {
    if (bytes.length < 4) return;
    const magic = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    if (magic === statsMagic) this.#poller.take(bytes);
    // Whatever else it is, reception finds out what is wrong with it.
    else this.reception.take(bytes);
  }

  #takeReading(reading: StatsReading): void {
    for (const take of this.#readingWaiters.splice(0)) take(reading);
    const { jobs, run } = this.app.getState();
    const isAtWork = jobs.some(isActive);
    const inRun = jobs.filter((job) => run.includes(job.id));
    this.live.setState({ reading, progress: isAtWork ? this.#meter.read(inRun, reading) : null });
  }
}
