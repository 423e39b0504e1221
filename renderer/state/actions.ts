/** What a person can do. Every action tells its own problems; none throws. */

import type { JobSpec } from '#shared/contract/kinds/registry.ts';
import type { Settings, Source, WalkOptions } from '#shared/contract/models.ts';
import { makeReport } from '#shared/diagnostics/make-report.ts';
import { reportJson, reportText } from '#shared/diagnostics/report-text.ts';
import { type AlgorithmName, algorithmNames } from '#shared/tables/algorithms.ts';
import { hashAgain } from '../again/hash-again.ts';
import type { Offers } from '../offers/offers.ts';
import { words } from '../text/words.ts';
import { chosenAlgorithms } from './app-state.ts';
import { isActive } from './jobs.ts';
import { tellProblem } from './problems.ts';
import type { Session } from './session.ts';

/** How long something can be undone, milliseconds. */
export const undoMs = 8_000;

export class Actions {
  readonly #session: Session;
  readonly #offers: Pick<Offers, 'likely'>;

  constructor(session: Session, offers: Pick<Offers, 'likely'>) {
    this.#session = session;
    this.#offers = offers;
  }

  addFiles = (): Promise<void> => this.#add(() => this.#session.client.pickFiles());

  addFolder = async (): Promise<void> => {
    const { client, app } = this.#session;
    if (client.capabilities.canBrowseServer) app.setState({ dialog: 'folder' });
    else await this.#add(() => client.pickFolder());
  };

