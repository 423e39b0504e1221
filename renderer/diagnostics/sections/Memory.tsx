import { useTranslation } from 'react-i18next';
import { formatCount, formatDuration, formatSize } from '#shared/text/quantities.ts';
import { type Line, TimeChart, type TimeChartProps } from '../charts/TimeChart.tsx';
import { FigureList } from '../parts/FigureList.tsx';
import { LiveBar } from '../parts/snapshots.tsx';

/** As often as the process is read: allowed, whole process, held. */
const sampling: TimeChartProps['sampling'] = () => {
  let before: unknown = null;
  return ({ work, process }) => {
    if (work === null || process === null || process === before) return null;
    before = process;
    return [work.memory.allowed, process.residentBytes, work.memory.held];
  };
};

/** The pools' memory against what they may take, beside the whole process. */
export function Memory() {
  const { t } = useTranslation();
  const lines: readonly Line[] = [
    { label: t('diagnostics.memory.allowed'), colour: '--warn', dashed: true, format: formatSize },
    { label: t('diagnostics.memory.process'), colour: '--ink-3', format: formatSize },
    { label: t('diagnostics.memory.held'), colour: '--accent-ink', fill: '--accent-soft', format: formatSize },
  ];
  return (
    <>
      <TimeChart
        name={t('diagnostics.chart.memory')}
        lines={lines}
        left={{ format: formatSize, least: 64e6 }}
        sampling={sampling}
      />
      <div className="my-2">
        <LiveBar
          filled={({ work }) => (work ? work.memory.held / work.memory.ceiling : 0)}
          limit={({ work }) => (work && work.memory.allowed > 0 ? work.memory.allowed / work.memory.ceiling : 1)}
        />
      </div>
      <FigureList
        figures={[
          {
            label: t('diagnostics.memory.heldOf'),
            work: ({ memory }) =>
              t('diagnostics.of', { part: formatSize(memory.held), whole: formatSize(memory.ceiling) }),
          },
          { label: t('diagnostics.memory.peak'), work: ({ memory }) => formatSize(memory.peak) },
          {
            label: t('diagnostics.memory.pressure'),
            work: ({ memory }) => t(`diagnostics.pressure.${memory.pressure}`),
            warns: ({ memory }) => memory.pressure !== 'none',
          },
          {
            label: t('diagnostics.memory.allowedNow'),
            work: ({ memory }) => formatSize(memory.allowed),
            warns: ({ memory }) => memory.allowed < memory.ceiling,
          },
          {
            label: t('diagnostics.memory.group'),
            work: ({ memory }) => (memory.groupLimit === null ? t('diagnostics.none') : formatSize(memory.groupLimit)),
          },
          {
            label: t('diagnostics.memory.waits'),
            work: ({ memory }) =>
              t('diagnostics.withTime', {
                shown: formatCount(memory.waits),
                time: formatDuration(memory.waitMs / 1e3),
              }),
          },
          {
            label: t('diagnostics.memory.trims'),
            work: ({ memory }) =>
              t('diagnostics.withBytes', { shown: formatCount(memory.trims), size: formatSize(memory.trimmedBytes) }),
          },
        ]}
      />
    </>
  );
}
