/** How two sides differ: both as columns, below their folders, which sum up what they hold. */
import type { TFunction } from 'i18next';
import {
  ArrowLeftToLine,
  ArrowRightToLine,
  ChevronDown,
  ChevronRight,
  CircleHelp,
  CircleX,
  Copy,
  Equal,
  ExternalLink,
  Folder,
  FolderSymlink,
  TriangleAlert,
} from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CompareStatus } from '#shared/compare/comparison.ts';
import type { CompareRecord } from '#shared/contract/kinds/compare.ts';
import type { Source } from '#shared/contract/models.ts';
import { formatCount, formatSize } from '#shared/text/quantities.ts';
import { makeVisible } from '#shared/text/visible.ts';
import type { PaneProps } from '../kinds/kind.ts';
import { useApp, useAppState } from '../parts/context.tsx';
import { FilePath } from '../parts/FilePath.tsx';
import { menuItem } from '../parts/menu.ts';
import { DigestLine } from '../report/DigestPair.tsx';
import { NoRows } from '../report/NoRows.tsx';
import { ReportBar } from '../report/ReportBar.tsx';
import { type ReportColumn, ReportGrid } from '../report/ReportGrid.tsx';
import type { ReportModel } from '../report/report-model.ts';
import { SaveReport } from '../report/SaveReport.tsx';
import { type StatusLook, StatusWord } from '../report/StatusWord.tsx';
import { JobHeader, useShownVerdict } from '../verdict/JobHeader.tsx';
import { compareShown, recordOf, sameNumber, sidesOf } from './compare-report.ts';

const rowHeight = 44;
const indent = 18;

const looks: Record<CompareStatus, StatusLook> = {
  changed: { icon: CircleX, tone: 'bad' },
  'left-only': { icon: ArrowLeftToLine, tone: 'bad' },
  'right-only': { icon: ArrowRightToLine, tone: 'bad' },
  moved: { icon: FolderSymlink, tone: 'unsure' },
  unreadable: { icon: TriangleAlert, tone: 'bad' },
  'not-comparable': { icon: CircleHelp, tone: 'unsure' },
  same: { icon: Equal, tone: 'plain' },
};

export function ComparePane({ model }: PaneProps<ReportModel<CompareStatus>>) {
  const { t } = useTranslation();
  const { actions } = useApp();
  const verdict = useShownVerdict();
  const job = useAppState((state) => state.jobs.at(-1));
  const inFolders = useStore(model.store, (state) => state.sort === 'folders');
  if (job === undefined || verdict === null) return null;
  const [left, right] = job.sources;
  const columns: readonly ReportColumn[] = [
    {
      label: t('results.column.name'),
      track: 'minmax(200px, 1.2fr)',
      narrowest: 200,
      sorts: ['folders', 'name', 'name-descending'],
    },
    { label: t('results.column.status'), track: '140px', narrowest: 140, sorts: ['status'] },
    { label: t('compare.left'), track: 'minmax(150px, 1fr)', narrowest: 150 },
    { label: t('compare.right'), track: 'minmax(150px, 1fr)', narrowest: 150 },
  ];
  const recordAt = (row: number): CompareRecord | null => (row < 0 ? null : recordOf(model.table.read(row)));
  const depthOf = (row: number): number => (inFolders ? (model.tree?.depthOf(row) ?? 0) : 0);
  const cells = (row: number): readonly ReactNode[] => {
    if (row < 0) return folderCells(model, row, t);
    const record = recordAt(row);
    if (record === null) return [null, null, null, null];
    return [
      <NameCell key="n" record={record} depth={depthOf(row)} inFolders={inFolders} />,
      <StatusWord key="s" look={looks[record.status]} word={t(`compare.status.${record.status}`)} />,
      <SideCell
        key="l"
        digest={record.left}
        other={record.right}
        size={record.leftSize}
        otherSize={record.rightSize}
        isThere={record.status !== 'right-only'}
      />,
      <SideCell
        key="r"
        digest={record.right}
        other={record.left}
        size={record.rightSize}
        otherSize={record.leftSize}
        isThere={record.status !== 'left-only'}
      />,
    ];
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <JobHeader title={`${left?.path ?? ''} ↔ ${right?.path ?? ''}`} verdict={verdict}>
        <SaveReport job={job} />
      </JobHeader>
      <ReportBar
        model={model}
        word={(status) => t(`compare.status.${compareShown[status]!}`)}
        always={[sameNumber]}
        isProblem={(status) => status !== sameNumber}
      />
      <div className="relative flex min-h-0 flex-1 flex-col">
        <ReportGrid
          model={model}
          columns={columns}
          rowHeight={rowHeight}
          cells={cells}
          level={depthOf}
          expanded={(row) => (row < 0 ? model.tree?.folderAt(row).isOpen : undefined)}
          onOpen={(row) => row < 0 && model.toggleFolder(row)}
          onRowKey={(row, key) => {
            if (row >= 0 || !['ArrowLeft', 'ArrowRight', 'Enter', ' '].includes(key)) return false;
            model.toggleFolder(row, key === 'ArrowRight' ? true : key === 'ArrowLeft' ? false : undefined);
            return true;
          }}
          menu={(row) => <RowItems record={recordAt(row)} left={left} right={right} />}
          onCopy={(row) => {
            const path = row < 0 ? model.tree?.folderAt(row).path : recordAt(row)?.path;
            if (path !== undefined) void actions.copy(path, t('copy.path'));
          }}
        />
        <NoRows model={model} />
      </div>
    </div>
  );
}

