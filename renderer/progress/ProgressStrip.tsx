import { Keyboard, Pause, Play, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatCount, formatDuration, formatRate, formatSize } from '#shared/text/quantities.ts';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState, useLive, useResults } from '../parts/context.tsx';
import { FilePath } from '../parts/FilePath.tsx';
import { fractionOf, type ShownReport, useShownReport } from '../report/useShownReport.ts';
import { isActive } from '../state/jobs.ts';
import type { FileInHand, Progress } from './progress.ts';
import { StalledLine } from './StalledLine.tsx';
import { busySeconds, rowsMissing } from './summary.ts';

/** The lower edge of the window: progress while jobs are at work, else what came of them. */
export function ProgressStrip() {
  const isBusy = useAppState((state) => state.jobs.some(isActive));
  return <footer className="shrink-0 border-t border-line bg-chrome">{isBusy ? <AtWork /> : <AtRest />}</footer>;
}

function AtWork() {
  const { t } = useTranslation();
  const { actions } = useApp();
  const progress = useLive((state) => state.progress);
  const isPaused = useAppState((state) => state.jobs.filter(isActive).every((job) => job.state === 'paused'));
  const isCancelling = useAppState((state) => state.jobs.filter(isActive).every((job) => job.state === 'cancelling'));
  const shown = useShownReport();
  // Where it is not known how many entries there are, what was read says more.
  const report = shown?.expected === null && progress !== null && progress.filesFound > 0 ? null : shown;
  const fraction = report === null ? (progress?.fraction ?? 0) : fractionOf(report);
  const percent = fraction === null ? null : Math.floor(fraction * 100);
  return (
    <>
      <div
        role="progressbar"
        aria-label={t('progress.name')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        aria-valuetext={
          percent === null
            ? t('progress.starting')
            : t(report !== null || progress?.countComplete ? 'progress.value' : 'progress.valueCounting', { percent })
        }
        className="-mt-px h-[3px] overflow-hidden bg-line"
      >
        <div
          className={`h-full w-full origin-left transition-transform duration-150 ease-linear ${isPaused ? 'bg-ink-3' : 'bg-accent'}`}
          style={{ transform: `scaleX(${fraction ?? 0})` }}
        />
      </div>
      <div className="flex items-center gap-3 px-3 py-1.5">
        <div className="min-w-0 flex-1">
          {report !== null ? (
            <EntryFigures report={report} isPaused={isPaused} isCancelling={isCancelling} />
          ) : progress === null ? (
            <p className="h-5 text-ink-2">{t('progress.starting')}</p>
          ) : (
            <Figures progress={progress} isPaused={isPaused} isCancelling={isCancelling} />
          )}
          {progress !== null && progress.stalled.length > 0 && !isCancelling ? (
            <StalledLine stalled={progress.stalled} othersGoOn={progress.inHand.length > 0} />
          ) : (
            <InHand files={progress?.inHand ?? []} />
          )}
        </div>
        {isPaused ? (
          <Button
            label={t('progress.resume')}
            showLabel="wide"
            icon={Play}
            data-landing="progress"
            onClick={actions.resume}
          />
        ) : (
          <Button
            label={t('progress.pause')}
            showLabel="wide"
            icon={Pause}
            data-landing="progress"
            disabled={isCancelling}
            onClick={actions.pause}
          />
        )}
        <Button
          label={t('progress.cancel')}
          showLabel="wide"
          icon={Square}
          disabled={isCancelling}
          onClick={actions.cancel}
        />
      </div>
    </>
  );
}

interface EntryFiguresProps {
  readonly report: ShownReport;
  readonly isPaused: boolean;
  readonly isCancelling: boolean;
}

/** Kinds that judge count what they have judged. */
function EntryFigures({ report: { entries, expected }, isPaused, isCancelling }: EntryFiguresProps) {
  const { t } = useTranslation();
  const shown = formatCount(entries);
  return (
    <p className="flex h-5 items-baseline gap-x-5 overflow-hidden whitespace-nowrap nums">
      <span className="font-medium">
        {expected === null
          ? t('progress.entries', { count: entries, shown })
          : t('progress.entriesOf', { shown, expected: formatCount(expected) })}
      </span>
      <span className="text-ink-2">
        {isCancelling ? t('progress.cancelling') : isPaused ? t('progress.paused') : ''}
      </span>
    </p>
  );
}

interface FiguresProps {
  readonly progress: Progress;
  readonly isPaused: boolean;
  readonly isCancelling: boolean;
}

function Figures({ progress, isPaused, isCancelling }: FiguresProps) {
  const { t } = useTranslation();
  const { filesDone, filesFound, bytesDone, bytesFound, countComplete, bytesPerSecond, secondsLeft } = progress;
  const more = countComplete ? '' : '+';
  return (
    <p className="flex h-5 items-baseline gap-x-5 max-sm:gap-x-3 overflow-hidden whitespace-nowrap nums">
      <span className="font-medium">
        {t('progress.files', {
          // While they are counted there may be more than one.
          count: countComplete ? filesFound : filesFound + 1,
          done: formatCount(filesDone),
          found: formatCount(filesFound) + more,
        })}
      </span>
      <span className="text-ink-2">
        {t('progress.bytes', { done: formatSize(bytesDone), found: formatSize(bytesFound) + more })}
      </span>
      <span className="text-ink-2">
        {isCancelling
          ? t('progress.cancelling')
          : isPaused
            ? t('progress.paused')
            : bytesPerSecond !== null && formatRate(bytesPerSecond)}
      </span>
      <span className="text-ink-3">
        {secondsLeft !== null && !isPaused && t('progress.left', { time: formatClock(secondsLeft) })}
      </span>
      <span className="ml-auto text-ink-3 max-sm:hidden" title={t('progress.elapsed')}>
        {formatClock(progress.elapsedSeconds)}
      </span>
    </p>
  );
}

/** The file that will take longest, and how many others are in hand. */
function InHand({ files }: { readonly files: readonly FileInHand[] }) {
  const { t } = useTranslation();
  const first = files[0];
  return (
    <div className="flex h-5 items-center gap-2 text-sm text-ink-3">
      {first && (
        <>
          <FilePath path={first.name} />
          {first.size > 0 && <span className="shrink-0 nums">{Math.floor((first.done / first.size) * 100)} %</span>}
          {files.length > 1 && (
            <span className="shrink-0 nums">{t('progress.others', { count: files.length - 1 })}</span>
          )}
        </>
      )}
    </div>
  );
}

function AtRest() {
  const { t } = useTranslation();
  const { session } = useApp();
  const jobs = useAppState((state) => state.jobs);
  const system = useAppState((state) => state.system);
  const total = useResults((state) => state.total);
  const bytes = useResults((state) => state.hashedBytes);
  const { ok, failed, cancelled, skipped } = useResults((state) => state.groups);
  const missing = rowsMissing(jobs, total, (jobId) => session.reception.received(jobId));
  const last = jobs.at(-1)?.state;
  const report = useShownReport();
  return (
    <div className="flex h-8 items-center gap-4 overflow-hidden px-3 whitespace-nowrap nums">
      {jobs.length === 0 ? (
        <span className="text-ink-3">{t('summary.ready')}</span>
      ) : report !== null ? (
        <span role="status" className="truncate font-medium">
          {t('summary.took', { time: formatDuration(busySeconds(jobs)) })}
        </span>
      ) : missing > 0 ? (
        <span role="status" className="text-ink-2">
          {t('summary.loading', { percent: Math.floor((1 - missing) * 100) })}
        </span>
      ) : (
        <p role="status" className="flex min-w-0 gap-4">
          <span className="truncate font-medium">
            {t('summary.finished', {
              count: total,
              files: formatCount(total),
              bytes: formatSize(bytes),
              time: formatDuration(busySeconds(jobs)),
            })}
          </span>
          {(last === 'cancelled' || last === 'failed') && (
            <span className="text-warn">{t(`summary.state.${last}`)}</span>
          )}
          <span className={ok > 0 ? 'text-ok' : 'text-ink-3'}>{t('summary.ok', { shown: formatCount(ok) })}</span>
          {failed > 0 && <span className="text-bad">{t('summary.failed', { shown: formatCount(failed) })}</span>}
          {cancelled > 0 && (
            <span className="text-warn">{t('summary.cancelled', { shown: formatCount(cancelled) })}</span>
          )}
          {skipped > 0 && <span className="text-ink-3">{t('summary.skipped', { shown: formatCount(skipped) })}</span>}
        </p>
      )}
      <span className="flex-1" />
      <Button
        label={t('shortcuts.title')}
        icon={Keyboard}
        look="quiet"
        showLabel="never"
        className="h-6"
        onClick={() => session.app.setState({ dialog: 'shortcuts' })}
      />
      {system && (
        <span className="text-ink-3 max-md:hidden">
          {t('summary.engine', { version: system.version, count: system.engine.threads })}
        </span>
      )}
    </div>
  );
}
