import { useTranslation } from 'react-i18next';
import { formatCount, formatSize } from '#shared/text/quantities.ts';
import { useLive } from '../parts/context.tsx';
import { FilePath } from '../parts/FilePath.tsx';
import { Table } from './Table.tsx';

export function Threads() {
  const { t } = useTranslation();
  const threads = useLive((state) => state.reading?.threads) ?? [];
  return (
    <Table
      name={t('diagnostics.threads')}
      head={[
        t('diagnostics.thread.state'),
        t('diagnostics.thread.file'),
        t('diagnostics.thread.files'),
        t('diagnostics.thread.bytes'),
      ]}
      numbersFrom={2}
      widest={1}
      rows={threads.map((thread) => [
        t(`diagnostics.threadState.${thread.state}`),
        thread.name === '' ? '—' : <FilePath key="name" path={thread.name} />,
        formatCount(thread.files),
        formatSize(thread.bytes),
      ])}
      empty={t('diagnostics.noReading')}
    />
  );
}
