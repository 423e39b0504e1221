/** The rows of a report as a grid that draws only what is on the screen, however many there are. */
import { observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { menuSurface } from '../parts/menu.ts';
import { moveOf } from '../results/grid-keys.ts';
import { scrollScale } from '../results/scroll-scale.ts';
import type { ReportModel } from './report-model.ts';
import type { ReportSort } from './report-order.ts';

const headHeight = 30;

export interface ReportColumn {
  readonly label: string;
  /** A CSS grid track. */
  readonly track: string;
  /** Pixels. */
  readonly narrowest: number;
  /** What a click on the header sorts by, one after the other. */
  readonly sorts?: readonly ReportSort[];
  readonly alignRight?: boolean;
}

interface ReportGridProps {
  readonly model: ReportModel;
  readonly columns: readonly ReportColumn[];
  readonly rowHeight: number;
  /** The contents of a row's cells, in the order of the columns; the last takes the columns that are left. */
  readonly cells: (row: number) => readonly ReactNode[];
  /** What can be done with a row. */
  readonly menu: (row: number) => ReactNode;
  readonly onCopy: (row: number) => void;
  /** What a double click does. */
  readonly onOpen?: (row: number) => void;
  /** What a key does with the row that the keyboard is at, beyond moving and copying; false: nothing. */
  readonly onRowKey?: (row: number, key: string) => boolean;
  /** Of a row that stands for a folder. */
  readonly expanded?: (row: number) => boolean | undefined;
  readonly level?: (row: number) => number;
}

export function ReportGrid({
  model,
  columns,
  rowHeight,
  cells,
  menu,
  onCopy,
  onOpen,
  onRowKey,
  expanded,
  level,
}: ReportGridProps) {
  const { t } = useTranslation();
  const { shown, focused, sort } = useStore(model.store);
  const scroller = useRef<HTMLDivElement>(null);
  const viewport = (scroller.current?.clientHeight ?? 600) - headHeight;
  const scale = scrollScale(shown * rowHeight, viewport);
  const factor = useRef(scale.factor);
  factor.current = scale.factor;
  /** The context menu of the keyboard has no place in the grid: it is about the focused row. */
  const menuByPointer = useRef(false);
  const rows = useVirtualizer({
    count: shown,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    observeElementOffset: (instance, report) =>
      observeElementOffset(instance, (offset, isScrolling) => report(offset * factor.current, isScrolling)),
  });
  const drawn = rows.getVirtualItems();
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
  const onKeyDown = (event: KeyboardEvent): void => {
    menuByPointer.current = false;
    if (event.target !== scroller.current) return;
    const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
    const place = moveOf(event.key, { place: model.focusedPlace, last: shown - 1, page });
    if (place !== null) showPlace(model.moveTo(place));
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c' && focused !== null) onCopy(focused);
    else if (focused === null || onRowKey?.(focused, event.key) !== true) return;
    event.preventDefault();
  };
  const placeAt = (event: MouseEvent): number => {
    const row = (event.target as Element).closest<HTMLElement>('[data-place]');
    return row === null ? -1 : Number(row.dataset.place);
  };
  const onMouseDown = (event: MouseEvent): void => {
    menuByPointer.current = event.button === 2 || event.ctrlKey;
    const place = placeAt(event);
    if (place >= 0 && event.button === 0) model.moveTo(place);
  };
  const onContextMenu = (event: MouseEvent): void => {
    const place = placeAt(event);
    if (place >= 0) model.moveTo(place);
    else if (menuByPointer.current || focused === null) event.preventDefault();
    menuByPointer.current = false;
  };
  const isFocusedDrawn = drawn.some((item) => model.list.rowAt(item.index) === focused);
  const tracks: Record<string, string> = { '--columns': columns.map(({ track }) => track).join(' ') };
  const style: CSSProperties = { ...tracks, minWidth: columns.reduce((sum, { narrowest }) => sum + narrowest, 0) };

  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild disabled={shown === 0}>
        <div
          ref={scroller}
          role="grid"
          {...(level !== undefined && { role: 'treegrid' })}
          data-landing="results"
          tabIndex={0}
          aria-label={t('results.name')}
          aria-rowcount={shown + 1}
          aria-colcount={columns.length}
          aria-activedescendant={isFocusedDrawn ? `row-${focused}` : undefined}
          onKeyDown={onKeyDown}
          onMouseDown={onMouseDown}
          onContextMenu={onContextMenu}
          onDoubleClick={(event) => {
            const place = placeAt(event);
            if (place >= 0) onOpen?.(model.list.rowAt(place));
          }}
          className="group/grid relative min-h-0 flex-1 overflow-auto outline-none focus-visible:shadow-[inset_0_0_0_2px_var(--accent-ink)]"
        >
          <div style={style}>
            <div role="rowgroup" className="sticky top-0 z-10">
              <div
                role="row"
                aria-rowindex={1}
                className="grid h-[30px] grid-cols-(--columns) border-b border-line bg-chrome"
              >
                {columns.map((column) => (
                  <HeadCell key={column.label} column={column} sort={sort} onSort={(next) => model.sortBy(next)} />
                ))}
              </div>
            </div>
            <div role="rowgroup" className="relative" style={{ height: scale.height }}>
              {drawn.map((item) => {
                const row = model.list.rowAt(item.index);
                return (
                  <div
                    key={item.index}
                    id={`row-${row}`}
                    role="row"
                    aria-rowindex={item.index + 2}
                    aria-selected={row === focused}
                    aria-expanded={expanded?.(row)}
                    aria-level={level === undefined ? undefined : level(row) + 1}
                    data-place={item.index}
                    style={{ height: rowHeight, transform: `translateY(${item.start + shift}px)` }}
                    className="absolute inset-x-0 top-0 grid grid-cols-(--columns) items-center border-b border-line hover:bg-chrome aria-selected:bg-accent-soft group-focus-visible/grid:aria-selected:outline-2 group-focus-visible/grid:aria-selected:-outline-offset-2 group-focus-visible/grid:aria-selected:outline-accent-ink"
                  >
                    {cells(row).map((content, at, all) => (
                      <div
                        key={columns[at]!.label}
                        role="gridcell"
                        style={at === all.length - 1 ? { gridColumn: `${at + 1} / -1` } : undefined}
                        className={`min-w-0 px-3 ${columns[at]!.alignRight ? 'text-right nums' : ''}`}
                      >
                        {content}
                      </div>
                    ))}
                  </div>
                );
              })}
            </div>
          </div>
        </div>
      </ContextMenu.Trigger>
      <ContextMenu.Content className={menuSurface}>{focused !== null && menu(focused)}</ContextMenu.Content>
    </ContextMenu.Root>
  );
}

