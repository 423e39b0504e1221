import { useTranslation } from 'react-i18next';
import { formatCount, formatDuration, formatSize } from '#shared/text/quantities.ts';
import { type Line, TimeChart, type TimeChartProps } from '../charts/TimeChart.tsx';
import { FigureList } from '../parts/FigureList.tsx';
import { LiveBar } from '../parts/snapshots.tsx';

/** Held, allowed, whole process. */
const sampling: TimeChartProps['sampling'] = () => {
  let before: readonly unknown[] = [];
  return ({ reading, process }) => {
    if (reading === null || process === null) return null;
    if (before[0] === reading && before[1] === process) return null;
    before = [reading, process];
    return [reading.engine.memoryAllowed, process.residentBytes, reading.engine.memoryHeld];
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
