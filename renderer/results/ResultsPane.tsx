import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { formatCount } from '#shared/text/quantities.ts';
import { AgainStrip } from '../again/AgainStrip.tsx';
import { findingsOf } from '../again/again-store.ts';
import { CheckBanner } from '../card/CheckBanner.tsx';
import { checkOf, checkText } from '../card/check-text.ts';
import { FileCard } from '../card/FileCard.tsx';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState, useResults } from '../parts/context.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { isActive } from '../state/jobs.ts';
import { ResultsGrid } from './ResultsGrid.tsx';
import type { RowCounts } from './result-view.ts';
import type { Filter } from './row-filter.ts';
import { SelectionSummary } from './SelectionSummary.tsx';
import { ViewMenu } from './ViewMenu.tsx';

export function ResultsPane() {
  const { session } = useApp();
  const isOne = useIsOne();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ResultsBar />
      <AgainStrip />
      {isOne ? null : <CheckBanner />}
      <div className={isOne ? 'relative flex h-[74px] shrink-0 flex-col' : 'relative flex min-h-0 flex-1 flex-col'}>
        <ResultsGrid />
        <NothingShown />
      </div>
      {isOne && <FileCard row={session.results.rows()[0]!} />}
    </div>
  );
}

/** One file needs no list; its row stays above the card, for what is done with rows. */
function useIsOne(): boolean {
  const { session } = useApp();
  const total = useResults((state) => state.total);
  const isBusy = useAppState((state) => state.jobs.some(isActive));
  const isOne = total === 1 && !isBusy;
  // What was pasted before is compared with what has come since.
  useEffect(() => {
    const { text, verdict } = checkOf(session).getState();
    if (!isBusy && total > 0 && text !== '' && verdict === null) void checkText(session, text);
  }, [session, isBusy, total]);
  return isOne;
}

function ResultsBar() {
  const { t } = useTranslation();
  const { actions } = useApp();
  const isBusy = useAppState((state) => state.jobs.some(isActive));
  const total = useResults((state) => state.total);
  const shown = useResults((state) => state.shown);
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
      <SearchBox />
      <StatusChips />
      <span className="flex-1" />
      {shown !== total && (
        <span className="text-ink-3 nums max-sm:hidden">
          {t('results.shown', { shown: formatCount(shown), total: formatCount(total) })}
        </span>
      )}
      <SelectionSummary />
      <ViewMenu />
      <Button label={t('results.clear')} look="quiet" disabled={isBusy} onClick={actions.clearResults} />
    </div>
  );
}

function SearchBox() {
  const { t } = useTranslation();
  const { session } = useApp();
  const applied = useResults((state) => state.filter.text);
  const [text, setText] = useState(applied);
  // The filter may be taken away elsewhere; while it is typed, both are the same.
  useEffect(() => setText(applied), [applied]);
  const change = (next: string): void => {
    setText(next);
    const { filter } = session.results.store.getState();
    const findings = findingsOf(
      session.again.getState().answers,
      session.app.getState().jobs.map((job) => job.id),
    );
    session.results.filterBy({ ...filter, text: next, findings });
  };
  return (
    <SearchField
      label={t('results.filter')}
      clearLabel={t('results.clearFilter')}
      text={text}
      onChange={change}
      onKeyDown={(event) => {
        const isEmpty = text === '';
        if (event.key !== 'ArrowDown' && event.key !== 'Enter' && !(event.key === 'Escape' && isEmpty)) return;
        event.preventDefault();
        document.querySelector<HTMLElement>('[role=grid][data-landing=results]')?.focus();
        if (session.grid.focusedPlace < 0) session.grid.moveTo(0);
      }}
      className="w-64 max-sm:w-full"
    />
  );
}

const groups = [
  'all',
  'ok',
  'findings',
  'failed',
  'cancelled',
  'skipped',
] as const satisfies readonly Filter['group'][];

function StatusChips() {
  const { t } = useTranslation();
  const { session } = useApp();
  const filter = useResults((state) => state.filter);
  const counts = useResults((state) => state.fitting);
  const answers = useStore(session.again, (state) => state.answers);
  const jobs = useAppState((state) => state.jobs);
  const findings = useMemo(
    () =>
      findingsOf(
        answers,
        jobs.map((job) => job.id),
      ),
    [answers, jobs],
  );
  useEffect(() => {
    const { filter: now } = session.results.store.getState();
    if ((now.group === 'findings' || now.text !== '') && now.findings !== findings)
      session.results.filterBy({ ...now, findings });
  }, [session, findings]);
  return (
    <fieldset className="flex rounded-md border border-line-strong">
      <legend className="sr-only">{t('results.byStatus')}</legend>
      {groups.map((group) => {
        const count = countOf(group, counts, filter.text === '' ? findings.size : counts.findings);
        // Most runs are not cancelled, and most files stay as they are.
        if ((group === 'cancelled' || group === 'findings') && count === 0 && filter.group !== group) return null;
        return (
          <button
            key={group}
            type="button"
            aria-pressed={filter.group === group}
            onClick={() => session.results.filterBy({ ...filter, group, findings })}
            className="flex h-[26px] items-center gap-1.5 border-r border-line px-2.5 text-ink-2 first:rounded-l-[5px] last:rounded-r-[5px] last:border-r-0 hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
          >
            {t(`results.group.${group}`)}
            <span
              className={`text-sm nums ${(group === 'failed' || group === 'findings') && count > 0 ? 'font-semibold text-bad' : filter.group === group ? '' : 'text-ink-3'}`}
            >
              {formatCount(count)}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}

function countOf(group: Filter['group'], counts: RowCounts, findings: number): number {
  if (group === 'findings') return findings;
  return group === 'all' ? counts.ok + counts.failed + counts.cancelled + counts.skipped : counts[group];
}

/** Lies over the empty grid: nothing yet, nothing at all, or nothing that passes the filter. */
function NothingShown() {
  const { t } = useTranslation();
  const { session } = useApp();
  const total = useResults((state) => state.total);
  const shown = useResults((state) => state.shown);
  const arranging = useResults((state) => state.arranging);
  const isFiltered = useResults(({ filter }) => filter.text !== '' || filter.group !== 'all');
  const foundNothing = useAppState(({ jobs }) =>
    jobs.every((job) => job.state === 'finished' && job.totals.files === 0),
  );
  if (shown > 0 || arranging) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 top-[30px] bottom-0 flex flex-col items-center justify-center gap-3 text-ink-3">
      <p>{t(total === 0 && foundNothing ? 'results.nothing' : isFiltered ? 'results.noMatch' : 'results.none')}</p>
      {isFiltered && (
        <Button
          label={t('results.showAll')}
          className="pointer-events-auto"
          onClick={() => session.results.filterBy({ text: '', group: 'all' })}
        />
      )}
    </div>
  );
}
