import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Settings, Source } from '#shared/contract/models.ts';
import { defaultSettings } from '#shared/contract/models.ts';
import type { ClientListener } from '../client/client.ts';
import { KindModels } from '../kinds/models.ts';
import { features } from '../kinds/registry.ts';
import type { Offer } from '../offers/offer.ts';
import { job } from '../testing/job.ts';
import { batchBytes } from '../testing/tables.ts';
import { Actions, undoMs } from './actions.ts';
import { Session } from './session.ts';

function source(id: string): Source {
  return { id, kind: 'file', name: id, path: `/data/${id}`, size: 1 };
}

/** A session over a client whose host is the test. */
async function openSession(startOnAdd = false) {
  let listener: ClientListener | undefined;
  const api = {
    system: { info: vi.fn(async () => null), process: vi.fn() },
    sources: { list: vi.fn(async (): Promise<Source[]> => []), remove: vi.fn(async () => undefined) },
    jobs: {
      start: vi.fn(async ({ sources }: { sources: string[] }) => job(1, { sources: sources.map(source) })),
      forget: vi.fn(async () => undefined),
      pause: vi.fn(async () => undefined),
    },
    settings: { set: vi.fn(async (change: Partial<Settings>) => ({ ...defaultSettings, ...change })) },
  };
  const client = {
    capabilities: { canBrowseServer: true, canReveal: false },
    api,
    open: (given: ClientListener) => {
      listener = given;
    },
    send: vi.fn(),
    pickFiles: vi.fn(async () => [source('a'), source('b'), source('c')]),
    sendUploads: vi.fn(),
    stopUploads: vi.fn(),
    dropUploads: vi.fn(),
  };
  const session = new Session(client as never, new KindModels(features), {
    settings: () => undefined,
    sourcesArrived: () => actions.sourcesArrived(),
  });
  const offers = { likely: vi.fn(async (): Promise<Offer | undefined> => undefined) };
  const actions = new Actions(session, offers);
  session.open();
  const host = listener!;
  host.event({ kind: 'settings', settings: { ...defaultSettings, startOnAdd } });
  host.connection('connected');
  await vi.advanceTimersByTimeAsync(0);
  return { session, actions, offers, client, api, host };
}

const ids = (session: Session): string[] => session.app.getState().sources.map((one) => one.id);
const undo = (session: Session): void => session.app.getState().notices.find((notice) => notice.undo)!.undo!();

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe('sources', () => {
  it('wait for Start, and are part of the job then', async () => {
    const { session, actions, api, client } = await openSession();
    await actions.addFiles();
    expect(api.jobs.start).not.toHaveBeenCalled();
    await actions.start();
    expect(api.jobs.start.mock.calls[0]![0].sources).toEqual(['a', 'b', 'c']);
    expect(client.sendUploads).toHaveBeenCalledTimes(1);
    expect(ids(session)).toEqual([]);
  });

  it('start at once when the settings say so', async () => {
    const { actions, api } = await openSession(true);
    await actions.addFiles();
    expect(api.jobs.start).toHaveBeenCalledTimes(1);
  });

  it('that come from outside the window start at once too when the settings say so', async () => {
    const { host, api } = await openSession(true);
    host.event({ kind: 'sources', sources: [source('x')] });
    await vi.advanceTimersByTimeAsync(0);
    expect(api.jobs.start.mock.calls[0]![0].sources).toEqual(['x']);
  });

  it('do not start by themselves when something else than hashing is likely', async () => {
    const { actions, api, offers } = await openSession(true);
    offers.likely.mockResolvedValue({ kind: 'verify' } as Offer);
    await actions.addFiles();
    expect(api.jobs.start).not.toHaveBeenCalled();
  });

  it('that were removed come back in their old places', async () => {
    const { session, actions, api } = await openSession();
    await actions.addFiles();
    actions.removeSources(['b']);
    expect(ids(session)).toEqual(['a', 'c']);
    undo(session);
    expect(ids(session)).toEqual(['a', 'b', 'c']);
    await vi.advanceTimersByTimeAsync(undoMs * 2);
    expect(api.sources.remove).not.toHaveBeenCalled();
  });

  it('that were removed are forgotten by the host when the time to undo is over', async () => {
    const { session, actions, api } = await openSession();
    await actions.addFiles();
    actions.removeSources(['a', 'c']);
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(api.sources.remove).toHaveBeenCalledWith({ ids: ['a', 'c'] });
    expect(session.app.getState().notices).toEqual([]);
  });

  it('that were removed and added again stay', async () => {
    const { session, actions, api } = await openSession();
    await actions.addFiles();
    actions.removeSources(['a', 'b']);
    session.takeSources([source('b')]);
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(api.sources.remove).toHaveBeenCalledWith({ ids: ['a'] });
  });
});