/** What a folder holds: how many files each side has, and how many of them differ. */
function folderCells(model: ReportModel<CompareStatus>, row: number, t: TFunction): readonly ReactNode[] {
  const folder = model.tree?.folderAt(row);
  if (folder === undefined) return [];
  const { left, right, differing } = sidesOf(folder.counts);
  const Chevron = folder.isOpen ? ChevronDown : ChevronRight;
  const files = (count: number): string => t('compare.files', { count, shown: formatCount(count) });
  return [
    <span
      key="n"
      className="flex min-w-0 items-center gap-1.5 font-medium"
      style={{ paddingLeft: folder.depth * indent }}
    >
      <Chevron aria-hidden size={14} className="shrink-0 text-ink-3" />
      <Folder aria-hidden size={15} strokeWidth={1.75} className="shrink-0 text-ink-3" />
      <bdi className="truncate">{makeVisible(folder.name)}</bdi>
    </span>,
    differing === 0 ? (
      <StatusWord key="s" look={looks.same} word={t('compare.status.same')} />
    ) : (
      <span key="s" className="truncate font-medium text-bad">
        {t('compare.differing', { count: differing, shown: formatCount(differing) })}
      </span>
    ),
    <span key="l" className="text-ink-2 nums">
      {files(left)}
    </span>,
    <span key="r" className="text-ink-2 nums">
      {files(right)}
    </span>,
  ];
}

interface NameCellProps {
  readonly record: CompareRecord;
  readonly depth: number;
  readonly inFolders: boolean;
}

function NameCell({ record: { path, foundAt, error }, depth, inFolders }: NameCellProps) {
  const { t } = useTranslation();
  const detail = foundAt === undefined ? error : t('compare.movedTo', { path: makeVisible(foundAt) });
  return (
    <div style={{ paddingLeft: inFolders ? depth * indent + 20 : 0 }}>
      <FilePath path={inFolders ? path.slice(path.lastIndexOf('/') + 1) : path} />
      {detail !== undefined && (
        <p className="truncate text-sm text-ink-3" title={detail}>
          {detail}
        </p>
      )}
    </div>
  );
}

interface SideCellProps {
  readonly digest: string | null;
  readonly other: string | null;
  readonly size: number | undefined;
  readonly otherSize: number | undefined;
  readonly isThere: boolean;
}

function SideCell({ digest, other, size, otherSize, isThere }: SideCellProps) {
  const { t } = useTranslation();
  const differs = size !== undefined && otherSize !== undefined && size !== otherSize;
  if (!isThere) return <span className="text-ink-3">{t('compare.nothingHere')}</span>;
  return (
    <>
      {digest !== null && <DigestLine label={null} digest={digest} other={other} />}
      {digest === null && size === undefined && <span className="text-ink-2">{t('compare.present')}</span>}
      {size !== undefined && (
        <p className={`truncate text-sm nums ${differs ? 'font-semibold text-bad' : 'text-ink-3'}`}>
          {differs ? t('compare.bytes', { count: size, shown: formatCount(size) }) : formatSize(size)}
        </p>
      )}
    </>
  );
}

interface RowItemsProps {
  readonly record: CompareRecord | null;
  readonly left: Source | undefined;
  readonly right: Source | undefined;
}

function RowItems({ record, left, right }: RowItemsProps) {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  if (record === null) return null;
  const { path, status, foundAt, pathBase64 } = record;
  const sides = [
    { side: 'left', source: left, name: path, isThere: status !== 'right-only' },
    { side: 'right', source: right, name: foundAt ?? path, isThere: status !== 'left-only' },
  ] as const;
  const canReveal = session.client.capabilities.canReveal && pathBase64 === undefined;
  return (
    <>
      <ContextMenu.Item className={menuItem} onSelect={() => void actions.copy(path, t('copy.path'))}>
        <Copy aria-hidden size={15} strokeWidth={1.75} /> {t('report.copyPath')}
      </ContextMenu.Item>
      {canReveal &&
        sides.map(
          ({ side, source, name, isThere }) =>
            isThere &&
            source?.kind === 'folder' && (
              <ContextMenu.Item
                key={side}
                className={menuItem}
                onSelect={() => void actions.reveal(`${source.path.replace(/[/\\]$/, '')}/${name}`)}
              >
                <ExternalLink aria-hidden size={15} strokeWidth={1.75} /> {t(`compare.reveal.${side}`)}
              </ContextMenu.Item>
            ),
        )}
    </>
  );
}
