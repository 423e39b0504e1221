import { clsx } from 'clsx';
import {
  Ban,
  CircleCheck,
  CircleMinus,
  CircleX,
  Copy,
  FileQuestionMark,
  type LucideIcon,
  RefreshCw,
  TriangleAlert,
} from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rehashed } from '#shared/contract/models.ts';
import { recordError } from '#shared/formats/record-text.ts';
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';
import type { Status } from '#shared/tables/statuses.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { isAlarming } from '../again/again-store.ts';
import { sizeText } from '../table/view-options.ts';
import { type Column, isDigestColumn } from './columns.ts';
import { shownDigest } from './copied-text.ts';
import { NameText } from './NameText.tsx';
import type { ResultTable } from './result-table.ts';
import type { SortColumn } from './row-order.ts';

const decoder = new TextDecoder();

const icons: Partial<Record<Status, LucideIcon>> = {
  ok: CircleCheck,
  changed: TriangleAlert,
  missing: FileQuestionMark,
  skipped: CircleMinus,
  cancelled: Ban,
};

function StatusMark({ status }: { readonly status: Status }) {
  const { t } = useTranslation();
  const Icon = icons[status] ?? CircleX;
  const colour =
    status === 'ok' ? 'text-ok' : status === 'skipped' || status === 'cancelled' ? 'text-ink-3' : 'text-bad';
  return (
    <span className={clsx('flex min-w-0 items-center gap-1.5', colour)}>
      <Icon aria-hidden size={14} strokeWidth={2} className="shrink-0" />
      <span className="truncate">{t(`status.${status}.word`)}</span>
    </span>
  );
}

/** The status of a row, or what hashing it again has found when that is not what the row says. */
export function RowStatus({ status, answer }: { readonly status: Status; readonly answer: Rehashed | null }) {
  const { t } = useTranslation();
  const outcome = answer?.outcome ?? 'same';
  if (answer === null || outcome === 'same' || outcome === 'upload' || outcome === 'skipped') {
    return <StatusMark status={status} />;
  }
  const isBad = isAlarming(answer);
  const Icon = isBad ? TriangleAlert : RefreshCw;
  return (
    <span className={clsx('flex min-w-0 items-center gap-1.5', isBad ? 'font-semibold text-bad' : 'text-ink-2')}>
      <Icon aria-hidden size={14} strokeWidth={2} className="shrink-0" />
      <span className="truncate">{t(`again.word.${outcome}`)}</span>
    </span>
  );
}

interface ResultRowProps {
  readonly table: ResultTable;
  readonly row: number;
  readonly place: number;
  /** Pixels from the top of the scrolled element. */
  readonly top: number;
  readonly columns: readonly Column[];
  /** What hashing the file again has found; null when it was not hashed again. */
  readonly answer: Rehashed | null;
  readonly isFocused: boolean;
  readonly isSelected: boolean;
  /** The cell that the keyboard is in, by its place among the columns; null: the whole row. */
  readonly cell: number | null;
  readonly isUpper: boolean;
  readonly isBinary: boolean;
  readonly onCopy: (text: string, name: AlgorithmName) => void;
}

/** The id of a cell, or of the whole row, for whoever is told where the keyboard is. */
export function cellId(row: number, cell: number | null): string {
  return cell === null ? `row-${row}` : `row-${row}-${cell}`;
}

const ring =
  'group-focus-visible/grid:outline-2 group-focus-visible/grid:-outline-offset-2 group-focus-visible/grid:outline-accent-ink';

/** One row, read from its batch when it is drawn. Only what hashing it again finds ever changes it. */
export const ResultRow = memo(function ResultRow(props: ResultRowProps) {
  const { row, place, top, columns, isFocused, isSelected, cell } = props;
  const error = recordError(props.table.batch(row), props.table.record(row));
  const firstDigest = columns.findIndex(({ key }) => isDigestColumn(key));
  return (
    <div
      id={cellId(row, null)}
      role="row"
      aria-rowindex={place + 2}
      aria-selected={isSelected}
      data-place={place}
      className={clsx(
        'group/row absolute inset-x-0 top-0 grid h-7 grid-cols-(--columns) items-center border-b border-line/60',
        isSelected ? 'bg-accent-soft' : 'bg-canvas hover:bg-chrome',
        isFocused && cell === null && ring,
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((column, at) => (
        <Cell
          key={column.key}
          {...props}
          column={column.key}
          at={at}
          // The reason stands where the digests would.
          message={error !== null && at === firstDigest ? error.message : null}
          reason={error?.message}
        />
      ))}
    </div>
  );
});

interface CellProps extends ResultRowProps {
  readonly column: SortColumn;
  readonly at: number;
  readonly message: string | null;
  readonly reason: string | undefined;
}

function Cell(props: CellProps) {
  const { table, row, column, at, cell, isFocused, message, reason, answer, isBinary } = props;
  const batch = table.batch(row);
  const record = table.record(row);
  const common = { id: cellId(row, at), role: 'gridcell', 'aria-colindex': at + 1 } as const;
  const active = isFocused && cell === at && ring;
  if (column === 'name') {
    return (
      <div
        {...common}
        title={makeVisible(batch.name(record))}
        className={clsx('sticky left-0 z-1 flex h-full min-w-0 items-center bg-inherit px-3', active)}
      >
        <NameText path={decoder.decode(table.shownName(row))} />
      </div>
    );
  }
  if (column === 'size') {
    const isKnown = batch.status(record) === 'ok' || batch.size(record) > 0;
    return (
      <div {...common} className={clsx('truncate px-3 text-right text-ink-2 nums', active)}>
        {isKnown ? sizeText(batch.size(record), isBinary) : '—'}
      </div>
    );
  }
  if (column === 'status') {
    return (
      <div {...common} className={clsx('min-w-0 px-3', active)} title={reason}>
        <RowStatus status={batch.status(record)} answer={answer} />
      </div>
    );
  }
  if (message !== null) {
    return (
      <div {...common} title={message} className={clsx('overflow-visible px-3 whitespace-nowrap text-ink-2', active)}>
        {makeVisible(message)}
      </div>
    );
  }
  return <DigestCell {...props} name={column} common={common} active={active} hasReason={reason !== undefined} />;
}

interface DigestCellProps extends CellProps {
  readonly name: AlgorithmName;
  readonly common: { readonly id: string; readonly role: 'gridcell'; readonly 'aria-colindex': number };
  readonly active: string | false;
  readonly hasReason: boolean;
}

/** A digest that can be selected with the pointer, and copied with one click. */
function DigestCell({ table, row, name, common, active, hasReason, isUpper, onCopy }: DigestCellProps) {
  const { t } = useTranslation();
  const digest = table.digest(row, name);
  if (digest === null) {
    return (
      <div {...common} className={clsx('truncate px-3 font-mono text-sm text-ink-3', active)}>
        {hasReason ? '' : '—'}
      </div>
    );
  }
  const text = shownDigest(digest, name, isUpper);
  return (
    <div {...common} className={clsx('relative flex h-full min-w-0 items-center px-3', active)}>
      <span data-selectable data-digest title={text} className="truncate font-mono text-sm text-ink-2">
        {text}
      </span>
      <button
        type="button"
        tabIndex={-1}
        aria-hidden
        title={t('menu.copyDigest', { algorithm: algorithm(name).label })}
        onClick={() => onCopy(text, name)}
        className="absolute top-0.5 right-1 hidden size-6 place-items-center rounded-md border border-line bg-raised text-ink-2 group-hover/row:grid hover:text-ink"
      >
        <Copy aria-hidden size={13} strokeWidth={1.75} />
      </button>
    </div>
  );
}
