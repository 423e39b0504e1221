/**
 * Rows of a table in an order and through a filter, as row numbers. A new order or filter is worked out in slices
 * while the old list stays; rows that arrive are merged in.
 */
import { mergeRows, type RowOrder, sortRows } from '../results/row-order.ts';
import { runSliced, runWhole, type Sliced } from '../results/sliced.ts';
import type { RowSource, RowTest } from './row-source.ts';

interface Built {
  /** The first rows of the table, as many as are built in. */
  readonly count: number;
  readonly shown: Uint32Array;
}

const nothing: Built = { count: 0, shown: new Uint32Array(0) };

export class RowList implements RowSource {
  readonly #count: () => number;
  #order: RowOrder;
  #test: RowTest | null = null;
  #built: Built = nothing;
  #wanted = 0;

  constructor(count: () => number, order: RowOrder) {
    this.#count = count;
    this.#order = order;
  }

  get length(): number {
    return this.#built.shown.length;
  }
  rowAt(place: number): number {
    return this.#built.shown[place]!;
  }
  placeOf(row: number): number {
    return this.#built.shown.indexOf(row);
  }

  async arrange(order: RowOrder, test: RowTest | null): Promise<boolean> {
    const call = ++this.#wanted;
    const built = await runSliced(extend(nothing, this.#count(), order, test), () => call === this.#wanted);
    if (built === undefined || call !== this.#wanted) return false;
    this.#order = order;
    this.#test = test;
    this.#built = built;
    return true;
  }

  refresh(): boolean {
    const count = this.#count();
    if (count === this.#built.count) return false;
    this.#built = runWhole(extend(this.#built, count, this.#order, this.#test));
    return true;
  }
}

function* extend(built: Built, count: number, order: RowOrder, test: RowTest | null): Sliced<Built> {
  let later = yield* sortRows(order, built.count, count);
  if (test !== null) later = yield* passing(test, later);
  return { count, shown: built.shown.length === 0 ? later : yield* mergeRows(order, built.shown, later) };
}

function* passing(test: RowTest, rows: Uint32Array): Sliced<Uint32Array> {
  const passed = new Uint32Array(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at++) {
    if (test(rows[at]!)) passed[count++] = rows[at]!;
    if (at % 0x1000 === 0) yield;
  }
  return passed.slice(0, count);
}
