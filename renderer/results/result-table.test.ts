import { describe, expect, it } from 'vitest';
import { batchOf, tableOf } from '../testing/tables.ts';
import { ResultTable } from './result-table.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const shown = (table: ResultTable, row: number): string => new TextDecoder().decode(table.shownName(row));

describe('the table of results', () => {
  it('counts rows by group and the bytes of those that were hashed', () => {
    const table = tableOf([
      { name: 'a', size: 10 },
      { name: 'b', size: 32 },
      { name: 'c', size: 7, status: 'changed', error: 'GREW' },
      { name: 'd', status: 'skipped', error: 'SOCKET' },
      { name: 'e', status: 'cancelled' },
    ]);
    expect(table.groupCounts).toEqual({ ok: 2, failed: 1, cancelled: 1, skipped: 1 });
    expect(table.hashedBytes).toBe(42);
  });

  it('holds jobs with different algorithms side by side, without digests where a job had none', () => {
    const table = tableOf([{ name: 'a', digests: { md5: new Uint8Array(16).fill(1) } }]);
    const sha = { name: 'b', digests: { sha256: new Uint8Array(32).fill(2) } };
    table.append(batchOf([sha], { jobId: 2, algorithms: ['sha256'] }));
    expect(table.algorithms).toEqual(['md5', 'sha256']);
    expect(table.digest(0, 'sha256')).toBeNull();
    expect(table.digest(1, 'md5')).toBeNull();
    expect(table.digest(1, 'sha256')).toEqual(new Uint8Array(32).fill(2));
  });

  it('shows names below the folder that their source lies in, each by its own root', () => {
    const table = new ResultTable();
    table.setFolders(1, [encode('/home/ana/'), encode('/mnt/')]);
    table.append(
      batchOf([
        { name: '/home/ana/photos/a.jpg', root: 0 },
        { name: '/mnt/nas/b.jpg', root: 1 },
      ]),
    );
    expect([shown(table, 0), shown(table, 1)]).toEqual(['photos/a.jpg', 'nas/b.jpg']);
  });

  it('shows a name whole when it lies elsewhere', () => {
    const table = new ResultTable();
    table.setFolders(1, [encode('/home/ana/')]);
    table.append(batchOf(['/home/bob/photos/a.jpg', '/home/ana/']));
    expect([shown(table, 0), shown(table, 1)]).toEqual(['/home/bob/photos/a.jpg', '/home/ana/']);
  });

  it('numbers rows across batches', () => {
    const table = tableOf(['a', 'b']);
    table.append(batchOf(['c'], { sequence: 1 }));
    table.append(batchOf(['d', 'e'], { sequence: 2 }));
    expect(Array.from({ length: table.count }, (_, row) => shown(table, row))).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(table.record(4)).toBe(1);
  });

  it('takes in another table behind its own rows', () => {
    const table = tableOf(['a']);
    table.appendAll(tableOf(['b', 'c'], { jobId: 2 }));
    expect(Array.from({ length: table.count }, (_, row) => shown(table, row))).toEqual(['a', 'b', 'c']);
  });
});
