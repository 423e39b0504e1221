/**
 * The window's state and everything that changes it: client, stores, results, and the wiring
 * between them. Knows no React.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HostEvent, JobStatus, JobSummary, Settings, Source, SystemInfo } from '#shared/contract/models.ts';
import type { StatsReading } from '#shared/stats/reader.ts';
import type { Client, ConnectionState } from '../client/client.ts';
import { type Block, Reception } from '../client/reception.ts';
import type { HashModel } from '../hash/hash-model.ts';
import type { Cleared } from '../kinds/kind.ts';
import type { KindModels } from '../kinds/models.ts';
import { fractionsOf, ProgressMeter } from '../progress/progress.ts';
import { words } from '../text/words.ts';
import { type AppState, initialAppState, type Notice } from './app-state.ts';
import { assertNever } from './assert-never.ts';
import { isActive, withJob } from './jobs.ts';
import { initialLiveState, type LiveState } from './live-state.ts';
import { withNotice } from './notices.ts';
import { tellProblem } from './problems.ts';
import { StatsPoller, type StatsReason } from './stats-poller.ts';

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
  readonly kinds: KindModels;
  readonly reception: Reception;
  readonly #poller: StatsPoller;
  readonly #hooks: SessionHooks;
  /**
   * Jobs whose results were cleared: nothing of them is shown. Blocks still under way go to the
   * cleared results while these can come back, and nowhere (null) afterwards.
   */
  readonly #cleared = new Map<number, Cleared | null>();
  /** Jobs that the host no longer has. */
  readonly #forgotten = new Set<number>();
  /** Whoever waits for the next reading. */
  #readingWaiters: ((reading: StatsReading) => void)[] = [];
  #meter = new ProgressMeter();
  #processAskedAt = Number.NEGATIVE_INFINITY;
  #noticeId = 0;
  /** What is shown was chosen by the person: jobs that come do not join it. */
  #isChosen = false;
  /** The host has told of the jobs that were there when this window came. */
  #isSettled = false;

  constructor(client: Client, kinds: KindModels, hooks: SessionHooks) {
    this.client = client;
    this.kinds = kinds;
    this.#hooks = hooks;
    this.reception = new Reception((request) => client.send(request), {
      follows: (job) => kinds.of(job.kind).begin(job),
      block: (jobId, block) => this.#takeBlock(jobId, block),
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
      stats: (bytes) => this.#poller.take(bytes),
      batch: (bytes) => this.reception.takeBatch(bytes),
      records: (bytes) => this.reception.takeRecords(bytes),
    });
  }

  get #hash(): HashModel {
    return this.kinds.get<HashModel>({ kind: 'hash' });
  }
  get results(): HashModel['results'] {
    return this.#hash.results;
  }
  get grid(): HashModel['grid'] {
    return this.#hash.grid;
  }
  /** What came of hashing results again. */
  get again(): HashModel['again'] {
    return this.#hash.again;
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

  /** A job that this window has started is shown, beside others where its kind shares a table. */
  takeStarted(job: JobSummary): void {
    this.takeJob(job);
    if (this.app.getState().jobs.some(({ id }) => id === job.id)) return;
    this.show([job.id]);
    this.#isChosen = false;
  }

  /** A job of the history that this window has opened: it is there again, also after it was cleared. */
  takeOpened(job: JobSummary): void {
    this.#forgotten.delete(job.id);
    this.#cleared.delete(job.id);
    this.takeJob(job);
  }

  takeJob(job: JobSummary): void {
    if (this.#cleared.has(job.id) || this.#forgotten.has(job.id)) return;
    const { jobs, run } = this.app.getState();
    const isShown = jobs.some((one) => one.id === job.id) || this.#joins(job);
    const atWork = jobs.some((one) => one.id !== job.id && isActive(one));
    const isNewInRun = isShown && isActive(job) && !run.includes(job.id);
    const begins = isNewInRun && !atWork;
    if (begins) this.#meter = new ProgressMeter();
    this.app.setState(({ sources, allJobs }) => ({
      allJobs: withJob(allJobs, job),
      jobs: isShown ? withJob(jobs, job) : jobs,
      run: begins ? [job.id] : isNewInRun ? [...run, job.id] : run,
      sources: sources.filter((source) => !job.sources.some((taken) => taken.id === source.id)),
    }));
    if (isShown) this.reception.follow(job);
    if (job.state !== 'running' && job.state !== 'paused') this.client.stopUploads(job.id);
    if (job.state === 'failed' && job.failure) {
      this.notify('problem', words.t('problem.jobFailed', { message: job.failure.message, code: job.failure.code }));
    }
    const isAtWork = this.app.getState().allJobs.some(isActive);
    this.#poller.want('progress', isAtWork);
    if (!isAtWork || begins) this.live.setState({ progress: null });
  }

  /** Whether a job that nobody chose belongs to what is shown. */
  #joins(job: JobSummary): boolean {
    if (this.#isChosen) return false;
    const { jobs } = this.app.getState();
    if (jobs.length === 0) return true;
    // Another window has opened one of the history.
    if (this.#isSettled && !isActive(job)) return false;
    const shares = (kind: JobSummary['kind']): boolean => this.kinds.feature(kind).sharesTable;
    return jobs.every(({ kind }) => kind === job.kind && shares(kind));
  }

  /** Shows these jobs and no others; all are of one kind. Without any the window waits for something to do. */
  show(ids: readonly number[]): void {
    this.#isChosen = true;
    for (const id of ids) this.#cleared.delete(id);
    this.#forgetShown();
    const jobs = this.app.getState().allJobs.filter((job) => ids.includes(job.id));
    const run = jobs.filter(isActive).map((job) => job.id);
    this.#meter = new ProgressMeter();
    this.live.setState({ progress: null });
    this.app.setState({ jobs, run, detailsOpen: false });
    for (const job of jobs) this.reception.follow(job);
  }

  /** Receives what is shown from its beginning on once more. */
  showAnew(): void {
    const isChosen = this.#isChosen;
    this.show(this.app.getState().jobs.map(({ id }) => id));
    this.#isChosen = isChosen;
  }

  /** Blocks of what is shown come no more, and those that came are gone. */
  #forgetShown(): void {
    const { jobs } = this.app.getState();
    this.reception.forget(jobs.map((job) => job.id));
    for (const kind of new Set(jobs.map((job) => job.kind))) this.kinds.of(kind).clear();
  }

  #takeBlock(jobId: number, block: Block): void {
    const cleared = this.#cleared.get(jobId);
    if (cleared !== undefined) {
      cleared?.take(block);
      return;
    }
    const job = this.app.getState().jobs.find(({ id }) => id === jobId);
    if (job !== undefined) this.kinds.of(job.kind).take(block);
  }

  /** What a job has come to; it is known already, or was cleared. */
  #takeStatus(status: JobStatus): void {
    const known = this.app.getState().allJobs.find((job) => job.id === status.id);
    if (known !== undefined) this.takeJob({ ...known, ...status });
  }

  /** Another window has cleared these jobs. What stays is received anew: a table gives up no single rows. */
  #takeForgotten(ids: readonly number[]): void {
    for (const id of ids) this.#forgotten.add(id);
    const { jobs, allJobs } = this.app.getState();
    const stays = (job: JobSummary): boolean => !this.#forgotten.has(job.id);
    this.app.setState({ allJobs: allJobs.filter(stays) });
    if (jobs.every(stays)) return;
    const isChosen = this.#isChosen;
    this.show(jobs.filter(stays).map((job) => job.id));
    this.#isChosen = isChosen && jobs.some(stays);
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

  /** For whoever needs readings of the engine for a while. */
  watchStats(reason: StatsReason, isWanted: boolean): void {
    this.#poller.want(reason, isWanted);
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

  /** Forgets the jobs that are shown and their rows; returns what brings them back until `commit` is called. */
  clearResults(): { restore(): void; commit(): void } {
    const { jobs, run } = this.app.getState();
    const ids = jobs.map((job) => job.id);
    const isTaken = ({ id }: JobSummary): boolean => ids.includes(id);
    const kinds = [...new Set(jobs.map((job) => job.kind))];
    const cleared = kinds.map((kind) => this.kinds.of(kind).clear());
    for (const job of jobs) this.#cleared.set(job.id, cleared[kinds.indexOf(job.kind)]!);
    this.app.setState(({ allJobs }) => ({
      jobs: [],
      allJobs: allJobs.filter((job) => !isTaken(job)),
      run: [],
      detailsOpen: false,
    }));
    this.#isChosen = false;
    return {
      restore: () => {
        if (ids.some((id) => this.#forgotten.has(id))) {
          this.notify('problem', words.t('results.clearedElsewhere'));
          return;
        }
        for (const id of ids) this.#cleared.delete(id);
        this.app.setState(({ allJobs }) => ({ allJobs: [...jobs, ...allJobs.filter((job) => !isTaken(job))] }));
        const since = this.app.getState();
        const isTogether = since.jobs.every(({ kind }) => kinds.includes(kind)) && kinds.length === 1;
        if (!isTogether || !this.kinds.feature(kinds[0]!).sharesTable) {
          if (since.jobs.length === 0) this.show(ids);
          return;
        }
        for (const results of cleared) results.restore();
        this.app.setState({ jobs: [...jobs, ...since.jobs], run: since.jobs.length > 0 ? since.run : run });
      },
      commit: () => {
        const gone = ids.filter((id) => this.#cleared.get(id));
        for (const id of gone) this.#cleared.set(id, null);
        this.reception.forget(gone);
        if (gone.length > 0) void this.attempt(() => this.client.api.jobs.forget({ ids: gone }));
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
      this.#isSettled = true;
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
        // Told whole, it has come out of the history.
        this.#forgotten.delete(event.job.id);
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

  #takeReading(reading: StatsReading): void {
    for (const take of this.#readingWaiters.splice(0)) take(reading);
    const { jobs, allJobs, run } = this.app.getState();
    const isAtWork = jobs.some(isActive);
    const inRun = jobs.filter((job) => run.includes(job.id));
    this.live.setState({
      reading,
      progress: isAtWork ? this.#meter.read(inRun, reading) : null,
      // Other kinds go through several steps of the engine, of which none is the whole.
      fractions: fractionsOf(
        allJobs.filter((job) => isActive(job) && this.kinds.feature(job.kind).sharesTable),
        reading,
      ),
    });
  }
}
