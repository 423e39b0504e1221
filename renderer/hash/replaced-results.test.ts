import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { initialAppState } from '../state/app-state.ts';
import type { Session } from '../state/session.ts';
import { job } from '../testing/job.ts';
import { batchOf } from '../testing/tables.ts';
import { HashModel } from './hash-model.ts';
import { watchReplaced } from './replaced-results.ts';
import { withoutReplaced } from './without-replaced.ts';

const digest = new Uint8Array(16).fill(7);
const rows = [
  { name: '/d/a', size: 3, digests: { md5: digest }, root: 2, modifiedNs: 5_000_000n },
  { name: '/d/b', status: 'missing', error: 'ENOENT', errorText: 'gone' } as const,
  { name: '/d/ü', size: 9, digests: { md5: digest } },
];

describe('a batch without what was replaced', () => {
  it('keeps the others as they were', () => {
    const batch = withoutReplaced(batchOf(rows, { sequence: 4 }), new Set([0]));
    expect([batch.count, batch.sequence, batch.jobId]).toEqual([2, 4, 1]);
    expect([batch.name(0), batch.status(0), batch.errorCode(0), batch.errorText(0)]).toEqual([
      '/d/b',
      'missing',
      'ENOENT',
      'gone',
    ]);
    expect([batch.entryId(1), batch.name(1), batch.size(1)]).toEqual([2, '/d/ü', 9]);
    expect(batch.digest(1, 'md5')).toEqual(digest);
    const kept = withoutReplaced(batchOf(rows), new Set([1, 2]));
    expect([kept.root(0), kept.modifiedNs(0), kept.status(0)]).toEqual([2, 5_000_000n, 'ok']);
  });

  it('is the batch itself where nothing was replaced', () => {
    const batch = batchOf(rows);
    expect(withoutReplaced(batch, undefined)).toBe(batch);
  });
});

describe('a job that went on', () => {
  function world(replaced: { batch: number; entry: number }[]) {
    const app = createStore(() => initialAppState);
    const api = { results: { replaced: vi.fn(async () => replaced) } };
    const showAnew = vi.fn();
    const model = new HashModel();
    watchReplaced({ app, client: { api }, showAnew } as unknown as Session, model);
    return { app, api, model, showAnew };
  }

  it('is shown anew once it has ended, with one row for each file', async () => {
    const { app, api, model, showAnew } = world([{ batch: 0, entry: 0 }]);
    app.setState({ jobs: [job(1, { batches: 2 })] });
    expect(api.results.replaced).not.toHaveBeenCalled();
    app.setState({ jobs: [job(1, { batches: 2, state: 'finished' })] });
    await vi.waitFor(() => expect(showAnew).toHaveBeenCalledOnce());
    model.take({ kind: 'batch', batch: batchOf(['/d/a', '/d/b']) });
    model.take({ kind: 'batch', batch: batchOf(['/d/a'], { sequence: 1 }) });
    expect(model.results.table.count).toBe(2);
    // Shown anew it is asked about no more.
    app.setState({ jobs: [job(1, { batches: 2, state: 'finished' })] });
    expect(api.results.replaced).toHaveBeenCalledOnce();
  });

  it('stays as it is where nothing was replaced', async () => {
    const { app, api, showAnew } = world([]);
    app.setState({ jobs: [job(1, { batches: 2, state: 'finished' })] });
    await vi.waitFor(() => expect(api.results.replaced).toHaveBeenCalledOnce());
    expect(showAnew).not.toHaveBeenCalled();
  });
});
