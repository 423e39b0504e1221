import { ArrowDown, ArrowUp } from 'lucide-react';
import { type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { algorithm } from '#shared/tables/algorithms.ts';
import { useApp } from '../parts/context.tsx';
import { withMoved, withWidth } from '../table/column-layout.ts';
import { changeLayout } from '../table/view-options.ts';
import { type Column, isDigestColumn } from './columns.ts';
import { fitColumn } from './fit-column.ts';
import type { Sort, SortColumn } from './row-order.ts';

/** Ascending, then descending, then in the order of the paths. */
function nextSort(key: SortColumn, sort: Sort | null): Sort | null {
  if (sort === null) return { column: key, direction: 'ascending' };
  return sort.direction === 'ascending' ? { column: key, direction: 'descending' } : null;
}

export function useColumnLabel(): (key: SortColumn) => string {
  const { t } = useTranslation();
  return (key) => (isDigestColumn(key) ? algorithm(key).label : t(`results.column.${key}`));
}

interface HeadCellProps {
  readonly column: Column;
  readonly columns: readonly Column[];
  readonly at: number;
  readonly sort: Sort | null;
}

/** As far has a header to be dragged before it moves and is not clicked, pixels. */
const dragStart = 6;

/** A header to sort by; it is dragged to move its column, and its edge to make it wider. */
export function HeadCell({ column, columns, at, sort }: HeadCellProps) {
  const { session } = useApp();
  const labelOf = useColumnLabel();
  const { key } = column;
  const cell = useRef<HTMLDivElement>(null);
  const drag = useRef<{ x: number; moved: boolean } | null>(null);
  const Arrow = sort?.direction === 'descending' ? ArrowDown : ArrowUp;

  const onPointerDown = (event: PointerEvent<HTMLButtonElement>): void => {
    if (event.button !== 0 || at === 0) return;
    drag.current = { x: event.clientX, moved: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const { current } = drag;
    if (current === null || (!current.moved && Math.abs(event.clientX - current.x) < dragStart)) return;
    current.moved = true;
    const by = placesFrom(cell.current!, event.clientX);
    if (by === 0) return;
    const shown = columns.map((one) => one.key);
    changeLayout('hash', (layout) => withMoved(layout, shown, key, by));
  };
  const onClick = (): void => {
    const wasDragged = drag.current?.moved === true;
    drag.current = null;
    if (!wasDragged) session.results.sortBy(nextSort(key, sort));
  };

  return (
    <div
      ref={cell}
      role="columnheader"
      aria-sort={sort?.direction ?? 'none'}
      aria-colindex={at + 1}
      data-column={key}
      className={`relative min-w-0 border-r border-line bg-chrome last:border-r-0 ${at === 0 ? 'sticky left-0 z-2' : ''}`}
    >
      <button
        type="button"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerCancel={() => {
          drag.current = null;
        }}
        onClick={onClick}
        className={`flex size-full items-center gap-1 px-3 text-sm font-medium text-ink-2 -outline-offset-2 hover:bg-hover hover:text-ink ${key === 'size' ? 'flex-row-reverse' : ''}`}
      >
        <span className="truncate">{labelOf(key)}</span>
        {sort !== null && <Arrow aria-hidden size={13} className="shrink-0 text-accent-ink" />}
      </button>
      <Edge column={key} />
    </div>
  );
}

/** How many places the pointer is away from the header, by the headers beside it. */
function placesFrom(cell: HTMLElement, x: number): number {
  const before = cell.previousElementSibling?.getBoundingClientRect();
  const after = cell.nextElementSibling?.getBoundingClientRect();
  if (after !== undefined && x > after.left + after.width / 2) return 1;
  return before !== undefined && x < before.left + before.width / 2 ? -1 : 0;
}

/** The edge of a column: dragged it gets wider, with two clicks as wide as what it shows. */
function Edge({ column }: { readonly column: SortColumn }) {
  const from = useRef<{ x: number; width: number } | null>(null);
  return (
    <span
      aria-hidden
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        const width = event.currentTarget.parentElement!.getBoundingClientRect().width;
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        const { current } = from;
        if (current === null) return;
        changeLayout('hash', (layout) => withWidth(layout, column, current.width + event.clientX - current.x));
      }}
      onPointerUp={() => {
        from.current = null;
      }}
      onDoubleClick={() => fitColumn(column)}
      className="absolute top-0 -right-1 z-3 h-full w-2 cursor-col-resize touch-none hover:bg-accent/40"
    />
  );
}
