import { useTranslation } from 'react-i18next';
import { formatCount, formatRate, formatSize } from '#shared/text/quantities.ts';
import { StageRates } from '../charts/stage-rates.ts';
import { type Line, TimeChart, type TimeChartProps } from '../charts/TimeChart.tsx';
import { FigureList } from '../parts/FigureList.tsx';

const sampling: TimeChartProps['sampling'] = () => {
  const rates = new StageRates();
  let before: unknown = null;
  return ({ reading }, seconds) => {
    if (reading === null || reading === before) return null;
    before = reading;
    const now = rates.observe(reading, seconds);
    return now && [now.hashed, now.read, now.delivered];
  };
};

const short = (count: number): string => (count >= 1e3 ? `${Number((count / 1e3).toPrecision(3))} k` : `${count}`);

/** The stages over time: read, hash, deliver. */
export function Throughput() {
  const { t } = useTranslation();
  const lines: readonly Line[] = [
    { label: t('diagnostics.stage.hashed'), colour: '--ink-3', dashed: true, format: formatRate },
    { label: t('diagnostics.stage.read'), colour: '--accent-ink', fill: '--accent-soft', format: formatRate },
    {
      label: t('diagnostics.stage.delivered'),
      colour: '--ok',
      isRight: true,
      format: (rate) => `${formatCount(Math.round(rate))}/s`,
    },
  ];
  return (
    <>
      <TimeChart
        name={t('diagnostics.chart.throughput')}
        lines={lines}
        left={{ format: formatRate, least: 1e6 }}
        right={{ format: short, least: 100 }}
        sampling={sampling}
      />
      <div className="mt-2">
        <FigureList
          figures={[
            { label: t('diagnostics.total.read'), work: ({ stages }) => formatSize(stages.bytesRead) },
            { label: t('diagnostics.total.hashed'), work: ({ stages }) => formatSize(stages.bytesHashed) },
            { label: t('diagnostics.total.files'), work: ({ stages }) => formatCount(stages.filesHashed) },
            { label: t('diagnostics.total.delivered'), work: ({ stages }) => formatCount(stages.recordsDelivered) },
            { label: t('diagnostics.total.folders'), work: ({ stages }) => formatCount(stages.foldersListed) },
            { label: t('diagnostics.total.filtered'), work: ({ stages }) => formatCount(stages.filteredOut) },
          ]}
        />
      </div>
    </>
  );
}
