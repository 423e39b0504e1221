import { useTranslation } from 'react-i18next';
import { algorithm } from '#shared/tables/algorithms.ts';
import { formatCount, formatPercent, formatSize } from '#shared/text/quantities.ts';
import { FigureList } from '../parts/FigureList.tsx';
import { LiveTable } from '../parts/LiveTable.tsx';
import { LiveBar, LiveText } from '../parts/snapshots.tsx';

/** Which way bytes and files went, and how full the lanes were. */
export function Lanes() {
  const { t } = useTranslation();
  return (
    <>
      <LiveTable
        name={t('diagnostics.section.lanes')}
        rows={(work) => work.lanes}
        columns={[
          {
            title: t('diagnostics.kernel.algorithm'),
            kind: 'wide',
            cell: (row) => (
              <div className="py-1">
                <LiveText
                  text={(snapshot) => {
                    const lane = row(snapshot);
                    return lane && algorithm(lane.algorithm).label;
                  }}
                />
                <div className="overflow-hidden text-xs text-ellipsis text-ink-3">
                  <LiveText text={(snapshot) => row(snapshot)?.kernel} />
                </div>
                <LiveBar filled={(snapshot) => row(snapshot)?.fill ?? 0} />
              </div>
            ),
          },
          {
            title: t('diagnostics.lane.fill'),
            kind: 'number',
            text: ({ fill }) => (fill === null ? '—' : formatPercent(fill)),
          },
          { title: t('diagnostics.lane.lanes'), kind: 'number', text: ({ laneBytes }) => formatSize(laneBytes) },
          { title: t('diagnostics.lane.stream'), kind: 'number', text: ({ streamBytes }) => formatSize(streamBytes) },
          { title: t('diagnostics.lane.parts'), kind: 'number', text: ({ partBytes }) => formatSize(partBytes) },
        ]}
        empty={t('diagnostics.lane.none')}
      />
      <div className="mt-2">
        <FigureList
          figures={[
            { label: t('diagnostics.way.lanes'), work: ({ ways }) => formatCount(ways.filesInLanes) },
            { label: t('diagnostics.way.blocks'), work: ({ ways }) => formatCount(ways.filesInBlocks) },
            { label: t('diagnostics.way.pieces'), work: ({ ways }) => formatCount(ways.filesInPieces) },
          ]}
        />
      </div>
    </>
  );
}
