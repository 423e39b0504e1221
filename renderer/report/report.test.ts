import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openRecords, RecordsBuilder } from '#shared/records/block.ts';
import { digestParts } from './digest-parts.ts';
import { ReportModel } from './report-model.ts';

interface Entry {
  readonly name?: string;
  readonly status?: 'bad' | 'good';
  readonly sum?: number;
}

const statuses = ['bad', 'good'] as const;

function modelOf(): ReportModel<'bad' | 'good'> {
  return new ReportModel({
    statuses,
    reader: () => ({
      rows: (record) => {
        const { name, status } = record as Entry;
        return name === undefined ? [] : [{ name, status: statuses.indexOf(status!) }];
      },
    }),
    summaryOf: (record) => (record as Entry).sum,
  });
}

function block(records: readonly Entry[], sequence = 0) {
  const builder = new RecordsBuilder();
  for (const record of records) builder.add(record);
  return { kind: 'records', records: openRecords(builder.take(1, sequence)) } as const;
}

const shown = (model: ReportModel<'bad' | 'good'>): string[] =>
  Array.from({ length: model.list.length }, (_, place) => (model.table.read(model.list.rowAt(place)) as Entry).name!);

const good = (name: string): Entry => ({ name, status: 'good' });
const bad = (name: string): Entry => ({ name, status: 'bad' });

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

async function taken(...blocks: (readonly Entry[])[]): Promise<ReportModel<'bad' | 'good'>> {
  const model = modelOf();
  for (const [sequence, records] of blocks.entries()) {
    model.take(block(records, sequence));
    await vi.advanceTimersByTimeAsync(500);
  }
  return model;
}

describe('a report', () => {
  it('shows problems first, also those that come later, and each status in the order of the names', async () => {
    const model = await taken([good('b'), bad('z'), good('a')], [good('c'), bad('y')]);
    expect(shown(model)).toEqual(['y', 'z', 'a', 'b', 'c']);
    expect(model.store.getState()).toMatchObject({ total: 5, shown: 5, counts: [2, 3] });
  });

  it('is behind until what came is shown, also where that is no row', async () => {
    const model = modelOf();
    for (const [sequence, records] of [[good('a'), { sum: 1 }], [{ sum: 2 }]].entries()) {
      model.take(block(records, sequence));
      const { version, summary } = model.store.getState();
      expect([summary, model.isBehind]).toEqual([sequence + 1, true]);
      await vi.advanceTimersByTimeAsync(500);
      expect(model.isBehind).toBe(false);
      expect(model.store.getState().version).toBeGreaterThan(version);
    }
  });

  it('sorts by name, whatever its case, either way, and merges what comes then', async () => {
    const model = await taken([good('b'), bad('A'), good('ab long name'), good('ab long named')]);
    model.sortBy('name');
    await vi.waitFor(() => expect(model.store.getState().arranging).toBe(false));
    model.take(block([good('aa')], 1));
    await vi.advanceTimersByTimeAsync(500);
    expect(shown(model)).toEqual(['A', 'aa', 'ab long name', 'ab long named', 'b']);
    model.sortBy('name-descending');
    await vi.waitFor(() => expect(model.store.getState().arranging).toBe(false));
    expect(shown(model)[0]).toBe('b');
  });

  it('filters by part of a name, beyond ASCII too, and by status', async () => {
    const model = await taken([good('Über'), bad('über alles'), good('other')]);
    model.filterBy({ text: 'ÜBER', status: null });
    await vi.waitFor(() => expect(shown(model)).toEqual(['über alles', 'Über']));
    model.filterBy({ text: 'O', status: 1 });
    await vi.waitFor(() => expect(shown(model)).toEqual(['other']));
    model.take(block([good('another'), bad('one')], 1));
    await vi.advanceTimersByTimeAsync(500);
    expect(shown(model)).toEqual(['another', 'other']);
  });

  it('keeps what sums up, which is no row', async () => {
    const model = await taken([good('a'), { sum: 7 }]);
    expect(model.store.getState()).toMatchObject({ total: 1, summary: 7 });
  });

  it('that was cleared comes back with what was under way', async () => {
    const model = await taken([good('a')]);
    const cleared = model.clear();
    expect(model.store.getState()).toMatchObject({ total: 0, shown: 0 });
    cleared.take(block([bad('late')], 1));
    cleared.restore();
    await vi.advanceTimersByTimeAsync(500);
    expect(shown(model)).toEqual(['late', 'a']);
  });

  it('holds a hundred thousand rows with long names', async () => {
    const names = Array.from({ length: 2_000 }, (_, at) => good(`${'folder/'.repeat(20)}${at} 文件`));
    const model = await taken(...Array.from({ length: 50 }, () => names));
    expect(model.store.getState().total).toBe(100_000);
    expect((model.table.read(99_999) as Entry).name).toBe(names.at(-1)!.name);
    const { table } = model;
    const last = table.names.subarray(table.nameStart(99_999), table.nameEnd(99_999));
    expect(new TextDecoder().decode(last)).toBe(names.at(-1)!.name);
  });
});

describe('two digests', () => {
  it('are shown in groups of eight, and those that differ are marked', () => {
    expect(digestParts('0123456789abcdef00', '0123456789abcdee00')).toEqual([
      { text: '01234567', differs: false },
      { text: '89abcdef', differs: true },
      { text: '00', differs: false },
    ]);
  });

  it('are marked throughout where one is longer', () => {
    expect(digestParts('0123456789', '01234567').map(({ differs }) => differs)).toEqual([false, true]);
    expect(digestParts('01234567', null).every(({ differs }) => !differs)).toBe(true);
  });
});
