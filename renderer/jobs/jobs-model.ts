/** The history as far as it was listed, and what a person does with its jobs. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HistoryEntry } from '#shared/contract/models.ts';
import type { Actions } from '../state/actions.ts';
import { isActive } from '../state/jobs.ts';
import type { Session } from '../state/session.ts';
import { words } from '../text/words.ts';

const pageSize = 100;
/** Changes of jobs often come together. */
const refreshMs = 150;

export interface JobsState {
  readonly isOpen: boolean;
  readonly entries: readonly HistoryEntry[];
  /** Of the whole history. */
  readonly total: number;
  /** Unfinished jobs that were there when the window came, until the person has decided about them. */
  readonly unfinished: readonly HistoryEntry[];
  /** Jobs that are being removed, while that can be undone. */
  readonly hidden: ReadonlySet<number>;
  /** The job whose name is being changed. */
  readonly renaming: number | null;
}

export class JobsModel {
  readonly store: StoreApi<JobsState>;
  readonly #session: Session;
  readonly #actions: Actions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted = pageSize;
  #call = 0;
  #isNarrow: boolean;

  constructor(session: Session, actions: Actions, isNarrow: boolean) {
    this.#session = session;
    this.#actions = actions;
    this.#isNarrow = isNarrow;
    this.store = createStore<JobsState>(() => ({
      isOpen: !isNarrow,
      entries: [],
      total: 0,
      unfinished: [],
      hidden: new Set(),
      renaming: null,
    }));
    session.app.subscribe(({ connection, allJobs }, before) => {
      if (connection === 'connected' && before.connection !== 'connected') {
        this.refresh();
        void this.#lookForUnfinished();
      } else if (standing(allJobs) !== standing(before.allJobs)) this.refresh();
    });
  }

  toggle(): void {
    this.store.setState(({ isOpen }) => ({ isOpen: !isOpen }));
  }

  /** In a narrow window the list lies over the results: it is there only while somebody chooses from it. */
  narrowed(isNarrow: boolean): void {
    this.#isNarrow = isNarrow;
    this.store.setState({ isOpen: !isNarrow });
  }

  /** Lists the history anew, soon. */
  refresh(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#list();
    }, refreshMs);
  }

  showMore(): void {
    this.#wanted += pageSize;
    void this.#list();
  }

  /** Shows the results of a job, of this run or of the history. */
  open = async (id: number): Promise<void> => {
    const { allJobs, jobs } = this.#session.app.getState();
    if (this.#isNarrow) this.store.setState({ isOpen: false });
    if (jobs.length === 1 && jobs[0]!.id === id) return;
    if (allJobs.some((job) => job.id === id)) this.#session.show([id]);
    else await this.#session.attempt(async () => this.#show(id));
  };

  /** Nothing is shown, and the window waits for something to do. */
  showNothing = (): void => this.#session.show([]);

  pause = (id: number): Promise<void> => this.#call1(() => this.#session.client.api.jobs.pause({ id }));
  resume = (id: number): Promise<void> => this.#call1(() => this.#session.client.api.jobs.resume({ id }));
  cancel = (id: number): Promise<void> => this.#call1(() => this.#session.client.api.jobs.cancel({ id }));

  /** Lets a job that was cancelled or interrupted go on where it stood, and shows it. */
  continue = async (id: number): Promise<void> => {
    this.store.setState(({ unfinished }) => ({ unfinished: unfinished.filter((entry) => entry.id !== id) }));
    await this.#session.attempt(async () => {
      await this.#session.client.api.jobs.resume({ id });
      await this.#show(id);
    });
    this.refresh();
  };

  decideLater = (): void => this.store.setState({ unfinished: [] });

  startRenaming = (id: number | null): void => this.store.setState({ renaming: id });

  /** An empty name takes the name away. */
  rename = async (id: number, name: string): Promise<void> => {
    this.store.setState({ renaming: null });
    const trimmed = name.trim();
    await this.#session.attempt(async () => {
      const entry = await this.#session.client.api.history.label({ id, name: trimmed === '' ? null : trimmed });
      this.store.setState(({ entries }) => ({ entries: entries.map((one) => (one.id === id ? entry : one)) }));
    });
  };

  /** Takes a job that has ended away, with its results; for some time it can come back. */
  remove = (id: number, title: string): void => {
    const { jobs, allJobs } = this.#session.app.getState();
    const job = allJobs.find((one) => one.id === id);
    if (job !== undefined && isActive(job)) return;
    const wasShown = jobs.map((one) => one.id);
    if (wasShown.includes(id)) this.#session.show(wasShown.filter((one) => one !== id));
    this.#hide(id, true);
    this.#actions.deferrable(
      words.t('jobs.removed', { count: 1, name: title }),
      () => {
        this.#hide(id, false);
        if (wasShown.includes(id) && this.#session.app.getState().jobs.length === 0) this.#session.show(wasShown);
      },
      () => {
        void this.#delete(id);
      },
    );
  };

  async #delete(id: number): Promise<void> {
    await this.#session.attempt(async () => {
      await this.#session.client.api.history.delete({ ids: [id] });
      this.store.setState(({ entries, total }) => ({
        entries: entries.filter((entry) => entry.id !== id),
        total: Math.max(0, total - 1),
      }));
    });
    // One that could not be deleted is there again.
    this.#hide(id, false);
  }

  async #show(id: number): Promise<void> {
    const job = await this.#session.client.api.history.open({ id });
    this.#session.takeOpened(job);
    this.#session.show([id]);
  }

  #hide(id: number, isHidden: boolean): void {
    this.store.setState(({ hidden, unfinished }) => {
      const next = new Set(hidden);
      if (isHidden) next.add(id);
      else next.delete(id);
      return { hidden: next, unfinished: isHidden ? unfinished.filter((entry) => entry.id !== id) : unfinished };
    });
  }

  async #call1(call: () => Promise<unknown>): Promise<void> {
    await this.#session.attempt(call);
  }

  async #lookForUnfinished(): Promise<void> {
    const page = await this.#session.client.api.history.list({ unfinished: true, limit: 20 }).catch(() => null);
    // What a person has cancelled was left on purpose.
    if (page !== null) {
      this.store.setState({ unfinished: page.entries.filter(({ state }) => state === 'interrupted') });
    }
  }

  async #list(): Promise<void> {
    const call = ++this.#call;
    const entries: HistoryEntry[] = [];
    let total = 0;
    try {
      while (entries.length < this.#wanted) {
        const page = await this.#session.client.api.history.list({ offset: entries.length, limit: pageSize });
        entries.push(...page.entries);
        total = page.total;
        if (page.entries.length < pageSize) break;
      }
    } catch {
      // A lost connection has its own banner; the list is asked for again when it is back.
      return;
    }
    if (call === this.#call) this.store.setState({ entries, total });
  }
}

/** What makes the history another one: which jobs there are, and which of them have ended. */
function standing(jobs: readonly { readonly id: number; readonly state: Parameters<typeof isActive>[0]['state'] }[]) {
  return jobs.map((job) => `${job.id}${isActive(job) ? '+' : '.'}`).join();
}
