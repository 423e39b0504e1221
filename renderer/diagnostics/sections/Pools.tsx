import { useTranslation } from 'react-i18next';
import { blockSize } from '#shared/diagnostics/figures.ts';
import { formatCount } from '#shared/text/quantities.ts';
import { LiveTable } from '../parts/LiveTable.tsx';

export function Pools() {
  const { t } = useTranslation();
  const figures = ['held', 'inUse', 'peak', 'hits', 'misses', 'trimmed'] as const;
  return (
    <LiveTable
      name={t('diagnostics.section.pools')}
      rows={(work) => work.pools}
      columns={[
        { title: t('diagnostics.pool.block'), kind: 'text', text: ({ blockBytes }) => blockSize(blockBytes) },
        ...figures.map((figure) => ({
          title: t(`diagnostics.pool.${figure}`),
          kind: 'number' as const,
          text: (pool: Readonly<Record<typeof figure, number>>) => formatCount(pool[figure]),
        })),
      ]}
      empty={t('diagnostics.noReading')}
    />
  );
}
