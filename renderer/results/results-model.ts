/**
 * The results of the window: a table, its view, and a small snapshot that React listens to. The
 * snapshot changes a few times a second however fast rows arrive; the rows themselves are read from
 * the table when they are drawn.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BatchView } from '#shared/batch/reader.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { ResultTable, type StatusGroup } from './result-table.ts';
import { ResultView, type RowCounts } from './result-view.ts';
import { type Filter, noFilter } from './row-filter.ts';
import type { Sort } from './row-order.ts';
import { Selection } from './selection.ts';
import { runSliced, runWhole, type Sliced } from './sliced.ts';

export interface ResultsSnapshot {
  /** Counts up with every change of what is shown. */
  readonly version: number;
  readonly total: number;
  readonly shown: number;
  readonly groups: Readonly<Record<StatusGroup, number>>;
  /** Likewise, of the rows that fit what is typed into the filter. */
  readonly fitting: RowCounts;
  readonly hashedBytes: number;
  readonly algorithms: readonly AlgorithmName[];
  /** As asked for; `arranging` while the view is not there yet. */
  readonly sort: Sort | null;
  readonly filter: Filter;
  readonly arranging: boolean;
}

const noResults: ResultsSnapshot = {
  version: 0,
  total: 0,
  shown: 0,
  groups: { ok: 0, failed: 0, cancelled: 0, skipped: 0 },
  fitting: { ok: 0, failed: 0, cancelled: 0, skipped: 0, findings: 0 },
  hashedBytes: 0,
  algorithms: [],
  sort: null,
  filter: noFilter,
  arranging: false,
};

const statusGroups = ['ok', 'failed', 'cancelled', 'skipped'] as const satisfies readonly StatusGroup[];

/** What some rows count for. */
interface RowSum {
  readonly groups: Readonly<Record<StatusGroup, number>>;
  /** Of files with a digest. */
  readonly bytes: number;
}

const nobody: RowSum = { groups: { ok: 0, failed: 0, cancelled: 0, skipped: 0 }, bytes: 0 };

function* countOf(table: ResultTable, rows: Uint32Array): Sliced<RowSum> {
  const groups = { ...nobody.groups };
  let bytes = 0;
  for (let at = 0; at < rows.length; at++) {
    if (at % 0x1000 === 0) yield;
    const group = table.group(rows[at]!);
    groups[group]++;
    if (group === 'ok') bytes += table.size(rows[at]!);
  }
  return { groups, bytes };
}

function sum(a: RowSum, b: RowSum, sign: 1 | -1): RowSum {
  const groups = { ...a.groups };
  for (const group of statusGroups) groups[group] += sign * b.groups[group];
  return { groups, bytes: a.bytes + sign * b.bytes };
}

/** Results that were cleared and can still come back. */
export interface ClearedResults {
  /** Takes in a batch that was under way when its job was cleared; it is shown only after `restore`. */
  append(batch: BatchView): void;
  /** Puts the old table back, before what has come since. */
  restore(): void;
}

/** Rows appear at most this often, milliseconds, and never take more than a quarter of the time. */
const refreshMs = 120;
const restFactor = 3;

export class ResultsModel {
  readonly store: StoreApi<ResultsSnapshot> = createStore(() => noResults);
  #table = new ResultTable();
  /** Rows that were taken out of the table: they count for nothing, and are in no list. */
  #removed = Selection.none;
  #gone = nobody;
  /** What puts removed rows back, the latest last. */
  #undo: (() => void)[] = [];
  #view = new ResultView(this.#table);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #restUntil = 0;

  get table(): ResultTable {
    return this.#table;
  }
  get view(): ResultView {
    return this.#view;
  }

