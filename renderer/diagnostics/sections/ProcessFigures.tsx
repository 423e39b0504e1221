import { useTranslation } from 'react-i18next';
import { formatDuration, formatPercent, formatSize } from '#shared/text/quantities.ts';
import { useAppState } from '../../parts/context.tsx';
import { FigureList } from '../parts/FigureList.tsx';

const ms = (value: number): string => `${value.toFixed(1)} ms`;

export function ProcessFigures() {
  const { t } = useTranslation();
  const runtime = useAppState((state) => state.system?.runtime ?? '—');
  return (
    <FigureList
      figures={[
        {
          label: t('diagnostics.host.memory'),
          process: ({ residentBytes, peakResidentBytes }) =>
            t('diagnostics.withPeak', { now: formatSize(residentBytes), peak: formatSize(peakResidentBytes) }),
        },
        { label: t('diagnostics.host.engine'), work: ({ memory }) => formatSize(memory.held) },
        { label: t('diagnostics.host.heap'), process: ({ heapUsedBytes }) => formatSize(heapUsedBytes) },
        { label: t('diagnostics.host.external'), process: ({ externalBytes }) => formatSize(externalBytes) },
        { label: t('diagnostics.host.busy'), process: ({ loopBusy }) => formatPercent(loopBusy) },
        { label: t('diagnostics.host.delayMean'), process: ({ loopDelayMs }) => ms(loopDelayMs.mean) },
        { label: t('diagnostics.host.delayP99'), process: ({ loopDelayMs }) => ms(loopDelayMs.p99) },
        { label: t('diagnostics.host.delayMax'), process: ({ loopDelayMs }) => ms(loopDelayMs.max) },
        {
          label: t('diagnostics.host.uptime'),
          process: ({ uptimeMs }) => formatDuration(Math.floor(uptimeMs / 1e3)),
        },
        { label: t('diagnostics.host.runtime'), process: () => runtime },
      ]}
    />
  );
}
