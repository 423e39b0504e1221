import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../parts/Button.tsx';
import { useAppState } from '../parts/context.tsx';
import { isActive } from '../state/jobs.ts';
import type { ReportModel } from './report-model.ts';
import { noFilter } from './report-order.ts';

/** Lies over the empty grid: nothing yet, nothing at all, or nothing that passes the filter. */
export function NoRows({ model }: { readonly model: ReportModel }) {
  const { t } = useTranslation();
  const { shown, total, arranging, filter } = useStore(model.store);
  const isBusy = useAppState((state) => state.jobs.some(isActive));
  if (shown > 0 || arranging || model.isBehind) return null;
  const isFiltered = total > 0 && (filter.text !== '' || filter.status !== null);
  return (
    <div className="pointer-events-none absolute inset-x-0 top-[30px] bottom-0 flex flex-col items-center justify-center gap-3 px-6 text-center text-ink-3">
      <p>{t(isFiltered ? 'report.noMatch' : isBusy ? 'report.none' : 'report.nothing')}</p>
      {isFiltered && (
        <Button label={t('results.showAll')} className="pointer-events-auto" onClick={() => model.filterBy(noFilter)} />
      )}
    </div>
  );
}
