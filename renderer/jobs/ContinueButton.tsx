import { Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { JobSummary } from '#shared/contract/models.ts';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState } from '../parts/context.tsx';
import { isActive } from '../state/jobs.ts';

/** Lets a job that was cancelled or interrupted go on where it stood; nothing for one that cannot. */
export function ContinueButton({ job }: { readonly job: JobSummary }) {
  const { t } = useTranslation();
  const { jobs: model } = useApp();
  const canContinue = useStore(
    model.store,
    ({ entries }) => entries.find((entry) => entry.id === job.id)?.resumable ?? false,
  );
  const isConnected = useAppState((state) => state.connection === 'connected');
  if (!canContinue || isActive(job)) return null;
  return (
    <Button
      label={t('jobs.continue')}
      icon={Play}
      look="primary"
      disabled={!isConnected}
      onClick={() => void model.continue(job.id)}
    />
  );
}
