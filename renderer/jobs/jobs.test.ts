import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { HistoryEntry } from '#shared/contract/models.ts';
import { initialAppState } from '../state/app-state.ts';
import { job } from '../testing/job.ts';
import { jobRows, leafOf, sectionOf } from './job-rows.ts';
import { JobsModel } from './jobs-model.ts';

function entry(id: number, change: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id,
    kind: 'hash',
    state: 'finished',
    startedAt: id,
    endedAt: id + 1,
    roots: { count: 1, first: '/data/photos' },
    algorithms: [],
    totals: null,
    outcome: null,
    failure: null,
    bytes: 100,
    resumable: false,
    name: null,
    keep: false,
    ...change,
  };
}

const folder = { id: 'a', kind: 'folder', name: 'set', path: '/data/set/', size: null } as const;

describe('the list of jobs', () => {
  it('has each job once, the newest first, as it stands now', () => {
    const rows = jobRows(
      [job(3, { startedAt: 3, sources: [folder, folder] })],
      [entry(3, { state: 'running' }), entry(5), entry(1)],
    );
    expect(rows.map(({ id, title, others, isActive }) => [id, title, others, isActive])).toEqual([
      [5, 'photos', 0, false],
      [3, 'set', 1, true],
      [1, 'photos', 0, false],
    ]);
  });

  it('calls a job what a person calls it', () => {
    const named = entry(3, { name: 'Letters', roots: { count: 9, first: '/x' } });
    expect(jobRows([], [named])[0]).toMatchObject({ title: 'Letters', others: 0 });
    expect(jobRows([job(3, { sources: [folder, folder] })], [named])[0]).toMatchObject({ title: 'Letters', others: 0 });
  });

  it('says which jobs can go on: not those that are at work', () => {
    const stopped = entry(1, { state: 'interrupted', resumable: true });
    expect(jobRows([], [stopped])[0]).toMatchObject({ canContinue: true, state: 'interrupted' });
    expect(jobRows([job(1)], [stopped])[0]).toMatchObject({ canContinue: false, state: 'running' });
    // Opened for its results, it is still the one that was interrupted.
    expect(jobRows([job(1, { state: 'cancelled' })], [stopped])[0]).toMatchObject({
      canContinue: true,
      state: 'interrupted',
    });
  });

  it('leaves out what is being removed', () => {
    expect(jobRows([], [entry(1), entry(2)], new Set([2])).map(({ id }) => id)).toEqual([1]);
  });

  it('stands in sections by state and by day', () => {
    const now = new Date(2026, 5, 10, 12).getTime();
    const at = (...when: [number, number, number, number]) => new Date(...when).getTime();
    const section = (change: Partial<HistoryEntry>) => sectionOf(jobRows([], [entry(1, change)])[0]!, now);
    expect(section({ startedAt: at(2026, 5, 10, 0) })).toBe('today');
    expect(section({ startedAt: at(2026, 5, 9, 0) })).toBe('yesterday');
    expect(section({ startedAt: at(2026, 5, 8, 23) })).toBe('earlier');
    expect(section({ state: 'interrupted' })).toBe('unfinished');
    expect(section({ state: 'running' })).toBe('running');
  });

  it('names the last segment of a path, whatever the separator', () => {
    expect(['/a/b/', 'C:\\a\\b', '/', 'b'].map(leafOf)).toEqual(['b', 'b', '/', 'b']);
  });
});