describe('results', () => {
  it('of a job are asked for when the host tells of it, and shown when they arrive', async () => {
    const { session, client, host } = await openSession();
    host.event({ kind: 'job', job: job(1) });
    expect(client.send).toHaveBeenCalledWith({ kind: 'subscribe', jobId: 1, sequence: 0 });
    host.batch(batchBytes(['a', 'b']));
    await vi.advanceTimersByTimeAsync(500);
    expect(session.results.store.getState()).toMatchObject({ total: 2, shown: 2 });
  });

  it('that were cleared come back whole, before what has arrived since', async () => {
    const { session, actions, api, host } = await openSession();
    host.event({ kind: 'job', job: job(1, { state: 'finished' }) });
    host.batch(batchBytes(['old']));
    await vi.advanceTimersByTimeAsync(500);
    actions.clearResults();
    expect(session.results.store.getState().total).toBe(0);
    host.event({ kind: 'job', job: job(2) });
    host.batch(batchBytes(['new'], { jobId: 2 }));
    undo(session);
    await vi.advanceTimersByTimeAsync(undoMs * 2);
    expect(session.results.store.getState().total).toBe(2);
    expect(session.app.getState().jobs.map((one) => one.id)).toEqual([1, 2]);
    expect(api.jobs.forget).not.toHaveBeenCalled();
  });

  it('that were cleared are forgotten by the host, and do not reappear', async () => {
    const { session, actions, api, host } = await openSession();
    host.event({ kind: 'job', job: job(1, { state: 'finished' }) });
    host.batch(batchBytes(['old']));
    actions.clearResults();
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(api.jobs.forget).toHaveBeenCalledWith({ ids: [1] });
    host.event({ kind: 'job', job: job(1, { state: 'finished' }) });
    host.batch(batchBytes(['old'], { sequence: 1 }));
    await vi.advanceTimersByTimeAsync(500);
    expect(session.results.store.getState().total).toBe(0);
    expect(session.app.getState().jobs).toEqual([]);
  });

  it('of a cleared job that arrive late leave nothing behind', async () => {
    const { session, actions, host } = await openSession();
    host.event({ kind: 'job', job: job(1, { state: 'finished' }) });
    host.batch(batchBytes(['early']));
    actions.clearResults();
    host.batch(batchBytes(['late'], { sequence: 1 }));
    expect(session.results.table.count).toBe(0);
    await vi.advanceTimersByTimeAsync(undoMs);
    host.batch(batchBytes(['later'], { sequence: 2 }));
    expect(session.results.table.count).toBe(0);
  });

  it('of a cleared job that arrive late come back with the others', async () => {
    const { session, actions, host } = await openSession();
    host.event({ kind: 'job', job: job(1, { state: 'finished' }) });
    host.batch(batchBytes(['early']));
    actions.clearResults();
    host.batch(batchBytes(['late'], { sequence: 1 }));
    undo(session);
    expect(session.results.table.count).toBe(2);
  });

  it('of jobs at work cannot be cleared', async () => {
    const { session, actions, host } = await openSession();
    host.event({ kind: 'job', job: job(1) });
    actions.clearResults();
    expect(session.app.getState().jobs).toHaveLength(1);
  });
});

