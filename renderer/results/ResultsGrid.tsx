import { observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import { ContextMenu } from 'radix-ui';
import { type CSSProperties, type MouseEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';
import { keyOf } from '../again/again-store.ts';
import { useApp, useAppState, useResults } from '../parts/context.tsx';
import { gridTemplate, narrowestWidth, shownColumns } from '../table/column-layout.ts';
import { layoutFor, viewOptions } from '../table/view-options.ts';
import { allOf, type Column, columnsFor } from './columns.ts';
import { GridMenu, type MenuAbout } from './GridMenu.tsx';
import { HeadCell } from './HeadCell.tsx';
import { cellId, ResultRow } from './ResultRow.tsx';
import { scrollScale } from './scroll-scale.ts';
import { useGridKeys } from './useGridKeys.ts';
import { useStillRows } from './useStillRows.ts';

const rowHeight = 28;
const headHeight = 30;

/** The algorithms that the table has columns for: jobs have theirs before their first rows arrive. */
export function useAlgorithms(): readonly AlgorithmName[] {
  const inRows = useResults((state) => state.algorithms);
  const ofJobs = useAppState(useShallow((state) => allOf(...state.jobs.map((job) => job.algorithms))));
  return useMemo(() => allOf(ofJobs, inRows), [ofJobs, inRows]);
}

export function ResultsGrid() {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  const { results, grid } = session;
  const shown = useResults((state) => state.shown);
  const algorithms = useAlgorithms();
  // Drawn anew with every version: the same place may hold another row.
  useResults((state) => state.version);
  const { focused, selection, cell } = useStore(grid.store);
  const answers = useStore(session.again, (state) => state.answers);
  const options = useStore(viewOptions);

  const layout = layoutFor(options, 'hash');
  const columns = useMemo(() => shownColumns(columnsFor(algorithms), layout), [algorithms, layout]);
  const scroller = useRef<HTMLDivElement>(null);
  const viewport = (scroller.current?.clientHeight ?? 600) - headHeight;
  const scale = scrollScale(shown * rowHeight, viewport);
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
  useStillRows(scroller, scale.factor, rowHeight);

  const showPlace = (place: number): void => {
    const element = scroller.current;
    if (element === null || place < 0) return;
    const top = place * rowHeight;
    const from = element.scrollTop * scale.factor;
    const room = element.clientHeight - headHeight;
    if (top < from) element.scrollTop = top / scale.factor;
    else if (top + rowHeight > from + room) element.scrollTop = (top + rowHeight - room) / scale.factor;
  };
  const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
  const onKeyDown = useGridKeys({ scroller, showPlace, page, columns: columns.length });

  const [menu, setMenu] = useState<MenuAbout>('rows');
  const placeAt = (event: MouseEvent): number => {
    const row = (event.target as Element).closest<HTMLElement>('[data-place]');
    return row === null ? -1 : Number(row.dataset.place);
  };
  const onMouseDown = (event: MouseEvent): void => {
    const place = placeAt(event);
    if (event.button !== 0 || (event.target as Element).closest('[role=columnheader]') !== null) return;
    if (place < 0) grid.clearSelection();
    else if (event.ctrlKey || event.metaKey) grid.toggle(place);
    else grid.moveTo(place, event.shiftKey);
  };
  const onContextMenu = (event: MouseEvent): void => {
    const place = placeAt(event);
    const head = (event.target as Element).closest<HTMLElement>('[data-column]');
    // The menu is about what is below the pointer: rows, a column, or the table itself.
    if (head !== null) setMenu({ column: head.dataset.column as Column['key'] });
    else setMenu(place < 0 ? 'table' : 'rows');
    if (place >= 0 && selection.has(results.view.rowAt(place))) grid.focus(place);
    else if (place >= 0) grid.moveTo(place);
  };
  const onDoubleClick = (event: MouseEvent): void => {
    // Two clicks on a digest select it.
    if (placeAt(event) < 0 || (event.target as Element).closest('[data-digest]') !== null) return;
    session.app.setState({ detailsOpen: true });
  };
  const onCopy = useCallback(
    (text: string, name: AlgorithmName) =>
      void actions.copy(text, t('copy.digest', { algorithm: algorithm(name).label })),
    [actions, t],
  );

  // It may name only what is there: a row that is filtered out or scrolled away is not.
  const isFocusedDrawn = drawn.some((item) => results.view.rowAt(item.index) === focused);

  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>
        <div
          ref={scroller}
          role="grid"
          data-landing="results"
          tabIndex={0}
          aria-label={t('results.name')}
          aria-rowcount={shown + 1}
          aria-colcount={columns.length}
          aria-multiselectable
          aria-activedescendant={isFocusedDrawn ? cellId(focused!, cell) : undefined}
          onKeyDown={onKeyDown}
          onMouseDown={onMouseDown}
          onContextMenu={onContextMenu}
          onDoubleClick={onDoubleClick}
          className={`group/grid relative min-h-0 flex-1 overflow-auto outline-none ${isFocusedDrawn ? '' : 'focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent-ink'}`}
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
                    columns={columns}
                    answer={answers.get(keyOf(results.table, row)) ?? null}
                    isFocused={row === focused}
                    isSelected={selection.has(row)}
                    cell={row === focused ? cell : null}
                    isUpper={options.isUpper}
                    isBinary={options.isBinary}
                    onCopy={onCopy}
                  />
                );
              })}
            </div>
          </div>
        </div>
      </ContextMenu.Trigger>
      <GridMenu about={menu} columns={columns} />
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
        {columns.map((column, at) => (
          <HeadCell
            key={column.key}
            column={column}
            columns={columns}
            at={at}
            sort={sort?.column === column.key ? sort : null}
          />
        ))}
      </div>
    </div>
  );
}
