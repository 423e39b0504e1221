import { describe, expect, it } from 'vitest';
import { batchOf } from '../testing/tables.ts';
import { moveOf } from './grid-keys.ts';
import { GridModel } from './grid-model.ts';
import { ResultsModel } from './results-model.ts';
import { scrollScale } from './scroll-scale.ts';
import { Selection } from './selection.ts';

function gridOf(names: readonly string[]): { results: ResultsModel; grid: GridModel } {
  const results = new ResultsModel();
  results.table.append(batchOf(names));
  results.view.refresh();
  return { results, grid: new GridModel(results) };
}

describe('moving in the grid', () => {
  it('stops at the ends', () => {
    const { grid } = gridOf(['a', 'b', 'c']);
    expect(grid.moveTo(99)).toBe(2);
    expect(grid.moveTo(-5)).toBe(0);
  });

  it('selects from where a range began, forth and back', () => {
    const { grid } = gridOf(['a', 'b', 'c', 'd']);
    grid.moveTo(1);
    grid.moveTo(3, true);
    expect([...grid.selectedRows()]).toEqual([1, 2, 3]);
    grid.moveTo(0, true);
    expect([...grid.selectedRows()]).toEqual([0, 1]);
  });

  it('keeps focus and selection on their rows when the order changes', async () => {
    const { results, grid } = gridOf(['c', 'a', 'b']);
    grid.moveTo(2);
    await results.view.arrange({ column: 'name', direction: 'descending' }, { text: '', group: 'all' });
    expect(grid.focusedPlace).toBe(0);
    expect([...grid.selectedRows()]).toEqual([0]);
  });

  it('copies selected rows in the order in which they are shown, and only what is shown', async () => {
    const { results, grid } = gridOf(['c', 'a', 'b']);
    grid.selectAll();
    await results.view.arrange({ column: 'name', direction: 'descending' }, { text: '', group: 'all' });
    expect([...grid.selectedRows()]).toEqual([0, 2, 1]);
    await results.view.arrange(null, { text: 'a', group: 'all' });
    expect([...grid.selectedRows()]).toEqual([1]);
  });

  it('can go to a row of the selection without losing the others', () => {
    const { grid } = gridOf(['a', 'b', 'c']);
    grid.selectAll();
    grid.focus(2);
    expect(grid.focusedPlace).toBe(2);
    expect([...grid.selectedRows()]).toEqual([0, 1, 2]);
  });

  it('takes single rows in and out', () => {
    const { grid } = gridOf(['a', 'b', 'c']);
    grid.moveTo(0);
    grid.toggle(2);
    grid.toggle(0);
    expect([...grid.selectedRows()]).toEqual([2]);
  });

  it('knows the keys', () => {
    const position = { place: 50, last: 99, page: 20 };
    const moves = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'x'].map((key) =>
      moveOf(key, position),
    );
    expect(moves).toEqual([51, 49, 70, 30, 0, 99, null]);
  });
});

describe('a selection', () => {
  it('counts each row once and knows rows far away', () => {
    const selection = Selection.of([3, 3, 900_000]);
    expect(selection.count).toBe(2);
    expect([selection.has(3), selection.has(900_000), selection.has(4)]).toEqual([true, true, false]);
  });
});

describe('the height of the scrolled element', () => {
  it('is that of all rows while browsers can make it', () => {
    expect(scrollScale(28_000_000, 600)).toEqual({ height: 28_000_000, factor: 1 });
  });

  it('is capped beyond, and its end still shows the last row', () => {
    const total = 140_000_000;
    const viewport = 600;
    const { height, factor } = scrollScale(total, viewport);
    expect(height).toBeLessThan(33_000_000);
    expect((height - viewport) * factor).toBeCloseTo(total - viewport);
  });
});
