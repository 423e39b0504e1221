import { useTranslation } from 'react-i18next';
import { ContinueButton } from '../jobs/ContinueButton.tsx';
import { useApp, useAppState } from '../parts/context.tsx';
import { ResultsPane } from '../results/ResultsPane.tsx';
import { JobHeader } from '../verdict/JobHeader.tsx';
import { together } from './together.ts';

/** What was hashed, and all of its results. */
export function HashPane() {
  const { t } = useTranslation();
  const { session } = useApp();
  const jobs = useAppState((state) => state.jobs);
  const sources = jobs.flatMap((job) => job.sources);
  const first = sources[0];
  const standing = together(jobs);
  const title =
    sources.length === 1 ? first!.path : t('jobs.roots', { name: first?.name ?? '', others: sources.length - 1 });
  return (
    <>
      {standing !== null && first !== undefined && (
        <JobHeader title={title} verdict={session.kinds.verdict(standing)}>
          {jobs.length === 1 && <ContinueButton job={jobs[0]!} />}
        </JobHeader>
      )}
      <ResultsPane />
    </>
  );
}