  /** Resolves to null, or to what is wrong with the path: whoever asked for it tells it. */
  addPath = async (path: string): Promise<string | null> => {
    let problem: string | null = null;
    await this.#add(async () => {
      try {
        return [await this.#session.client.api.sources.addPath({ path })];
      } catch (refused) {
        problem = tellProblem(refused);
        return [];
      }
    });
    return problem;
  };

  addDropped = (dropped: DataTransfer): Promise<void> => {
    const added = this.#session.client.addDropped(dropped);
    return this.#add(async () => {
      const sources = await added;
      if (sources.length === 0) this.#session.notify('problem', words.t('problem.nothingDropped'));
      return sources;
    });
  };

  /** Sources wait that no action of this window added. */
  sourcesArrived = (): void => {
    void this.#startOnAdd();
  };

  removeSources = (ids: readonly string[]): void => {
    const { app, client } = this.#session;
    const before = app.getState().sources;
    const removed = before.filter((source) => ids.includes(source.id));
    if (removed.length === 0) return;
    app.setState({ sources: before.filter((source) => !ids.includes(source.id)) });
    this.deferrable(
      words.t('sources.removed', { count: removed.length, name: removed[0]!.name }),
      () => {
        app.setState(({ sources }) => ({ sources: inOldOrder(before, removed, sources) }));
      },
      () => {
        // What was added again in the meantime has its old id, and stays.
        const waiting = new Set(app.getState().sources.map((source) => source.id));
        const gone = ids.filter((id) => !waiting.has(id));
        client.dropUploads(gone);
        void this.#session.attempt(() => client.api.sources.remove({ ids: gone }));
      },
    );
  };

  start = async (): Promise<void> => {
    const { sources, settings, pendingWalk, pendingAlgorithms } = this.#session.app.getState();
    if (sources.length === 0 || settings === null) return;
    await this.startJob({
      kind: 'hash',
      sources: sources.map((source) => source.id),
      algorithms: [...(pendingAlgorithms ?? settings.algorithms)],
      walk: pendingWalk ?? settings.walk,
    });
  };

  /** Starts a job of any kind and shows it. `expected`: how many entries it will judge, where that is known. */
  startJob = async (spec: JobSpec, expected?: number): Promise<void> => {
    const { app, client } = this.#session;
    if (app.getState().starting) return;
    app.setState({ starting: true });
    await this.#session.attempt(async () => {
      const job = await client.api.jobs.start(spec);
      if (expected !== undefined) {
        app.setState(({ expectedEntries }) => ({ expectedEntries: new Map([...expectedEntries, [job.id, expected]]) }));
      }
      this.#session.takeStarted(job);
      client.sendUploads(job);
    });
    app.setState({ starting: false });
  };

  pause = (): Promise<void> => this.#forActive('pause');
  resume = (): Promise<void> => this.#forActive('resume');
  cancel = (): Promise<void> => this.#forActive('cancel');

  hashAgain = (rows: readonly number[]): Promise<void> => hashAgain(this.#session, rows);

  clearResults = (): void => {
    const { jobs } = this.#session.app.getState();
    if (jobs.length === 0 || jobs.some(isActive)) return;
    const { restore, commit } = this.#session.clearResults();
    this.deferrable(words.t('results.cleared'), restore, commit);
  };

  changeSettings = async (change: Partial<Settings>): Promise<void> => {
    await this.#session.attempt(async () => {
      this.#session.takeSettings(await this.#session.client.api.settings.set(change));
    });
  };

  /** Changes made before the host has answered build on each other, for the host takes the options whole. */
  changeWalk = async (part: Partial<WalkOptions>): Promise<void> => {
    const { app } = this.#session;
    const { settings, pendingWalk } = app.getState();
    if (settings === null) return;
    const walk = { ...(pendingWalk ?? settings.walk), ...part };
    app.setState({ pendingWalk: walk });
    await this.changeSettings({ walk });
    if (app.getState().pendingWalk === walk) app.setState({ pendingWalk: null });
  };

  /** In the order of the table. An empty choice is none: one algorithm stays. */
  chooseAlgorithms = async (names: ReadonlySet<AlgorithmName>): Promise<void> => {
    const { app } = this.#session;
    if (app.getState().settings === null || names.size === 0) return;
    const chosen = algorithmNames.filter((name) => names.has(name));
    app.setState({ pendingAlgorithms: chosen });
    await this.changeSettings({ algorithms: chosen });
    if (app.getState().pendingAlgorithms === chosen) app.setState({ pendingAlgorithms: null });
  };

  /** Reads the choice as it is now, so that clicks faster than the host's answers all count. */
  toggleAlgorithm = (name: AlgorithmName): Promise<void> => {
    const names = new Set(chosenAlgorithms(this.#session.app.getState()));
    if (!names.delete(name)) names.add(name);
    return this.chooseAlgorithms(names);
  };

  copy = async (text: string, told: string): Promise<void> => {
    await this.#session.attempt(async () => {
      await navigator.clipboard.writeText(text);
      this.#session.notify('done', told);
    });
  };

  /** Names no file unless told to. */
  copyDiagnostics = async (form: 'text' | 'json' = 'text', withNames = false): Promise<void> => {
    const { system, ...rest } = await this.#session.readDiagnostics();
    if (system === null) return;
    const report = makeReport({ about: system, ...rest }, withNames);
    await this.copy(
      form === 'json' ? reportJson(report) : reportText(report),
      words.t(withNames ? 'copy.reportWithNames' : 'copy.report'),
    );
  };

  reveal = async (path: string): Promise<void> => {
    await this.#session.attempt(() => this.#session.client.api.system.reveal({ path }));
  };

  /** Takes a notice away; what it offered to undo is final then. */
  dismiss = (id: number): void => {
    this.#session.dismiss(id);
  };

  async #add(ask: () => Promise<Source[]>): Promise<void> {
    const { app } = this.#session;
    app.setState({ adding: true });
    const added = await this.#session.attempt(ask);
    app.setState({ adding: false });
    if (added === undefined || added.length === 0) return;
    this.#session.takeSources(added);
    await this.#startOnAdd();
  }

  /** Hashing starts by itself where the person wants that, unless something else is likely. */
  async #startOnAdd(): Promise<void> {
    if (!this.#session.app.getState().settings?.startOnAdd) return;
    if ((await this.#offers.likely()) === undefined) await this.start();
  }

  async #forActive(call: 'pause' | 'resume' | 'cancel'): Promise<void> {
    const { app, client } = this.#session;
    const ids = app
      .getState()
      .jobs.filter(isActive)
      .map((job) => job.id);
    await this.#session.attempt(() => Promise.all(ids.map((id) => client.api.jobs[call]({ id }))));
  }

  /** Offers to undo what was done in the window alone; only when the time is up, the host hears of it. */
  deferrable(told: string, undo: () => void, commit: () => void): void {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      this.#session.dismiss(notice);
      finish();
    };
    const timer = setTimeout(() => settle(commit), undoMs);
    const notice = this.#session.notify('done', told, () => settle(undo));
  }
}

/** `now` with `removed` put back where they stood in `before`. */
function inOldOrder(before: readonly Source[], removed: readonly Source[], now: readonly Source[]): Source[] {
  const kept = new Set([...removed, ...now].map((source) => source.id));
  const old = new Set(before.map((source) => source.id));
  return [...before.filter((source) => kept.has(source.id)), ...now.filter((source) => !old.has(source.id))];
}
