/**
 * The table as it is shown: sorted and filtered, a list of row numbers. A new sort or filter is
 * worked out in slices while the old view stays; rows that arrive are merged in, without sorting
 * again what already is.
 */
import { keyOf } from '../again/again-store.ts';
import type { ResultTable, StatusGroup } from './result-table.ts';
import { type Filter, noFilter, type RowTests, rowTests } from './row-filter.ts';
import { mergeRows, type RowOrder, rowOrder, type Sort, sortRows } from './row-order.ts';
import { runSliced, runWhole, type Sliced } from './sliced.ts';

/** Rows by what became of them; `findings` stand in one of the others as well. */
export type RowCounts = Readonly<Record<StatusGroup | 'findings', number>>;

type Counts = Record<StatusGroup | 'findings', number>;

const noCounts: RowCounts = { ok: 0, failed: 0, cancelled: 0, skipped: 0, findings: 0 };

interface Built {
  /** The first rows of the table, as many as are built in. */
  readonly count: number;
  /** All of them in their order. */
  readonly sorted: Uint32Array;
  /** Those that pass the filter; the same array as `sorted` when all do. */
  readonly shown: Uint32Array;
  /** Of the rows that fit what was typed, in whichever group. */
  readonly counts: RowCounts;
}

const noRows = new Uint32Array(0);
const nothing: Built = { count: 0, sorted: noRows, shown: noRows, counts: noCounts };

export class ResultView {
  readonly #table: ResultTable;
  #sort: Sort | null = null;
  #filter: Filter = noFilter;
  #tests: RowTests = { typed: null, group: null };
  #built: Built = nothing;
  #wanted = 0;

  constructor(table: ResultTable) {
    this.#table = table;
  }

  /** Rows shown. */
  get length(): number {
    return this.#built.shown.length;
  }
  /** The rows in their order; never changed, but replaced. */
  get rows(): Uint32Array {
    return this.#built.shown;
  }
  /** The row at a place of the view. */
  rowAt(place: number): number {
    return this.#built.shown[place]!;
  }
  /** The place of a row, or −1 when it is not shown. */
  placeOf(row: number): number {
    return this.#built.shown.indexOf(row);
  }

  /** Resolves to true when the view has changed, to false when another call overtook this one. */
  async arrange(sort: Sort | null, filter: Filter): Promise<boolean> {
    const call = ++this.#wanted;
    const keepsOrder = sort?.column === this.#sort?.column && sort?.direction === this.#sort?.direction;
    const order = rowOrder(this.#table, sort);
    const tests = rowTests(this.#table, filter);
    const built = await runSliced(
      this.#build(order, tests, keepsOrder ? this.#built : nothing, filter),
      () => call === this.#wanted,
    );
    if (built === undefined || call !== this.#wanted) return false;
    this.#sort = sort;
    this.#filter = filter;
    this.#tests = tests;
    this.#built = built;
    return true;
  }

  get counts(): RowCounts {
    return this.#built.counts;
  }

  get filter(): Filter {
    return this.#filter;
  }

  /** Takes in the rows that arrived since; true when there were any. */
  refresh(): boolean {
    if (this.#table.count === this.#built.count) return false;
    const order = rowOrder(this.#table, this.#sort);
    this.#built = runWhole(this.#extend(this.#built, order, this.#tests, this.#filter));
    return true;
  }

  /** Goes on from `kept`, whose order holds, with another filter. */
  *#build(order: RowOrder, tests: RowTests, kept: Built, filter: Filter): Sliced<Built> {
    const { count, sorted } = yield* this.#extend({ ...kept, shown: kept.sorted }, order, everyRow, noFilter);
    const counts = { ...noCounts };
    return { count, sorted, shown: yield* this.#passing(tests, sorted, counts, filter), counts };
  }

  *#extend(built: Built, order: RowOrder, tests: RowTests, filter: Filter): Sliced<Built> {
    const { count } = this.#table;
    const later = yield* sortRows(order, built.count, count);
    const sorted = yield* mergeRows(order, built.sorted, later);
    const counts = { ...built.counts };
    const passing = yield* this.#passing(tests, later, counts, filter);
    // One array where all are shown.
    const shown = isEvery(tests) ? sorted : yield* mergeRows(order, built.shown, passing);
    return { count, sorted, shown, counts };
  }

  /** Of `rows`, those that pass; those that fit what was typed are added to `counts`. */
  *#passing({ typed, group }: RowTests, rows: Uint32Array, counts: Counts, { findings }: Filter): Sliced<Uint32Array> {
    const table = this.#table;
    const found = findings !== undefined && findings.size > 0 ? findings : null;
    const passed = new Uint32Array(rows.length);
    let length = 0;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!;
      if (at % 0x800 === 0) yield;
      if (typed !== null && !typed(row)) continue;
      counts[table.group(row)]++;
      if (found?.has(keyOf(table, row))) counts.findings++;
      if (group === null || group(row)) passed[length++] = row;
    }
    return length === rows.length ? rows : passed.slice(0, length);
  }
}

const everyRow: RowTests = { typed: null, group: null };

function isEvery({ typed, group }: RowTests): boolean {
  return typed === null && group === null;
}
