import { observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { algorithm } from '#shared/tables/algorithms.ts';
import { keyOf } from '../again/again-store.ts';
import { useApp, useAppState, useResults } from '../parts/context.tsx';
import { allOf, type Column, columnsFor, gridTemplate, narrowestWidth } from './columns.ts';
import { moveOf } from './grid-keys.ts';
import { ResultRow } from './ResultRow.tsx';
import { RowMenu } from './RowMenu.tsx';
import { useCopyRows } from './row-actions.ts';
import type { Sort } from './row-order.ts';
import { scrollScale } from './scroll-scale.ts';

const rowHeight = 28;
const headHeight = 30;

export function ResultsGrid() {
  const { t } = useTranslation();
  const { session } = useApp();
  const { results, grid } = session;
  const shown = useResults((state) => state.shown);
  const inRows = useResults((state) => state.algorithms);
  // Jobs have their columns before their first rows arrive.
  const ofJobs = useAppState(useShallow((state) => allOf(...state.jobs.map((job) => job.algorithms))));
  const algorithms = useMemo(() => allOf(ofJobs, inRows), [ofJobs, inRows]);
  // Drawn anew with every version: the same place may hold another row.
  useResults((state) => state.version);
  const { focused, selection, reveal } = useStore(grid.store);
  const answers = useStore(session.again, (state) => state.answers);
  const copyRows = useCopyRows();

  const columns = useMemo(() => columnsFor(algorithms), [algorithms]);
  const scroller = useRef<HTMLDivElement>(null);
  const viewport = (scroller.current?.clientHeight ?? 600) - headHeight;
  const scale = scrollScale(shown * rowHeight, viewport);
  /** The context menu of the keyboard has no place in the grid: it is about the focused row. */
  const menuByPointer = useRef(false);
  const factor = useRef(scale.factor);
  factor.current = scale.factor;
  const rows = useVirtualizer({
    count: shown,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    observeElementOffset: (instance, report) =>
      observeElementOffset(instance, (offset, isScrolling) => report(offset * factor.current, isScrolling)),
  });
  const drawn = rows.getVirtualItems();
  /** Where a row lies in the scrolled element, which may be lower than all rows together. */
  const shift = (scroller.current?.scrollTop ?? 0) * (1 - scale.factor);

  const showPlace = (place: number): void => {
    const element = scroller.current;
    if (element === null || place < 0) return;
    const top = place * rowHeight;
    const from = element.scrollTop * scale.factor;
    const room = element.clientHeight - headHeight;
    if (top < from) element.scrollTop = top / scale.factor;
    else if (top + rowHeight > from + room) element.scrollTop = (top + rowHeight - room) / scale.factor;
  };

  const place = reveal === null ? -1 : results.view.placeOf(reveal);
  useLayoutEffect(() => {
    if (place < 0) return;
    showPlace(place);
    grid.store.setState({ reveal: null });
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    menuByPointer.current = false;
    // Header buttons have keys of their own.
    if (event.target !== scroller.current) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
    const place = moveOf(event.key, { place: grid.focusedPlace, last: shown - 1, page });
    if (place !== null) showPlace(grid.moveTo(place, event.shiftKey));
    else if (event.key === 'Enter' && focused !== null) session.app.setState({ detailsOpen: true });
    else if (event.key === 'Escape') session.app.setState({ detailsOpen: false });
    else if (isCommand && event.key === 'a') grid.selectAll();
    else if (isCommand && event.key.toLowerCase() === 'c') void copyRows('lines');
    else if (event.key === ' ' && grid.focusedPlace >= 0) grid.toggle(grid.focusedPlace);
    else return;
    event.preventDefault();
  };

  const placeAt = (event: MouseEvent): number => {
    const row = (event.target as Element).closest<HTMLElement>('[data-place]');
    return row === null ? -1 : Number(row.dataset.place);
  };
  const onMouseDown = (event: MouseEvent): void => {
    const place = placeAt(event);
    menuByPointer.current = event.button === 2 || event.ctrlKey;
    if (place < 0 || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey) grid.toggle(place);
    else grid.moveTo(place, event.shiftKey);
  };
  const onContextMenu = (event: MouseEvent): void => {
    const place = placeAt(event);
    // The menu is about the row below the pointer; where there is none, as on the header, it stays closed.
    if (place >= 0 && selection.has(results.view.rowAt(place))) grid.focus(place);
    else if (place >= 0) grid.moveTo(place);
    else if (menuByPointer.current) event.preventDefault();
    menuByPointer.current = false;
  };

  // It may name only what is there: a row that is filtered out or scrolled away is not.
  const isFocusedDrawn = drawn.some((item) => results.view.rowAt(item.index) === focused);

  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild disabled={shown === 0}>
        <div
          ref={scroller}
          role="grid"
          data-landing="results"
          tabIndex={0}
          aria-label={t('results.name')}
          aria-rowcount={shown + 1}
          aria-colcount={columns.length}
          aria-multiselectable
          aria-activedescendant={isFocusedDrawn ? `row-${focused}` : undefined}
          onKeyDown={onKeyDown}
          onMouseDown={onMouseDown}
          onContextMenu={onContextMenu}
          onDoubleClick={(event) => placeAt(event) >= 0 && session.app.setState({ detailsOpen: true })}
          className="group/grid relative min-h-0 flex-1 overflow-auto outline-none"
        >
          <div style={columnStyle(columns)}>
            <Head columns={columns} />
            <div role="rowgroup" className="relative" style={{ height: scale.height }}>
              {drawn.map((item) => {
                const row = results.view.rowAt(item.index);
                return (
                  <ResultRow
                    key={item.index}
                    table={results.table}
                    row={row}
                    place={item.index}
                    top={item.start + shift}
                    algorithms={algorithms}
                    answer={answers.get(keyOf(results.table, row)) ?? null}
                    isFocused={row === focused}
                    isSelected={selection.has(row)}
                  />
                );
              })}
            </div>
          </div>
        </div>
      </ContextMenu.Trigger>
      <RowMenu />
    </ContextMenu.Root>
  );
}

/** Rows are laid out one by one, all by the same tracks and of the same width. */
function columnStyle(columns: readonly Column[]): CSSProperties {
  const tracks: Record<string, string> = { '--columns': gridTemplate(columns) };
  return { ...tracks, minWidth: narrowestWidth(columns) };
}

function Head({ columns }: { readonly columns: readonly Column[] }) {
  const sort = useResults((state) => state.sort);
  return (
    <div role="rowgroup" className="sticky top-0 z-10">
      <div role="row" aria-rowindex={1} className="grid h-[30px] grid-cols-(--columns) border-b border-line bg-chrome">
        {columns.map((column) => (
          <HeadCell key={column.key} column={column} sort={sort?.column === column.key ? sort : null} />
        ))}
      </div>
    </div>
  );
}

/** Ascending, then descending, then as they came. */
function nextSort({ key }: Column, sort: Sort | null): Sort | null {
  if (sort === null) return { column: key, direction: 'ascending' };
  return sort.direction === 'ascending' ? { column: key, direction: 'descending' } : null;
}

function HeadCell({ column, sort }: { readonly column: Column; readonly sort: Sort | null }) {
  const { t } = useTranslation();
  const { session } = useApp();
  const { key } = column;
  const label =
    key === 'name' || key === 'size' || key === 'status' ? t(`results.column.${key}`) : algorithm(key).label;
  const Arrow = sort?.direction === 'descending' ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      aria-sort={sort?.direction ?? 'none'}
      className="min-w-0 border-r border-line last:border-r-0"
    >
      <button
        type="button"
        onClick={() => session.results.sortBy(nextSort(column, sort))}
        className={`flex size-full items-center gap-1 px-3 text-sm font-medium text-ink-2 -outline-offset-2 hover:bg-hover hover:text-ink ${key === 'size' ? 'flex-row-reverse' : ''}`}
      >
        <span className="truncate">{label}</span>
        {sort !== null && <Arrow aria-hidden size={13} className="shrink-0 text-accent-ink" />}
      </button>
    </div>
  );
}
