import { useTranslation } from 'react-i18next';
import { deviceReaders } from '#shared/diagnostics/figures.ts';
import { formatCount, formatPercent, formatSize } from '#shared/text/quantities.ts';
import { FigureList } from '../parts/FigureList.tsx';
import { LivePath } from '../parts/LivePath.tsx';
import { LiveTable } from '../parts/LiveTable.tsx';

/** Volumes, how they are read, and what the system had in memory already. */
export function Devices() {
  const { t } = useTranslation();
  return (
    <>
      <LiveTable
        name={t('diagnostics.section.devices')}
        rows={(work) => work.devices}
        columns={[
          {
            title: t('diagnostics.device.mount'),
            kind: 'wide',
            cell: (row) => <LivePath path={(snapshot) => row(snapshot)?.mountedAt} />,
          },
          {
            title: t('diagnostics.device.class'),
            kind: 'text',
            text: (device) => t(`diagnostics.deviceClass.${device.class}`),
          },
          {
            title: t('diagnostics.device.readers'),
            kind: 'number',
            text: (device) => t('diagnostics.of', { part: formatCount(device.active), whole: deviceReaders(device) }),
          },
          {
            title: t('diagnostics.device.stalled'),
            kind: 'number',
            text: ({ stalledThreads, givenUp }) =>
              givenUp ? t('diagnostics.device.givenUp') : formatCount(stalledThreads),
            warns: ({ stalledThreads, givenUp }) => givenUp || stalledThreads > 0,
          },
          { title: t('diagnostics.device.read'), kind: 'number', text: ({ bytesRead }) => formatSize(bytesRead) },
        ]}
        empty={t('diagnostics.device.none')}
      />
      <div className="mt-2">
        <FigureList
          figures={[
            {
              label: t('diagnostics.cache.hits'),
              work: ({ ways }) => {
                const reads = ways.readsFromMemory + ways.readsFromDevice;
                return reads === 0
                  ? '—'
                  : t('diagnostics.cache.value', {
                      percent: formatPercent(ways.readsFromMemory / reads),
                      reads: formatCount(reads),
                    });
              },
            },
            { label: t('diagnostics.cache.ahead'), work: ({ ways }) => formatCount(ways.filesPrefetched) },
            {
              label: t('diagnostics.stall.noticed'),
              work: ({ stalls }) =>
                t('diagnostics.stall.value', {
                  noticed: formatCount(stalls.noticed),
                  givenUp: formatCount(stalls.givenUp),
                }),
              warns: ({ stalls }) => stalls.threadsNow > 0,
            },
          ]}
        />
      </div>
    </>
  );
}
