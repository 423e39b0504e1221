import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { formatCount, formatPercent, formatSize } from '#shared/text/quantities.ts';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState, useLive } from '../parts/context.tsx';

/** How far checking again has come; nothing while none is under way. */
export function AgainStrip() {
  const { t } = useTranslation();
  const { session } = useApp();
  const run = useStore(session.again, (state) => state.run);
  const jobs = useAppState((state) => state.allJobs);
  // What the engine reads for nobody's job, it reads again.
  const underWay = useLive(({ reading }) =>
    (reading?.jobs ?? [])
      .filter((one) => !jobs.some((job) => job.id === one.jobId))
      .reduce((sum, one) => sum + one.bytesDone, 0),
  );
  if (run === null) return null;
  const bytes = Math.min(run.bytesDone + (run.isPaused ? 0 : underWay), run.bytes);
  const part = run.bytes > 0 ? bytes / run.bytes : run.filesDone / run.files;
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-chrome px-3 py-1">
      <span className="font-medium">{t(run.isPaused ? 'again.paused' : 'again.busy')}</span>
      <div
        role="progressbar"
        aria-label={t('again.progress')}
        aria-valuenow={Math.floor(part * 100)}
        aria-valuetext={formatPercent(part)}
        className="meter h-1.5 w-40 max-sm:w-20"
      >
        <div className="meter-bar h-full" style={{ width: `${part * 100}%` }} />
      </div>
      <span className="text-ink-2 nums">
        {formatPercent(part)}
        {' · '}
        {t('again.files', { count: run.files, done: formatCount(run.filesDone), files: formatCount(run.files) })}
        {' · '}
        {t('progress.bytes', { done: formatSize(bytes), found: formatSize(run.bytes) })}
      </span>
      <span className="flex-1" />
      <Button
        label={t(run.isPaused ? 'again.resume' : 'again.pause')}
        look="quiet"
        onClick={run.isPaused ? run.resume : run.pause}
      />
      <Button label={t('again.cancel')} look="quiet" onClick={run.cancel} />
    </div>
  );
}
