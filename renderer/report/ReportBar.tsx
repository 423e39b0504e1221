/** Above a report: part of a name to look for, and the statuses with how often each was met. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { formatCount } from '#shared/text/quantities.ts';
import { SearchField } from '../parts/SearchField.tsx';
import type { ReportModel } from './report-model.ts';

interface ReportBarProps {
  readonly model: ReportModel;
  /** The word for a status, by its position in the statuses of the kind; absent where there is but one. */
  readonly word?: (status: number) => string;
  /** Statuses that are shown even if nothing has them. */
  readonly always?: readonly number[];
  /** Statuses that somebody has to look at. */
  readonly isProblem?: (status: number) => boolean;
}

export function ReportBar({ model, word, always = [], isProblem = () => false }: ReportBarProps) {
  const { t } = useTranslation();
  const { counts, total, filter } = useStore(model.store);
  const [text, setText] = useState(filter.text);
  useEffect(() => setText(filter.text), [filter.text]);
  const change = (next: string): void => {
    setText(next);
    model.filterBy({ ...model.store.getState().filter, text: next });
  };
  const shown = model.kind.statuses
    .map((_, status) => status)
    .filter((status) => counts[status]! > 0 || always.includes(status) || filter.status === status);
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
      <SearchField
        label={t('report.filter')}
        clearLabel={t('results.clearFilter')}
        text={text}
        onChange={change}
        className="w-64 max-sm:w-full"
      />
      {word !== undefined && (
        <fieldset className="flex min-w-0 flex-wrap rounded-md border border-line-strong">
          <legend className="sr-only">{t('results.byStatus')}</legend>
          {[null, ...shown].map((status) => (
            <button
              key={status}
              type="button"
              aria-pressed={filter.status === status}
              onClick={() => model.filterBy({ ...filter, status })}
              className="flex h-[26px] items-center gap-1.5 border-r border-line px-2.5 text-ink-2 first:rounded-l-[5px] last:rounded-r-[5px] last:border-r-0 hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
            >
              {status === null ? t('report.all') : word(status)}
              <span
                className={`text-sm nums ${status !== null && isProblem(status) && counts[status]! > 0 ? 'font-semibold text-bad' : filter.status === status ? '' : 'text-ink-3'}`}
              >
                {formatCount(status === null ? total : counts[status]!)}
              </span>
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}