interface HeadCellProps {
  readonly column: ReportColumn;
  readonly sort: ReportSort;
  readonly onSort: (sort: ReportSort) => void;
}

function HeadCell({ column: { label, sorts = [], alignRight }, sort, onSort }: HeadCellProps) {
  const at = sorts.indexOf(sort);
  const direction = at < 0 ? 'none' : sort.endsWith('-descending') ? 'descending' : 'ascending';
  const Arrow = direction === 'descending' ? ArrowDown : ArrowUp;
  const look = `flex size-full items-center gap-1 px-3 text-sm font-medium text-ink-2 ${alignRight ? 'flex-row-reverse' : ''}`;
  const next = sorts[(at + 1) % sorts.length];
  return (
    <div role="columnheader" aria-sort={direction} className="min-w-0 border-r border-line last:border-r-0">
      {next === undefined ? (
        <span className={look}>
          <span className="truncate">{label}</span>
        </span>
      ) : (
        <button
          type="button"
          onClick={() => onSort(next)}
          className={`${look} -outline-offset-2 hover:bg-hover hover:text-ink`}
        >
          <span className="truncate">{label}</span>
          {at >= 0 && <Arrow aria-hidden size={13} className="shrink-0 text-accent-ink" />}
        </button>
      )}
    </div>
  );
}