describe('what is shown', () => {
  const verify = (id: number) => job(id, { kind: 'verify', algorithms: [] });

  it('is of one kind: a job of another kind that comes leaves it as it is', async () => {
    const { session, host } = await openSession();
    host.event({ kind: 'job', job: job(1) });
    host.event({ kind: 'job', job: verify(2) });
    const { jobs, allJobs } = session.app.getState();
    expect(jobs.map(({ id }) => id)).toEqual([1]);
    expect(allJobs.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('is the job that was started here, beside others only where its kind shares a table', async () => {
    const { session, actions, api, host } = await openSession();
    host.event({ kind: 'job', job: job(1) });
    api.jobs.start.mockResolvedValueOnce(verify(2) as never);
    await actions.startJob({ kind: 'verify' } as never, 12);
    expect(session.app.getState().jobs.map(({ id }) => id)).toEqual([2]);
    expect(session.app.getState().expectedEntries.get(2)).toBe(12);
    host.event({ kind: 'job', job: job(3) });
    expect(session.app.getState().jobs.map(({ id }) => id)).toEqual([2]);
  });

  it('changes to what a person chooses, whose blocks come from the first one on', async () => {
    const { session, client, host } = await openSession();
    host.event({ kind: 'job', job: job(1, { state: 'finished' }) });
    host.batch(batchBytes(['one']));
    host.event({ kind: 'job', job: verify(2) });
    client.send.mockClear();
    session.show([2]);
    expect(client.send.mock.calls).toEqual([
      [{ kind: 'unsubscribe', jobId: 1 }],
      [{ kind: 'subscribe', jobId: 2, sequence: 0 }],
    ]);
    expect(session.results.store.getState().total).toBe(0);
    session.show([1]);
    host.batch(batchBytes(['one']));
    await vi.advanceTimersByTimeAsync(500);
    expect(session.results.store.getState().total).toBe(1);
    // A job that comes later does not push itself into what was chosen.
    host.event({ kind: 'job', job: job(3) });
    expect(session.app.getState().jobs.map(({ id }) => id)).toEqual([1]);
  });
});

describe('jobs', () => {
  it('that are at work together make one run', async () => {
    const { session, host } = await openSession();
    host.event({ kind: 'job', job: job(1) });
    host.event({ kind: 'job', job: job(2) });
    expect(session.app.getState().run).toEqual([1, 2]);
    host.event({ kind: 'job', job: job(1, { state: 'finished' }) });
    host.event({ kind: 'job', job: job(2, { state: 'finished' }) });
    host.event({ kind: 'job', job: job(3) });
    expect(session.app.getState().run).toEqual([3]);
  });

  it('that are cancelled send no more files', async () => {
    const { client, host } = await openSession();
    host.event({ kind: 'job', job: job(1) });
    expect(client.stopUploads).not.toHaveBeenCalled();
    host.event({ kind: 'job', job: job(1, { state: 'cancelling' }) });
    expect(client.stopUploads).toHaveBeenCalledWith(1);
  });

  it('that fail say why', async () => {
    const { session, host } = await openSession();
    host.event({
      kind: 'job',
      job: job(1, { state: 'failed', failure: { code: 'ENOSPC', message: 'the disk is full' } }),
    });
    const [notice] = session.app.getState().notices;
    expect(notice).toMatchObject({ kind: 'problem', text: 'The job failed: the disk is full (ENOSPC)' });
  });
});

describe('what the host tells', () => {
  const { sources: _sources, ...finished } = job(1, { state: 'finished' });

  it('of a job later on names no sources, and those of the job stay', async () => {
    const { session, host } = await openSession();
    host.event({ kind: 'job', job: job(1, { sources: [source('a')] }) });
    host.event({ kind: 'status', job: finished });
    expect(session.app.getState().jobs).toMatchObject([{ id: 1, state: 'finished', sources: [{ id: 'a' }] }]);
  });

  it('of a job that was cleared here brings nothing back', async () => {
    const { session, actions, host } = await openSession();
    host.event({ kind: 'job', job: job(1, { state: 'finished' }) });
    actions.clearResults();
    host.event({ kind: 'status', job: finished });
    expect(session.app.getState().jobs).toEqual([]);
  });

  it('of results that another window cleared takes them away, and asks again for what stays', async () => {
    const { session, client, host } = await openSession();
    host.event({ kind: 'job', job: job(1, { state: 'finished' }) });
    host.event({ kind: 'job', job: job(2) });
    host.batch(batchBytes(['cleared']));
    host.batch(batchBytes(['kept'], { jobId: 2 }));
    await vi.advanceTimersByTimeAsync(500);
    client.send.mockClear();
    host.event({ kind: 'forgotten', ids: [1] });
    expect(session.app.getState()).toMatchObject({ jobs: [{ id: 2 }], run: [2] });
    expect(client.send).toHaveBeenLastCalledWith({ kind: 'subscribe', jobId: 2, sequence: 0 });
    host.batch(batchBytes(['kept'], { jobId: 2 }));
    await vi.advanceTimersByTimeAsync(500);
    expect(session.results.store.getState().total).toBe(1);
    expect(session.app.getState().notices).toMatchObject([{ text: 'Results were cleared in another window.' }]);
  });

  it('of results that were cleared here, or that it never had, changes nothing', async () => {
    const { session, actions, host } = await openSession();
    host.event({ kind: 'job', job: job(1, { state: 'finished' }) });
    actions.clearResults();
    await vi.advanceTimersByTimeAsync(undoMs);
    host.event({ kind: 'forgotten', ids: [1, 99] });
    expect(session.app.getState().notices).toEqual([]);
  });

  it('takes away the chance to undo, when another window was faster', async () => {
    const { session, actions, host } = await openSession();
    host.event({ kind: 'job', job: job(1, { state: 'finished' }) });
    actions.clearResults();
    host.event({ kind: 'forgotten', ids: [1] });
    undo(session);
    expect(session.app.getState().jobs).toEqual([]);
    expect(session.app.getState().notices).toMatchObject([{ text: 'Results were cleared in another window.' }]);
  });
});

it('algorithms chosen faster than the host answers all count', async () => {
  const { session, actions, api } = await openSession();
  await Promise.all([actions.toggleAlgorithm('md5'), actions.toggleAlgorithm('blake3')]);
  expect(api.settings.set.mock.lastCall![0].algorithms).toEqual(['md5', 'sha256', 'blake3']);
  expect(session.app.getState()).toMatchObject({
    pendingAlgorithms: null,
    settings: { algorithms: ['md5', 'sha256', 'blake3'] },
  });
});

describe('how folders are walked', () => {
  it('takes two changes in quick succession, both', async () => {
    const { session, actions, api } = await openSession();
    const changes = [actions.changeWalk({ hidden: true }), actions.changeWalk({ exclude: ['*.tmp'] })];
    expect(session.app.getState().pendingWalk).toMatchObject({ hidden: true, exclude: ['*.tmp'] });
    await Promise.all(changes);
    expect(api.settings.set.mock.lastCall![0].walk).toMatchObject({ hidden: true, exclude: ['*.tmp'] });
    expect(session.app.getState().settings!.walk).toMatchObject({ hidden: true, exclude: ['*.tmp'] });
    expect(session.app.getState().pendingWalk).toBeNull();
  });

  it('holds for a job that starts before the host has answered', async () => {
    const { actions, api } = await openSession();
    await actions.addFiles();
    void actions.changeWalk({ hidden: true });
    await actions.start();
    expect(api.jobs.start.mock.calls[0]![0]).toMatchObject({ walk: { hidden: true } });
  });

  it('is what the host has when it refuses a change', async () => {
    const { session, actions, api } = await openSession();
    vi.spyOn(console, 'error').mockReturnValue();
    api.settings.set.mockRejectedValueOnce(new Error('broken'));
    await actions.changeWalk({ hidden: true });
    expect(session.app.getState()).toMatchObject({ pendingWalk: null, settings: defaultSettings });
  });
});

it('what goes wrong is told once, however often it goes wrong', async () => {
  const { session, actions, api } = await openSession();
  vi.spyOn(console, 'error').mockReturnValue();
  api.jobs.start.mockRejectedValue(new Error('broken'));
  await actions.addFiles();
  await actions.start();
  await actions.start();
  expect(session.app.getState().notices).toHaveLength(1);
  expect(session.app.getState().starting).toBe(false);
});
