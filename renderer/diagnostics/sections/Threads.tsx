import { useTranslation } from 'react-i18next';
import { formatClock, formatSize } from '#shared/text/quantities.ts';
import { LivePath } from '../parts/LivePath.tsx';
import { LiveTable } from '../parts/LiveTable.tsx';

/** What each thread does now, and since when one has had no answer. */
export function Threads() {
  const { t } = useTranslation();
  return (
    <LiveTable
      name={t('diagnostics.section.threads')}
      rows={(work) => work.threads}
      columns={[
        {
          title: t('diagnostics.thread.name'),
          kind: 'text',
          text: ({ kind, number }) => `${t(`diagnostics.threadKind.${kind}`)} ${number}`,
        },
        {
          title: t('diagnostics.thread.state'),
          kind: 'text',
          text: ({ state, stalledMs }) =>
            state === 'stalled'
              ? t('diagnostics.thread.stalled', { time: formatClock(stalledMs / 1e3) })
              : t(`diagnostics.threadState.${state}`),
          warns: ({ state }) => state === 'stalled',
        },
        {
          title: t('diagnostics.thread.file'),
          kind: 'wide',
          cell: (row) => <LivePath onlyLeaf path={(snapshot) => row(snapshot)?.file} />,
        },
        { title: t('diagnostics.thread.bytes'), kind: 'number', text: ({ bytes }) => formatSize(bytes) },
      ]}
      empty={t('diagnostics.noReading')}
    />
  );
}
