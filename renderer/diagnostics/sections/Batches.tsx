import { useTranslation } from 'react-i18next';
import { formatCount, formatDuration, formatSize } from '#shared/text/quantities.ts';
import { FigureList } from '../parts/FigureList.tsx';

export function Batches() {
  const { t } = useTranslation();
  const aged = (count: number, ageMs: number): string =>
    count === 0 ? '0' : t('diagnostics.withTime', { shown: formatCount(count), time: formatDuration(ageMs / 1e3) });
  return (
    <FigureList
      figures={[
        {
          label: t('diagnostics.batch.sealed'),
          work: ({ batches }) =>
            t('diagnostics.withBytes', { shown: formatCount(batches.sealed), size: formatSize(batches.bytes) }),
        },
        { label: t('diagnostics.batch.open'), work: ({ batches }) => aged(batches.openRecords, batches.openAgeMs) },
        {
          label: t('diagnostics.batch.slabsOut'),
          work: ({ batches }) => aged(batches.slabsOut, batches.oldestOutMs),
        },
        {
          label: t('diagnostics.batch.slabs'),
          work: ({ batches }) =>
            t('diagnostics.withBytes', { shown: formatCount(batches.slabs), size: formatSize(batches.slabBytes) }),
        },
        { label: t('diagnostics.batch.slabWaits'), work: ({ batches }) => formatCount(batches.slabWaits) },
        {
          label: t('diagnostics.batch.unacknowledged'),
          process: ({ unacknowledgedBatches }) => formatCount(unacknowledgedBatches),
        },
        { label: t('diagnostics.queue.jobs'), work: ({ queues }) => formatCount(queues.jobsActive) },
        {
          label: t('diagnostics.queue.groups'),
          work: ({ queues }) =>
            t('diagnostics.of', { part: formatCount(queues.groups), whole: formatCount(queues.groupsCapacity) }),
        },
        { label: t('diagnostics.queue.folders'), work: ({ queues }) => formatCount(queues.folders) },
        { label: t('diagnostics.queue.overtakes'), work: ({ queues }) => formatCount(queues.overtakes) },
      ]}
    />
  );
}