  /** Every row that was not removed, whether the filter shows it or not. */
  rows(): Uint32Array {
    const rows = new Uint32Array(this.#table.count - this.#removed.count);
    let count = 0;
    for (let row = 0; row < this.#table.count; row++) if (!this.#removed.has(row)) rows[count++] = row;
    return rows;
  }

  get removed(): Selection {
    return this.#removed;
  }

  /**
   * Takes rows out of the table; returns what puts them back for as long as the table is there. `undone` is called when
   * that happens.
   */
  remove(rows: Uint32Array, undone: () => void): () => void {
    const undo = (): void => {
      if (!this.#undo.includes(undo)) return;
      this.#undo = this.#undo.filter((one) => one !== undo);
      void this.#changeRemoved(rows, false);
      undone();
    };
    this.#undo.push(undo);
    void this.#changeRemoved(rows, true);
    return undo;
  }

  /** Puts back what was removed last; false when there is nothing. */
  undoRemoval(): boolean {
    const last = this.#undo.at(-1);
    last?.();
    return last !== undefined;
  }

  async #changeRemoved(rows: Uint32Array, isOut: boolean): Promise<void> {
    this.#removed = this.#removed.changed(rows, isOut);
    this.store.setState({ arranging: true });
    const table = this.#table;
    const change = await runSliced(countOf(table, rows), () => table === this.#table);
    if (change === undefined) return;
    this.#gone = sum(this.#gone, change, isOut ? 1 : -1);
    const { sort, filter } = this.store.getState();
    await this.#arrange(sort, filter);
  }

  append(batch: BatchView): void {
    this.#table.append(batch);
    if (this.#timer !== undefined) return;
    const wait = Math.max(refreshMs, this.#restUntil - performance.now());
    this.#timer = setTimeout(() => this.#refresh(), wait);
  }

  sortBy(sort: Sort | null): void {
    void this.#arrange(sort, this.store.getState().filter);
  }

  filterBy(filter: Filter): void {
    void this.#arrange(this.store.getState().sort, filter);
  }

  /** Begins with an empty table. */
  clear(): ClearedResults {
    const table = this.#table;
    const removed = this.#removed;
    const { sort, filter } = this.store.getState();
    this.#take(new ResultTable(), Selection.none);
    return {
      append: (batch) => table.append(batch),
      restore: () => {
        const later = Array.from(this.#removed.rows(this.#table.count), (row) => table.count + row);
        table.appendAll(this.#table);
        this.#take(table, removed.changed(later, true));
        void this.#arrange(sort, filter);
      },
    };
  }

  #take(table: ResultTable, removed: Selection): void {
    this.#table = table;
    this.#removed = removed;
    this.#gone = runWhole(countOf(table, Uint32Array.from(removed.rows(table.count))));
    this.#undo = [];
    this.#view = new ResultView(table);
    this.store.setState({ sort: null, filter: noFilter, arranging: false });
    this.#publish();
  }

  #refresh(): void {
    this.#timer = undefined;
    const began = performance.now();
    if (!this.#view.refresh()) return;
    const now = performance.now();
    this.#restUntil = now + (now - began) * restFactor;
    this.#publish();
  }

  async #arrange(sort: Sort | null, filter: Filter): Promise<void> {
    this.store.setState({ sort, filter, arranging: true });
    const view = this.#view;
    if (!(await view.arrange(sort, { ...filter, removed: this.#removed })) || view !== this.#view) return;
    view.refresh();
    this.store.setState({ arranging: false });
    this.#publish();
  }

  #publish(): void {
    const table = this.#table;
    const groups = { ...table.groupCounts };
    for (const group of statusGroups) groups[group] -= this.#gone.groups[group];
    const hashedBytes = table.hashedBytes - this.#gone.bytes;
    this.store.setState(({ version, algorithms }) => ({
      version: version + 1,
      total: table.count - this.#removed.count,
      shown: this.#view.length,
      groups,
      fitting: this.#view.counts,
      hashedBytes,
      // The same array while its members are, so that columns are made anew only when they change.
      algorithms: algorithms.join() === table.algorithms.join() ? algorithms : table.algorithms,
    }));
  }
}
