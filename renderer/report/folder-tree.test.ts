import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openRecords, RecordsBuilder } from '#shared/records/block.ts';
import { ReportModel } from './report-model.ts';

const statuses = ['bad', 'good'] as const;

interface Entry {
  readonly name: string;
  readonly status: (typeof statuses)[number];
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

async function modelOf(...names: readonly string[]): Promise<ReportModel<'bad' | 'good'>> {
  const model = new ReportModel<'bad' | 'good'>({
    statuses,
    plain: new Set([1]),
    reader: () => ({
      rows: (record) => {
        const { name, status } = record as Entry;
        return [{ name, status: statuses.indexOf(status) }];
      },
    }),
  });
  const builder = new RecordsBuilder();
  // A name with an exclamation mark needs attention.
  for (const name of names) builder.add({ name, status: name.includes('!') ? 'bad' : 'good' });
  model.take({ kind: 'records', records: openRecords(builder.take(1, 0)) });
  await vi.advanceTimersByTimeAsync(500);
  return model;
}

/** Indented by depth; folders with `/` and the number of rows of each status. */
function lines(model: ReportModel<'bad' | 'good'>): string[] {
  return Array.from({ length: model.list.length }, (_, place) => {
    const row = model.list.rowAt(place);
    const indent = ' '.repeat(model.tree!.depthOf(row));
    if (row >= 0) return indent + (model.table.read(row) as Entry).name.split('/').at(-1)!;
    const { name, counts, isOpen } = model.tree!.folderAt(row);
    return `${indent}${isOpen ? '-' : '+'}${name}/ ${counts.join(' ')}`;
  });
}

const rowOf = (model: ReportModel<'bad' | 'good'>, name: string): number => {
  const place = lines(model).findIndex((line) => line.includes(name));
  return model.list.rowAt(place);
};

describe('rows below their folders', () => {
  it('sum up what folders hold, are open only where something needs attention, and show that first', async () => {
    const model = await modelOf('top', 'a/b/w', 'a/b/x!', 'a/y', 'c/z', 'c/d/w');
    expect(lines(model)).toEqual(['top', '-a/ 1 2', ' y', ' -b/ 1 1', '  x!', '  w', '+c/ 0 2']);
  });

  it('are opened and closed by a person, who has the last word', async () => {
    const model = await modelOf('a/x!', 'c/z');
    model.toggleFolder(rowOf(model, 'a/'));
    model.toggleFolder(rowOf(model, 'c/'));
    expect(lines(model)).toEqual(['+a/ 1 0', '-c/ 0 1', ' z']);
    model.toggleFolder(rowOf(model, 'a/'), true);
    expect(lines(model)).toEqual(['-a/ 1 0', ' x!', '-c/ 0 1', ' z']);
  });

  it('show, when filtered, only folders in which something passes', async () => {
    const model = await modelOf('a/x!', 'c/z', 'c/d/needle');
    model.filterBy({ text: 'needle', status: null });
    await vi.waitFor(() => expect(lines(model)).toEqual(['+c/ 0 2', ' +d/ 0 1', '  needle']));
  });

  it('can be listed without folders, problems first', async () => {
    const model = await modelOf('a/y', 'a/x!');
    model.sortBy('status');
    await vi.waitFor(() => expect(model.store.getState().arranging).toBe(false));
    const shown = Array.from({ length: model.list.length }, (_, place) => model.list.rowAt(place));
    expect(shown.map((row) => (model.table.read(row) as Entry).name)).toEqual(['a/x!', 'a/y']);
  });
});
