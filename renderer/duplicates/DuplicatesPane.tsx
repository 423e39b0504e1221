/** Files that are there more than once, in groups, the one that could free most first. */
import { Copy, ExternalLink, Files } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { algorithm } from '#shared/tables/algorithms.ts';
import { formatCount, formatSize } from '#shared/text/quantities.ts';
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
import { JobHeader, useShownVerdict } from '../verdict/JobHeader.tsx';
import { copiesOf, type DuplicateRow, rowOf } from './duplicates-report.ts';

const rowHeight = 32;

export function DuplicatesPane({ model }: PaneProps<ReportModel<'copy'>>) {
  const { t } = useTranslation();
  const { actions } = useApp();
  const verdict = useShownVerdict();
  const job = useAppState((state) => state.jobs.at(-1));
  if (job === undefined || verdict === null) return null;
  const columns: readonly ReportColumn[] = [
    { label: t('results.column.name'), track: 'minmax(240px, 1.6fr)', narrowest: 240, sorts: ['status', 'name'] },
    { label: t('results.column.size'), track: '96px', narrowest: 96, alignRight: true },
    { label: t('report.digest'), track: 'minmax(140px, 1fr)', narrowest: 140 },
  ];
  const rowAt = (row: number): DuplicateRow | null => rowOf(model.table.read(row), model.table.part(row));
  const cells = (row: number): readonly ReactNode[] => {
    const found = rowAt(row);
    if (found === null) return [null];
    return found.copy === null ? [<GroupCell key="g" row={found} />] : copyCells(found);
  };
  const groups = job.outcome?.counts.groups;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <JobHeader
        title={job.sources.map(({ path }) => path).join('; ')}
        verdict={verdict}
        about={
          groups === undefined || groups === 0
            ? undefined
            : t('duplicates.summary', { count: groups, groups: formatCount(groups) })
        }
      >
        <SaveReport job={job} />
      </JobHeader>
      <ReportBar model={model} />
      <div className="relative flex min-h-0 flex-1 flex-col">
        <ReportGrid
          model={model}
          columns={columns}
          rowHeight={rowHeight}
          cells={cells}
          menu={(row) => <RowItems row={rowAt(row)} />}
          onCopy={(row) => {
            const path = rowAt(row)?.copy?.path;
            if (path !== undefined) void actions.copy(path, t('copy.path'));
          }}
        />
        <NoRows model={model} />
      </div>
    </div>
  );
}

function GroupCell({ row: { record } }: { readonly row: DuplicateRow }) {
  const { t } = useTranslation();
  const count = copiesOf(record);
  return (
    <span className="flex items-center gap-2 font-medium">
      <Files aria-hidden size={15} strokeWidth={1.75} className="shrink-0 text-ink-3" />
      {t('duplicates.group', { count, shown: formatCount(count), size: formatSize(record.size) })}
      <span className="font-normal text-ink-2">{t('duplicates.frees', { size: formatSize(record.reclaimable) })}</span>
    </span>
  );
}

function copyCells({ record, copy }: DuplicateRow): readonly ReactNode[] {
  return [
    <CopyName key="n" path={copy!.path} links={copy!.hardLinks?.length ?? 0} />,
    <span key="s" className="text-ink-2">
      {formatSize(record.size)}
    </span>,
    <span key="d" title={algorithm(record.algorithm).label}>
      <DigestLine label={null} digest={record.digest} other={null} />
    </span>,
  ];
}

function CopyName({ path, links }: { readonly path: string; readonly links: number }) {
  const { t } = useTranslation();
  return (
    <span className="flex min-w-0 items-baseline gap-2 pl-6">
      <FilePath path={path} />
      {links > 0 && (
        <span className="shrink-0 text-sm text-ink-3">
          {t('duplicates.links', { count: links, shown: formatCount(links) })}
        </span>
      )}
    </span>
  );
}

function RowItems({ row }: { readonly row: DuplicateRow | null }) {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  if (row === null) return null;
  const { record, copy } = row;
  const icon = { 'aria-hidden': true, size: 15, strokeWidth: 1.75 } as const;
  return (
    <>
      {copy !== null && (
        <ContextMenu.Item className={menuItem} onSelect={() => void actions.copy(copy.path, t('copy.path'))}>
          <Copy {...icon} /> {t('report.copyPath')}
        </ContextMenu.Item>
      )}
      <ContextMenu.Item
        className={menuItem}
        onSelect={() => void actions.copy(record.digest, t('report.copiedDigest'))}
      >
        <Copy {...icon} /> {t('report.copyDigest')}
      </ContextMenu.Item>
      {copy !== null && copy.pathBase64 === undefined && session.client.capabilities.canReveal && (
        <ContextMenu.Item className={menuItem} onSelect={() => void actions.reveal(copy.path)}>
          <ExternalLink {...icon} /> {t('report.reveal')}
        </ContextMenu.Item>
      )}
    </>
  );
}
