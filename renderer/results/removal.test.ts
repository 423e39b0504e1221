import { describe, expect, it, vi } from 'vitest';
import { batchOf } from '../testing/tables.ts';
import { ResultsModel } from './results-model.ts';

async function modelOf(): Promise<ResultsModel> {
  const results = new ResultsModel();
  results.append(
    batchOf([
      { name: 'a', size: 5 },
      { name: 'b', status: 'missing', error: 'ENOENT' },
      { name: 'c', size: 7 },
    ]),
  );
  await vi.waitUntil(() => results.store.getState().total === 3);
  return results;
}

const settled = (results: ResultsModel): Promise<unknown> => vi.waitUntil(() => !results.store.getState().arranging);

describe('rows that are removed from the list', () => {
  it('count for nothing, are in no list, and come back as they were', async () => {
    const results = await modelOf();
    const undone = vi.fn();
    results.remove(Uint32Array.from([0, 1]), undone);
    await settled(results);
    expect(results.store.getState()).toMatchObject({
      total: 1,
      shown: 1,
      groups: { ok: 1, failed: 0 },
      hashedBytes: 7,
    });
    expect([...results.rows()]).toEqual([2]);
    expect(results.undoRemoval()).toBe(true);
    await settled(results);
    expect(undone).toHaveBeenCalledOnce();
    expect(results.store.getState()).toMatchObject({
      total: 3,
      shown: 3,
      groups: { ok: 2, failed: 1 },
      hashedBytes: 12,
    });
    expect(results.undoRemoval()).toBe(false);
  });

  it('stay away when others arrive, and through another order and filter', async () => {
    const results = await modelOf();
    results.remove(Uint32Array.of(0), () => undefined);
    await settled(results);
    results.append(batchOf(['d'], { sequence: 1 }));
    await vi.waitUntil(() => results.store.getState().total === 3);
    results.sortBy({ column: 'size', direction: 'ascending' });
    await settled(results);
    results.filterBy({ text: 'a', group: 'all' });
    await settled(results);
    expect(results.store.getState().shown).toBe(0);
  });

  it('are still away when cleared results come back', async () => {
    const results = await modelOf();
    results.remove(Uint32Array.of(0), () => undefined);
    await settled(results);
    const cleared = results.clear();
    expect(results.store.getState().total).toBe(0);
    results.append(batchOf(['x', 'y'], { jobId: 2 }));
    await vi.waitUntil(() => results.store.getState().total === 2);
    results.remove(Uint32Array.of(1), () => undefined);
    await settled(results);
    cleared.restore();
    await settled(results);
    const names = Array.from(results.rows(), (row) => results.table.batch(row).name(results.table.record(row)));
    expect(names).toEqual(['b', 'c', 'x']);
    expect(results.store.getState()).toMatchObject({ total: 3, groups: { ok: 2, failed: 1 } });
  });
});
