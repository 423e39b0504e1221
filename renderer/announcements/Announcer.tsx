import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '#shared/text/quantities.ts';
import { useAppState, useLive, useResults } from '../parts/context.tsx';
import { isActive } from '../state/jobs.ts';
import { type Step, stepOf } from './steps.ts';

/**
 * Tells those who do not see it how a job goes: that it began, each tenth of it, and that it has ended. The element is
 * there from the start, for what comes together with its text is not read out.
 */
export function Announcer() {
  const { t } = useTranslation();
  const isAtWork = useAppState((state) => state.jobs.some(isActive));
  const fraction = useLive(({ progress }) => (progress === null ? null : Math.floor(progress.fraction * 10)));
  const { ok, failed } = useResults((state) => state.groups);
  const [step, setStep] = useState<Step>({ kind: 'rest' });
  useEffect(() => setStep((before) => stepOf(before, isAtWork, fraction)), [isAtWork, fraction]);
  return (
    <div aria-live="polite" className="sr-only">
      {step.kind === 'began' && t('announce.began')}
      {step.kind === 'tenth' && t('announce.tenth', { percent: step.tenth * 10 })}
      {step.kind === 'ended' && t('announce.ended', { done: formatCount(ok), failed: formatCount(failed) })}
    </div>
  );
}
