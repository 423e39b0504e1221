import { withWidth } from '../table/column-layout.ts';
import { changeLayout } from '../table/view-options.ts';
import type { SortColumn } from './row-order.ts';

/** The padding of a cell, with room for an icon beside its text, pixels. */
const padding = 30;
const icon = 20;

let canvas: CanvasRenderingContext2D | null = null;

/** Makes the column as wide as the widest of its cells that are drawn. */
export function fitColumn(column: SortColumn): void {
  const head = document.querySelector<HTMLElement>(`[role=columnheader][data-column="${column}"]`);
  const at = head?.getAttribute('aria-colindex');
  const grid = head?.closest('[role=grid]');
  if (head === null || at === null || grid === null || grid === undefined) return;
  canvas ??= document.createElement('canvas').getContext('2d');
  if (canvas === null) return;
  let widest = widthOf(canvas, head, head.textContent ?? '') + icon;
  for (const cell of grid.querySelectorAll<HTMLElement>(`[role=gridcell][aria-colindex="${at}"]`)) {
    const text = cell.querySelector<HTMLElement>('[data-digest]') ?? cell;
    widest = Math.max(widest, widthOf(canvas, text, text.textContent ?? '') + (column === 'status' ? icon : 0));
  }
  changeLayout('hash', (layout) => withWidth(layout, column, Math.ceil(widest) + padding));
}

function widthOf(context: CanvasRenderingContext2D, element: HTMLElement, text: string): number {
  const { font } = getComputedStyle(element);
  context.font = font;
  return context.measureText(text).width;
}
