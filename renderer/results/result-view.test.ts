import { describe, expect, it } from 'vitest';
import { batchOf, shownNames, tableOf } from '../testing/tables.ts';
import { ResultTable } from './result-table.ts';
import { ResultView } from './result-view.ts';
import { noFilter } from './row-filter.ts';
import type { Sort, SortColumn } from './row-order.ts';

const ascending = (column: SortColumn): Sort => ({ column, direction: 'ascending' });
const descending = (column: SortColumn): Sort => ({ column, direction: 'descending' });

function digest(first: number): { md5: Uint8Array } {
  return { md5: Uint8Array.from({ length: 16 }, (_, at) => (at === 0 ? first : 7)) };
}

describe('the view of a table', () => {
  it('shows paths in their order until another one is chosen', async () => {
    const table = tableOf(['c', 'a', 'b']);
    const view = new ResultView(table);
    view.refresh();
    expect(shownNames(table, view)).toEqual(['a', 'b', 'c']);
    await view.arrange(descending('size'), noFilter);
    await view.arrange(null, noFilter);
    expect(shownNames(table, view)).toEqual(['a', 'b', 'c']);
  });

  it('finds a row by its digest, whole or in part, whatever its case', async () => {
    const table = tableOf([
      { name: 'a', digests: digest(0xab) },
      { name: 'b', digests: digest(0xcd) },
    ]);
    const view = new ResultView(table);
    for (const text of [`cd${'07'.repeat(15)}`, 'CD070707', ' cd070707 ', 'd0707070', 'cd 07 07 07']) {
      await view.arrange(null, { text, group: 'all' });
      expect(shownNames(table, view)).toEqual(['b']);
    }
    await view.arrange(null, { text: 'ef070707', group: 'all' });
    expect(shownNames(table, view)).toEqual([]);
  });

  it('sorts names as people do: numbers by their value, whatever the case, accents beside their letters', async () => {
    const table = tableOf([
      'ep 10',
      'Zebra',
      'ep 2',
      'b',
      'émile',
      'B2',
      'apple',
      'ep 2b',
      'фон',
      'ep 002a',
      'øre',
      '報告',
    ]);
    const view = new ResultView(table);
    await view.arrange(ascending('name'), noFilter);
    const sorted = ['apple', 'b', 'B2', 'émile', 'ep 2', 'ep 002a', 'ep 2b', 'ep 10', 'øre', 'Zebra', 'фон', '報告'];
    expect(shownNames(table, view)).toEqual(sorted);
    await view.arrange(descending('name'), noFilter);
    expect(shownNames(table, view)).toEqual(sorted.toReversed());
  });

  it('sorts the characters of alphabets as the collation does', async () => {
    const { compare } = new Intl.Collator(undefined, { sensitivity: 'base' });
    const letters = Array.from({ length: 0x250 - 0xc0 }, (_, at) => String.fromCodePoint(0xc0 + at));
    const names = [...'aBcDeFgHiJkLmNoPqRsTuVwXyZ_-+ ', ...letters].map((letter) => `x${letter}`);
    const table = tableOf(names);
    const view = new ResultView(table);
    await view.arrange(ascending('name'), noFilter);
    const shown = shownNames(table, view);
    // Letters that are written as two, such as æ, stand behind the first of them.
    const plain = shown.filter((name) => compare(name.normalize('NFKD'), name) === 0 && !/[æǽĳœŋǆǉǌǳʣß]/i.test(name));
    const wrong = plain.findIndex((name, at) => at > 0 && compare(plain[at - 1]!, name) > 0);
    expect([plain[wrong - 1], plain[wrong]]).toEqual([undefined, plain[-1]]);
  });

  it('keeps what a folder holds together, its files before its folders', async () => {
    const names = ['b/10.txt', 'b c/1.txt', 'b/sub/1.txt', 'b/9.txt', 'b-c/1.txt', 'a.txt', 'B/8.txt'];
    const table = tableOf(names);
    const view = new ResultView(table);
    await view.arrange(null, noFilter);
    const order = ['a.txt', 'B/8.txt', 'b/9.txt', 'b/10.txt', 'b/sub/1.txt', 'b c/1.txt', 'b-c/1.txt'];
    expect(shownNames(table, view)).toEqual(order);
  });

  it('finds the place of folders that arrive later', () => {
    const table = tableOf(['m/1', 'z/1']);
    const view = new ResultView(table);
    view.refresh();
    table.append(batchOf(['a/1', 'n/1', 'm/0', 'z/2'], { sequence: 1 }));
    view.refresh();
    expect(shownNames(table, view)).toEqual(['a/1', 'm/0', 'm/1', 'n/1', 'z/1', 'z/2']);
  });

  it('sorts names that are no UTF-8, and none of them is lost', async () => {
    const raw = (...bytes: number[]) => ({ name: Uint8Array.from(bytes) });
    const table = tableOf([raw(0x62, 0xff), raw(0x62, 0xc3), raw(0x62, 0xf0, 0x9f), raw(0x62), raw(0x61, 0xe2, 0x82)]);
    const view = new ResultView(table);
    await view.arrange(ascending('name'), noFilter);
    expect(Array.from({ length: view.length }, (_, place) => view.rowAt(place))).toEqual([4, 3, 1, 2, 0]);
  });

  it('tells names apart that differ only far behind', async () => {
    const long = 'x'.repeat(300);
    const table = tableOf([`${long}2`, `${long}1`, long, `${long}10`]);
    const view = new ResultView(table);
    await view.arrange(ascending('name'), noFilter);
    expect(shownNames(table, view).map((name) => name.slice(300))).toEqual(['', '1', '2', '10']);
  });

  it('puts rows of equal size into the order of their paths, ascending and descending', async () => {
    const table = tableOf([
      { name: 'b', size: 5 },
      { name: 'd', size: 9 },
      { name: 'a', size: 5 },
      { name: 'c', size: 9 },
    ]);
    const view = new ResultView(table);
    await view.arrange(ascending('size'), noFilter);
    expect(shownNames(table, view)).toEqual(['a', 'b', 'c', 'd']);
    await view.arrange(descending('size'), noFilter);
    expect(shownNames(table, view)).toEqual(['c', 'd', 'a', 'b']);
  });

  it('keeps that order among many, and with those that arrive later', async () => {
    const sized = (from: number): { name: string; size: number }[] =>
      Array.from({ length: 500 }, (_, at) => ({ name: `${from + at}`, size: (from + at) % 3 }));
    const table = tableOf(sized(0));
    const view = new ResultView(table);
    for (const sort of [ascending('size'), descending('size')]) {
      await view.arrange(sort, noFilter);
      table.append(batchOf(sized(table.count)));
      view.refresh();
      const numbers = shownNames(table, view).map(Number);
      const sign = sort.direction === 'ascending' ? 1 : -1;
      expect(numbers).toEqual([...numbers].sort((a, b) => sign * ((a % 3) - (b % 3)) || a - b));
      expect(numbers).toHaveLength(table.count);
    }
  });

  it('sorts sizes beyond 32 bits as numbers', async () => {
    const table = tableOf([
      { name: 'tera', size: 2 ** 42 },
      { name: 'small', size: 3 },
      { name: 'giga', size: 2 ** 33 + 1 },
    ]);
    const view = new ResultView(table);
    await view.arrange(ascending('size'), noFilter);
    expect(shownNames(table, view)).toEqual(['small', 'giga', 'tera']);
  });

  it('sorts digests, rows without one last whichever way', async () => {
    const table = tableOf([
      { name: 'unreadable', status: 'unreadable', error: 'EACCES' },
      { name: 'high', digests: digest(0xee) },
      { name: 'low', digests: digest(0x02) },
    ]);
    const view = new ResultView(table);
    await view.arrange(ascending('md5'), noFilter);
    expect(shownNames(table, view)).toEqual(['low', 'high', 'unreadable']);
    await view.arrange(descending('md5'), noFilter);
    expect(shownNames(table, view)).toEqual(['high', 'low', 'unreadable']);
  });

  it('filters by any part of the name, whatever its case, beyond ASCII too', async () => {
    const table = tableOf(['Report.PDF', 'notes.txt', 'ÜBERSICHT.pdf']);
    const view = new ResultView(table);
    await view.arrange(null, { text: 'pdf', group: 'all' });
    expect(shownNames(table, view)).toEqual(['Report.PDF', 'ÜBERSICHT.pdf']);
    await view.arrange(null, { text: 'Übers', group: 'all' });
    expect(shownNames(table, view)).toEqual(['ÜBERSICHT.pdf']);
  });

  it('finds a letter with an accent in either of the forms that file systems write', async () => {
    const table = tableOf(['cafe\u0301.txt', 'caf\u00c9.txt', 'cafe.txt']);
    const view = new ResultView(table);
    for (const text of ['f\u00e9', 'fe\u0301']) {
      await view.arrange(null, { text, group: 'all' });
      expect(view.length).toBe(2);
    }
  });

  it('takes * and ? as a pattern for the whole name, with a slash for the whole path', async () => {
    const table = tableOf(['Show/ep1.MKV', 'Show/ep12.mkv', 'Show/ep1.mkv.txt', 'Extras/ep1.mkv', 'Extras/\u00fc.mkv']);
    const view = new ResultView(table);
    const found = async (text: string): Promise<string[]> => {
      await view.arrange(null, { text, group: 'all' });
      return shownNames(table, view);
    };
    expect(await found('*.mkv')).toEqual(['Extras/ep1.mkv', 'Extras/\u00fc.mkv', 'Show/ep1.MKV', 'Show/ep12.mkv']);
    expect(await found('ep?.mkv')).toEqual(['Extras/ep1.mkv', 'Show/ep1.MKV']);
    expect(await found('show/*')).toEqual(['Show/ep1.MKV', 'Show/ep1.mkv.txt', 'Show/ep12.mkv']);
    expect(await found('?.mkv')).toEqual(['Extras/\u00fc.mkv']);
  });

  it('takes status: as a word for what became of a file', async () => {
    const table = tableOf([
      { name: 'gone.txt', status: 'missing', error: 'ENOENT' },
      { name: 'closed.txt', status: 'unreadable', error: 'EACCES' },
      { name: 'pipe', status: 'skipped', error: 'FIFO' },
      'here.txt',
    ]);
    const view = new ResultView(table);
    const found = async (text: string): Promise<string[]> => {
      await view.arrange(null, { text, group: 'all' });
      return shownNames(table, view);
    };
    expect(await found('status:failed')).toEqual(['closed.txt', 'gone.txt']);
    expect(await found('txt status:miss')).toEqual(['gone.txt']);
    expect(await found('status:hashed')).toEqual(['here.txt']);
    expect(await found('status:skipped status:ok')).toEqual(['here.txt', 'pipe']);
    expect(await found('status:nonsense')).toEqual([]);
  });

  it('counts by group the rows that fit what is typed, whichever group is shown', async () => {
    const table = tableOf([
      { name: 'gone.txt', status: 'missing', error: 'ENOENT' },
      { name: 'gone.pdf', status: 'missing', error: 'ENOENT' },
      'here.txt',
      'there.txt',
    ]);
    const view = new ResultView(table);
    await view.arrange(null, { text: '.txt', group: 'failed' });
    expect(view.counts).toMatchObject({ ok: 2, failed: 1, skipped: 0 });
    table.append(batchOf(['more.txt', 'more.pdf'], { sequence: 1 }));
    view.refresh();
    expect(view.counts).toMatchObject({ ok: 3, failed: 1 });
    await view.arrange(null, noFilter);
    expect(view.counts).toMatchObject({ ok: 4, failed: 2 });
  });

  it('filters by a group of statuses together with a name', async () => {
    const table = tableOf([
      { name: 'gone.txt', status: 'missing', error: 'ENOENT' },
      { name: 'gone.pdf', status: 'missing', error: 'ENOENT' },
      'here.txt',
      { name: 'pipe.txt', status: 'skipped', error: 'FIFO' },
    ]);
    const view = new ResultView(table);
    await view.arrange(null, { text: '.txt', group: 'failed' });
    expect(shownNames(table, view)).toEqual(['gone.txt']);
    await view.arrange(null, { text: '', group: 'skipped' });
    expect(shownNames(table, view)).toEqual(['pipe.txt']);
  });

  it('merges rows that arrive into a sorted and filtered view', async () => {
    const table = tableOf(['m.txt', 'b.txt', 'x.pdf']);
    const view = new ResultView(table);
    await view.arrange(ascending('name'), { text: 'txt', group: 'all' });
    table.append(batchOf(['a.txt', 'z.txt', 'c.pdf', 'n.txt'], { sequence: 1 }));
    expect(view.refresh()).toBe(true);
    expect(shownNames(table, view)).toEqual(['a.txt', 'b.txt', 'm.txt', 'n.txt', 'z.txt']);
    await view.arrange(ascending('name'), noFilter);
    expect(shownNames(table, view)).toEqual(['a.txt', 'b.txt', 'c.pdf', 'm.txt', 'n.txt', 'x.pdf', 'z.txt']);
  });

  it('gives way to the latest of several calls', async () => {
    const names = Array.from({ length: 60_000 }, (_, index) => `file-${(index * 7919) % 60_000}`);
    const table = new ResultTable();
    for (let from = 0; from < names.length; from += 5_000) table.append(batchOf(names.slice(from, from + 5_000)));
    const view = new ResultView(table);
    const first = view.arrange(ascending('name'), noFilter);
    const second = view.arrange(null, { text: 'file-59999', group: 'all' });
    expect(await first).toBe(false);
    expect(await second).toBe(true);
    expect(shownNames(table, view)).toEqual(['file-59999']);
  });

  it('finds the place of a row, and none for a row that the filter hides', async () => {
    const table = tableOf(['c', 'a', 'b']);
    const view = new ResultView(table);
    await view.arrange(ascending('name'), noFilter);
    expect([0, 1, 2].map((row) => view.placeOf(row))).toEqual([2, 0, 1]);
    await view.arrange(ascending('name'), { text: 'a', group: 'all' });
    expect(view.placeOf(0)).toBe(-1);
  });

  it('sorts 200,000 rows like a plain sort, however they are told apart', async () => {
    const count = 200_000;
    const table = new ResultTable();
    const names: string[] = [];
    for (let from = 0, sequence = 0; from < count; from += 5_000, sequence++) {
      const rows = Array.from({ length: 5_000 }, (_, index) => {
        const number = ((from + index) * 48_271) % count;
        return `folder-${number % 97}/sub/file-${number}.bin`;
      });
      names.push(...rows);
      table.append(batchOf(rows, { sequence }));
    }
    const view = new ResultView(table);
    await view.arrange(ascending('name'), noFilter);
    const { compare } = new Intl.Collator(undefined, { numeric: true });
    const sorted = [...names].sort(compare);
    const shown = shownNames(table, view);
    expect(shown).toHaveLength(count);
    // The first difference says enough: printing 200,000 of them takes minutes.
    const wrong = shown.findIndex((name, place) => name !== sorted[place]);
    expect(shown[wrong]).toBe(sorted[wrong]);
  });
});
