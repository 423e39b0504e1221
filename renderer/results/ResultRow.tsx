import { clsx } from 'clsx';
import {
  Ban,
  CircleCheck,
  CircleMinus,
  CircleX,
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
import { digestText } from '#shared/text/digest-text.ts';
import { formatSize } from '#shared/text/quantities.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { isAlarming } from '../again/again-store.ts';
import { FilePath } from '../parts/FilePath.tsx';
import type { ResultTable } from './result-table.ts';

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
  readonly algorithms: readonly AlgorithmName[];
  /** What hashing the file again has found; null when it was not hashed again. */
  readonly answer: Rehashed | null;
  readonly isFocused: boolean;
  readonly isSelected: boolean;
}

/** One row, read from its batch when it is drawn. Only what hashing it again finds ever changes it. */
export const ResultRow = memo(function ResultRow(props: ResultRowProps) {
  const { table, row, place, top, algorithms, answer, isFocused, isSelected } = props;
  const batch = table.batch(row);
  const record = table.record(row);
  const status = batch.status(record);
  const error = recordError(batch, record);
  return (
    <div
      id={`row-${row}`}
      role="row"
      aria-rowindex={place + 2}
      aria-selected={isSelected}
      data-place={place}
      className={clsx(
        'absolute inset-x-0 top-0 grid h-7 grid-cols-(--columns) items-center border-b border-line/60',
        isSelected ? 'bg-accent-soft' : 'hover:bg-chrome',
        isFocused &&
          'group-focus-visible/grid:outline-2 group-focus-visible/grid:-outline-offset-2 group-focus-visible/grid:outline-accent-ink',
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" className="min-w-0 px-3" title={makeVisible(batch.name(record))}>
        <FilePath path={decoder.decode(table.shownName(row))} />
      </div>
      <div role="gridcell" className="truncate px-3 text-right text-ink-2 nums">
        {status === 'ok' || batch.size(record) > 0 ? formatSize(batch.size(record)) : '—'}
      </div>
      <div role="gridcell" className="min-w-0 px-3" title={error?.message}>
        <RowStatus status={status} answer={answer} />
      </div>
      {error === null ? (
        algorithms.map((name) => {
          const digest = table.digest(row, name);
          return (
            <div
              key={name}
              role="gridcell"
              className={clsx('truncate px-3 font-mono text-sm', digest === null ? 'text-ink-3' : 'text-ink-2')}
            >
              {digest === null ? '—' : digestText(digest, algorithm(name).encoding)}
            </div>
          );
        })
      ) : (
        <div
          role="gridcell"
          aria-colspan={algorithms.length}
          className="col-[4/-1] truncate px-3 text-ink-2"
          title={error.message}
        >
          {makeVisible(error.message)}
        </div>
      )}
    </div>
  );
});
