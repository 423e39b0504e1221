/**
 * The table as it is shown: sorted and filtered, a list of row numbers. A new sort or filter is
 * worked out in slices while the old view stays; rows that arrive are merged in, without sorting
 * again what already is.
 */
import type { ResultTable } from './result-table.ts';
import { type Filter, noFilter, type RowTest, rowTest } from './row-filter.ts';
import { mergeRows, type RowOrder, rowOrder, type Sort, sortRows } from './row-order.ts';
import { runSliced, runWhole, type Sliced } from './sliced.ts';

interface Built {
  /** The first rows of the table, as many as are built in. */
  readonly count: number;
  /** All of them in their order. */
  readonly sorted: Uint32Array;
  /** Those that pass the filter; the same array as `sorted` when all do. */
  readonly shown: Uint32Array;
}

const noRows = new Uint32Array(0);
const nothing: Built = { count: 0, sorted: noRows, shown: noRows };

export class ResultView {
  readonly #table: ResultTable;
  #sort: Sort | null = null;
  #filter: Filter = noFilter;
  #test: RowTest | null = null;
  #built: Built = nothing;
  #wanted = 0;

  constructor(table: ResultTable) {
    this.#table = table;
  }

  /** Rows shown. */
  get length(): number {
    return this.#built.shown.length;
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
    const test = rowTest(this.#table, filter);
    const built = await runSliced(
      this.#build(order, test, keepsOrder ? this.#built : nothing),
      () => call === this.#wanted,
    );
    if (built === undefined || call !== this.#wanted) return false;
    this.#sort = sort;
    this.#filter = filter;
    this.#test = test;
    this.#built = built;
    return true;
  }

  get filter(): Filter {
    return this.#filter;
  }

  /** Takes in the rows that arrived since; true when there were any. */
  refresh(): boolean {
    if (this.#table.count === this.#built.count) return false;
    const order = rowOrder(this.#table, this.#sort);
    this.#built = runWhole(this.#extend(this.#built, order, this.#test));
    return true;
  }

  /** Goes on from `kept`, whose order holds, with another filter. */
  *#build(order: RowOrder, test: RowTest | null, kept: Built): Sliced<Built> {
    const { count, sorted } = yield* this.#extend({ ...kept, shown: kept.sorted }, order, null);
    if (test === null) return { count, sorted, shown: sorted };
    return { count, sorted, shown: yield* passing(test, sorted) };
  }

  *#extend(built: Built, order: RowOrder, test: RowTest | null): Sliced<Built> {
    const { count } = this.#table;
    const later = yield* sortRows(order, built.count, count);
    const sorted = yield* mergeRows(order, built.sorted, later);
    if (test === null) return { count, sorted, shown: sorted };
    return { count, sorted, shown: yield* mergeRows(order, built.shown, yield* passing(test, later)) };
  }
}

/** Of `rows`, those that pass. */
function* passing(test: RowTest, rows: Uint32Array): Sliced<Uint32Array> {
  const passed = new Uint32Array(rows.length);
  let length = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    if (test(row)) passed[length++] = row;
    if (at % 0x1000 === 0) yield;
  }
  return passed.slice(0, length);
}
