import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Stalled } from '#shared/stats/stalled.ts';
import { formatClock } from '#shared/text/quantities.ts';
import { FilePath } from '../parts/FilePath.tsx';

interface StalledLineProps {
  /** At least one. */
  readonly stalled: readonly Stalled[];
  readonly othersGoOn: boolean;
}

/** Which path gets no answer, since when, and what can be done. */
export function StalledLine({ stalled, othersGoOn }: StalledLineProps) {
  const { t } = useTranslation();
  const { path, seconds } = stalled[0]!;
  const advice = t(othersGoOn ? 'progress.stalled.adviceOthers' : 'progress.stalled.advice');
  return (
    <div className="flex h-5 items-center gap-2 text-sm whitespace-nowrap">
      {/* Told once a path, not once a second. */}
      <span role="status" className="sr-only">
        {t('progress.stalled.told', { path })} {advice}
      </span>
      <TriangleAlert aria-hidden size={14} className="shrink-0 text-warn" />
      <span className="shrink-0 text-warn nums">{t('progress.stalled.since', { time: formatClock(seconds) })}</span>
      <span className="min-w-0 max-sm:flex-1">
        <FilePath path={path} />
      </span>
      {stalled.length > 1 && (
        <span className="shrink-0 text-ink-3 nums">{t('progress.others', { count: stalled.length - 1 })}</span>
      )}
      <span className="min-w-0 truncate text-ink-3 max-sm:hidden">{advice}</span>
    </div>
  );
}