describe('the history', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  async function world(entries: HistoryEntry[], isNarrow = false) {
    const app = createStore(() => initialAppState);
    const history = {
      list: vi.fn(async ({ offset = 0, limit = 100, unfinished = false }) => {
        const all = unfinished ? entries.filter(({ resumable }) => resumable) : entries;
        return { entries: all.slice(offset, offset + limit), total: all.length };
      }),
      open: vi.fn(async ({ id }: { id: number }) => job(id, { state: 'finished' })),
      label: vi.fn(async ({ id, name }: { id: number; name: string | null }) => entry(id, { name })),
      delete: vi.fn(async ({ ids }: { ids: number[] }) => ({ ids })),
    };
    const jobs = { resume: vi.fn(async () => undefined) };
    const session = {
      app,
      client: { api: { history, jobs } },
      attempt: (action: () => Promise<unknown>) => action(),
      show: vi.fn(),
      takeOpened: vi.fn(),
    };
    const undone: { undo: () => void; commit: () => void }[] = [];
    const actions = { deferrable: (_: string, undo: () => void, commit: () => void) => undone.push({ undo, commit }) };
    const model = new JobsModel(session as never, actions as never, isNarrow);
    app.setState({ connection: 'connected' });
    await vi.advanceTimersByTimeAsync(500);
    return { model, session, history, jobs, undone, app };
  }

  it('is listed a page at a time', async () => {
    const { model } = await world(Array.from({ length: 250 }, (_, at) => entry(1000 - at)));
    expect(model.store.getState()).toMatchObject({ total: 250 });
    expect(model.store.getState().entries).toHaveLength(100);
    model.showMore();
    await vi.advanceTimersByTimeAsync(0);
    expect(model.store.getState().entries).toHaveLength(200);
  });

  it('is listed anew when a job has begun or ended, and not for its progress', async () => {
    const { history, app } = await world([]);
    const calls = () => history.list.mock.calls.length;
    const before = calls();
    app.setState({ allJobs: [job(1)] });
    await vi.advanceTimersByTimeAsync(500);
    expect(calls()).toBe(before + 1);
    app.setState({ allJobs: [job(1, { batches: 9 })] });
    await vi.advanceTimersByTimeAsync(500);
    expect(calls()).toBe(before + 1);
    app.setState({ allJobs: [job(1, { state: 'finished' })] });
    await vi.advanceTimersByTimeAsync(500);
    expect(calls()).toBe(before + 2);
  });

  it('offers at the start what was interrupted, not what a person has cancelled', async () => {
    const { model, session, jobs } = await world([
      entry(2, { state: 'cancelled', resumable: true }),
      entry(1, { state: 'interrupted', resumable: true }),
    ]);
    expect(model.store.getState().unfinished.map(({ id }) => id)).toEqual([1]);
    await model.continue(1);
    expect(jobs.resume).toHaveBeenCalledWith({ id: 1 });
    expect(session.show).toHaveBeenCalledWith([1]);
    expect(model.store.getState().unfinished).toEqual([]);
  });

  it('opens a job of another run before it is shown', async () => {
    const { model, session, history } = await world([entry(1)]);
    await model.open(1);
    expect(history.open).toHaveBeenCalledWith({ id: 1 });
    expect(session.takeOpened.mock.invocationCallOrder[0]).toBeLessThan(session.show.mock.invocationCallOrder[0]!);
  });

  it('deletes a removed job only when that can no longer be undone', async () => {
    const { model, history, undone } = await world([entry(1), entry(2)]);
    model.remove(1, 'photos');
    expect([...model.store.getState().hidden]).toEqual([1]);
    undone[0]!.undo();
    expect(model.store.getState().hidden.size).toBe(0);
    model.remove(2, 'photos');
    expect(history.delete).not.toHaveBeenCalled();
    undone[1]!.commit();
    await vi.advanceTimersByTimeAsync(0);
    expect(history.delete).toHaveBeenCalledWith({ ids: [2] });
    expect(model.store.getState().entries.map(({ id }) => id)).toEqual([1]);
  });

  it('takes a name away when it is emptied', async () => {
    const { model, history } = await world([entry(1, { name: 'old' })]);
    await model.rename(1, '  ');
    expect(history.label).toHaveBeenCalledWith({ id: 1, name: null });
  });

  it('lies over a narrow window only while somebody chooses', async () => {
    const { model } = await world([entry(1)], true);
    expect(model.store.getState().isOpen).toBe(false);
    model.toggle();
    await model.open(1);
    expect(model.store.getState().isOpen).toBe(false);
  });
});
