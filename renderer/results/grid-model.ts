/** Where the keyboard is in the grid and what is selected; by row number, so that sorting keeps both. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ResultsModel } from './results-model.ts';
import { Selection } from './selection.ts';

export interface GridState {
  readonly focused: number | null;
  /** Where a range selection began. */
  readonly anchor: number | null;
  readonly selection: Selection;
  /** The cell of the focused row that the keyboard is in; null: the whole row. */
  readonly cell: number | null;
  /** A row that is to be scrolled to, when it is shown. */
  readonly reveal: number | null;
}

const initial: GridState = { focused: null, anchor: null, selection: Selection.none, cell: null, reveal: null };

export class GridModel {
  readonly store: StoreApi<GridState> = createStore(() => initial);
  readonly #results: ResultsModel;

  constructor(results: ResultsModel) {
    this.#results = results;
  }

  /** The place of the focused row in the view, or −1. */
  get focusedPlace(): number {
    const { focused } = this.store.getState();
    return focused === null ? -1 : this.#results.view.placeOf(focused);
  }

  /** Focuses the row at a place (the nearest there is) and selects it, or all from the anchor to it. */
  moveTo(place: number, extend = false): number {
    const { view } = this.#results;
    if (view.length === 0) return -1;
    const target = Math.min(Math.max(place, 0), view.length - 1);
    const focused = view.rowAt(target);
    const { anchor } = this.store.getState();
    const from = extend && anchor !== null ? view.placeOf(anchor) : -1;
    if (from === -1) this.store.setState({ focused, anchor: focused, selection: Selection.of([focused]) });
    else
      this.store.setState({
        focused,
        selection: Selection.of(view.rows.subarray(Math.min(from, target), Math.max(from, target) + 1)),
      });
    return target;
  }

  /** Focuses and selects the row, which the view may not show yet. */
  moveToRow(row: number): void {
    this.store.setState({ focused: row, anchor: row, selection: Selection.of([row]), reveal: row });
  }

  /** Goes to the cell beside the one that the keyboard is in; before the first one is the whole row. */
  moveCell(by: 1 | -1, columns: number): void {
    this.store.setState(({ cell }) => {
      const next = (cell ?? -1) + by;
      return { cell: next < 0 ? null : Math.min(next, columns - 1) };
    });
  }

  /** The rows that are selected are no longer there: the keyboard goes to what has taken their place. */
  leaveRemoved(place: number): void {
    const { view } = this.#results;
    if (view.length === 0) this.store.setState({ ...initial });
    else this.moveTo(Math.max(place, 0));
  }

  select(rows: Uint32Array): void {
    this.store.setState({ selection: Selection.of(rows), focused: rows[0] ?? null, anchor: rows[0] ?? null });
  }

  clearSelection(): void {
    this.store.setState({ selection: Selection.none, anchor: null });
  }

  /** Focuses the row at a place and leaves the selection as it is. */
  focus(place: number): void {
    this.store.setState({ focused: this.#results.view.rowAt(place) });
  }

  toggle(place: number): void {
    const focused = this.#results.view.rowAt(place);
    this.store.setState(({ selection }) => ({ focused, anchor: focused, selection: selection.toggled(focused) }));
  }

  selectAll(): void {
    const { view } = this.#results;
    if (view.length === 0) return;
    const selection = Selection.of(view.rows);
    // A menu opened on what is selected needs a row that it is about.
    this.store.setState(({ focused }) => ({ focused: focused ?? view.rowAt(0), selection }));
  }

  /** The selected rows that are shown, in the order in which they are shown. */
  *selectedRows(): Generator<number> {
    const { view } = this.#results;
    const { selection } = this.store.getState();
    for (let place = 0; place < view.length; place++) {
      const row = view.rowAt(place);
      if (selection.has(row)) yield row;
    }
  }

  /** The selected rows that are shown, in their order; without any, the focused one if it is shown. */
  rowsToActOn(): Uint32Array {
    const { view } = this.#results;
    const { selection, focused } = this.store.getState();
    const rows = new Uint32Array(Math.min(selection.count, view.length));
    let count = 0;
    for (let place = 0; place < view.length && count < rows.length; place++) {
      const row = view.rowAt(place);
      if (selection.has(row)) rows[count++] = row;
    }
    if (count > 0) return rows.subarray(0, count);
    return focused !== null && view.placeOf(focused) >= 0 ? Uint32Array.of(focused) : rows.subarray(0, 0);
  }

  reset(): void {
    this.store.setState(initial);
  }
}
