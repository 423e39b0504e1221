import { History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { makeVisible } from '#shared/text/visible.ts';
import { Button } from '../parts/Button.tsx';
import { useApp } from '../parts/context.tsx';
import { leafOf } from './job-rows.ts';

/** As many as fit above everything else; the list of jobs has the others. */
const maxOffered = 3;

/** Jobs that were interrupted when Hashlane ended: they can go on where they stood. */
export function UnfinishedJobs() {
  const { t } = useTranslation();
  const { jobs: model } = useApp();
  const unfinished = useStore(model.store, (state) => state.unfinished);
  if (unfinished.length === 0) return null;
  const count = unfinished.length;
  return (
    <section
      aria-label={t('jobs.unfinished')}
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-line bg-accent-soft px-3.5 py-2"
    >
      <p className="flex items-center gap-2 font-medium">
        <History aria-hidden size={16} className="shrink-0 text-accent-ink" />
        {t('jobs.unfinishedOffer', { count })}
      </p>
      {unfinished.slice(0, maxOffered).map(({ id, name, roots }) => {
        const title = makeVisible(name ?? leafOf(roots.first));
        return (
          <Button
            key={id}
            label={t('jobs.continueNamed', { name: title })}
            className="max-w-72 overflow-hidden text-ellipsis"
            onClick={() => void model.continue(id)}
          />
        );
      })}
      <span className="flex-1" />
      <Button label={t('jobs.notNow')} look="quiet" onClick={model.decideLater} />
    </section>
  );
}
