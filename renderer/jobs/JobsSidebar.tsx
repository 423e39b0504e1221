/** Running and past jobs of every kind: what each is about, how far it is or what came of it. */
import { Plus } from 'lucide-react';
import { type KeyboardEvent, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState } from '../parts/context.tsx';
import { JobItem } from './JobItem.tsx';
import { type JobRow, jobRows, type Section, sectionOf, sections } from './job-rows.ts';

export function JobsSidebar() {
  const { t } = useTranslation();
  const { jobs: model } = useApp();
  const allJobs = useAppState((state) => state.allJobs);
  const { entries, hidden, total } = useStore(model.store);
  const rows = useMemo(() => jobRows(allJobs, entries, hidden), [allJobs, entries, hidden]);
  const shown = useAppState((state) => state.jobs);
  const now = Date.now();
  /** The one that Tab reaches: what is shown, or else the first. */
  const landing = shown.at(-1)?.id ?? rows[0]?.id;
  return (
    <nav
      aria-label={t('jobs.name')}
      className="flex w-56 shrink-0 flex-col border-r border-line bg-chrome max-md:absolute max-md:inset-y-0 max-md:left-0 max-md:z-20 max-md:shadow-raised"
    >
      <div className="flex h-10 shrink-0 items-center justify-between pr-2 pl-3.5">
        <h2 className="font-semibold">{t('jobs.name')}</h2>
        <Button
          label={t('jobs.new')}
          icon={Plus}
          look="quiet"
          disabled={shown.length === 0}
          onClick={model.showNothing}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons within */}
      <div className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-3" onKeyDown={moveFocus}>
        {rows.length === 0 && <p className="px-2 pt-1 text-ink-3">{t('jobs.none')}</p>}
        {sections.map((section) => (
          <JobSection
            key={section}
            section={section}
            rows={rows.filter((row) => sectionOf(row, now) === section)}
            landing={landing}
          />
        ))}
        {total > entries.length && (
          <Button label={t('jobs.more')} look="quiet" className="mt-2 w-full" onClick={() => model.showMore()} />
        )}
      </div>
    </nav>
  );
}

interface JobSectionProps {
  readonly section: Section;
  readonly rows: readonly JobRow[];
  readonly landing: number | undefined;
}

function JobSection({ section, rows, landing }: JobSectionProps) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <section aria-label={t(`jobs.${section}`)}>
      <h3 className="px-2 pt-3 pb-1 text-sm text-ink-3">{t(`jobs.${section}`)}</h3>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <JobItem row={row} isLanding={row.id === landing} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Arrows go from job to job, across sections. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const target = event.target as HTMLElement;
  if (!target.matches('[data-job]')) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-job]')];
  const at = all.indexOf(target);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  all[Math.min(Math.max(next, 0), all.length - 1)]?.focus();
}
