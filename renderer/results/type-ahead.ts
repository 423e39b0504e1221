import { FoldedText, foldedText } from '../table/folded-text.ts';
import type { ResultTable } from './result-table.ts';
import type { ResultView } from './result-view.ts';

/** No more rows are looked at, for a key has to be answered at once. */
const maxRows = 400_000;

/**
 * The place of the next row whose name begins with what was typed, from the one at `from` on and round; −1 for none.
 * One letter typed goes on to the next row, more of them stay where they fit.
 */
export function typedPlace(table: ResultTable, view: ResultView, typed: string, from: number): number {
  const sought = foldedText(typed);
  const name = new FoldedText();
  const start = typed.length > 1 ? Math.max(from, 0) : from + 1;
  const count = Math.min(view.length, maxRows);
  for (let step = 0; step < count; step++) {
    const place = (start + step) % view.length;
    const row = view.rowAt(place);
    name.read(table.nameSource(row), table.leafStart(row), table.nameEnd(row));
    if (name.startsWith(sought)) return place;
  }
  return -1;
}
