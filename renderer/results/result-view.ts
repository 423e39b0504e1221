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
  /** All of them in their order; null when they are shown as they came. */
  readonly sorted: Uint32Array | null;
  /** Those that pass the filter; the same array as `sorted` when all do, null when it is just 0, 1, 2, … */
  readonly shown: Uint32Array | null;
}

const nothing: Built = { count: 0, sorted: null, shown: null };

export class ResultView {
  readonly #table: ResultTable;
  #sort: Sort | null = null;
  #filter: Filter = noFilter;
  #order: RowOrder | null = null;
  #test: RowTest | null = null;
  #built: Built = nothing;
  #wanted = 0;

  constructor(table: ResultTable) {
    this.#table = table;
  }

  /** Rows shown. */
  get length(): number {
    return this.#built.shown?.length ?? this.#built.count;
  }
  /** The row at a place of the view. */
  rowAt(place: number): number {
    return this.#built.shown === null ? place : this.#built.shown[place]!;
  }
  /** The place of a row, or −1 when it is not shown. */
  placeOf(row: number): number {
    if (this.#built.shown === null) return row < this.#built.count ? row : -1;
    return this.#built.shown.indexOf(row);
  }

  /** Resolves to true when the view has changed, to false when another call overtook this one. */
  async arrange(sort: Sort | null, filter: Filter): Promise<boolean> {
    const call = ++this.#wanted;
    const keepsOrder = sort?.column === this.#sort?.column && sort?.direction === this.#sort?.direction;
    const order = sort && rowOrder(this.#table, sort);
    const test = rowTest(this.#table, filter);
    const built = await runSliced(
      this.#build(order, test, keepsOrder ? this.#built : nothing),
      () => call === this.#wanted,
    );
    if (built === undefined || call !== this.#wanted) return false;
    this.#sort = sort;
    this.#filter = filter;
    this.#order = order;
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
    this.#built = runWhole(this.#extend(this.#built, this.#order, this.#test));
    return true;
  }

  /** Goes on from `kept`, whose order holds, with another filter. */
  *#build(order: RowOrder | null, test: RowTest | null, kept: Built): Sliced<Built> {
    const { count, sorted } = yield* this.#extend({ ...kept, shown: kept.sorted }, order, null);
    if (test === null) return { count, sorted, shown: sorted };
    return { count, sorted, shown: yield* passing(test, sorted, 0, count) };
  }

  *#extend(built: Built, order: RowOrder | null, test: RowTest | null): Sliced<Built> {
    const { count } = this.#table;
    if (order === null) {
      if (test === null) return { count, sorted: null, shown: null };
      const more = yield* passing(test, null, built.count, count);
      return { count, sorted: null, shown: joined(built.shown ?? new Uint32Array(0), more) };
    }
    const later = yield* sortRows(order, built.count, count);
    const sorted = built.sorted === null ? later : mergeRows(order, built.sorted, later);
    if (test === null) return { count, sorted, shown: sorted };
    const more = yield* passing(test, later, 0, later.length);
    return { count, sorted, shown: mergeRows(order, built.shown ?? new Uint32Array(0), more) };
  }
}

/** Of `rows` (null: the numbers themselves) from `from` to `to`, those that pass. */
function* passing(test: RowTest, rows: Uint32Array | null, from: number, to: number): Sliced<Uint32Array> {
  const passed = new Uint32Array(to - from);
  let length = 0;
  for (let at = from; at < to; at++) {
    const row = rows === null ? at : rows[at]!;
    if (test(row)) passed[length++] = row;
    if (at % 0x1000 === 0) yield;
  }
  return passed.slice(0, length);
}

function joined(first: Uint32Array, second: Uint32Array): Uint32Array {
  if (second.length === 0) return first;
  const both = new Uint32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
