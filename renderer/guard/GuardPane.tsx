/** What a check of a guarded folder has found, damage first. */
import {
  CircleX,
  ClockArrowUp,
  Copy,
  ExternalLink,
  FilePen,
  FilePlus2,
  FileQuestionMark,
  FolderSymlink,
  History,
  ShieldCheck,
  TriangleAlert,
} from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { GuardEntry, GuardSummary } from '#shared/contract/kinds/guard.ts';
import { makeVisible } from '#shared/text/visible.ts';
import type { PaneProps } from '../kinds/kind.ts';
import { useApp, useAppState } from '../parts/context.tsx';
import { FilePath } from '../parts/FilePath.tsx';
import { menuItem } from '../parts/menu.ts';
import { DigestPair } from '../report/DigestPair.tsx';
import { NoRows } from '../report/NoRows.tsx';
import { ReportBar } from '../report/ReportBar.tsx';
import { type ReportColumn, ReportGrid } from '../report/ReportGrid.tsx';
import type { ReportModel } from '../report/report-model.ts';
import { SaveReport } from '../report/SaveReport.tsx';
import { type StatusLook, StatusWord } from '../report/StatusWord.tsx';
import { JobHeader, useShownVerdict } from '../verdict/JobHeader.tsx';
import { acceptFile } from './guard-actions.ts';
import { entryOf, failingStates, fullPath, guardShown, type ShownState } from './guard-report.ts';

const rowHeight = 44;

const looks: Record<ShownState, StatusLook> = {
  damaged: { icon: CircleX, tone: 'bad' },
  gone: { icon: FileQuestionMark, tone: 'bad' },
  unreadable: { icon: TriangleAlert, tone: 'bad' },
  older: { icon: History, tone: 'unsure' },
  updated: { icon: FilePen, tone: 'plain' },
  moved: { icon: FolderSymlink, tone: 'plain' },
  new: { icon: FilePlus2, tone: 'plain' },
  touched: { icon: ClockArrowUp, tone: 'plain' },
};

export function GuardPane({ model }: PaneProps<ReportModel<ShownState>>) {
  const { t } = useTranslation();
  const { actions } = useApp();
  const verdict = useShownVerdict();
  const job = useAppState((state) => state.jobs.at(-1));
  const summary = useStore(model.store, (state) => state.summary) as GuardSummary | null;
  if (job === undefined || verdict === null) return null;
  const columns: readonly ReportColumn[] = [
    { label: t('results.column.status'), track: '150px', narrowest: 150, sorts: ['status'] },
    {
      label: t('results.column.name'),
      track: 'minmax(200px, 1fr)',
      narrowest: 200,
      sorts: ['name', 'name-descending'],
    },
    { label: t('report.digest'), track: 'minmax(220px, 1fr)', narrowest: 220 },
  ];
  const entryAt = (row: number): GuardEntry | null => entryOf(model.table.read(row));
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <JobHeader title={job.sources[0]?.path ?? ''} verdict={verdict} about={summary?.coverage}>
        <SaveReport job={job} />
      </JobHeader>
      <ReportBar
        model={model}
        word={(status) => t(`guard.state.${guardShown[status]!}`)}
        always={[0]}
        isProblem={(status) => failingStates.has(guardShown[status]!)}
      />
      <div className="relative flex min-h-0 flex-1 flex-col">
        <ReportGrid
          model={model}
          columns={columns}
          rowHeight={rowHeight}
          cells={(row) => {
            const entry = entryAt(row);
            if (entry === null) return [null, null, null];
            return [
              <StatusWord key="s" look={looks[entry.state]} word={t(`guard.state.${entry.state}`)} />,
              <NameCell key="n" entry={entry} />,
              <DigestPair key="d" expected={entry.expected ?? null} actual={entry.actual ?? null} />,
            ];
          }}
          menu={(row) => <RowItems entry={entryAt(row)} summary={summary} />}
          onCopy={(row) => {
            const entry = entryAt(row);
            if (entry !== null) void actions.copy(fullPath(entry, summary) ?? entry.path, t('copy.path'));
          }}
        />
        <NoRows model={model} />
      </div>
    </div>
  );
}

function NameCell({ entry: { path, foundAt, error, copy } }: { readonly entry: GuardEntry }) {
  const { t } = useTranslation();
  const details = [
    foundAt === undefined ? '' : t('guard.movedTo', { path: makeVisible(foundAt) }),
    error?.message ?? '',
    copy === undefined ? '' : t('guard.copyAt', { date: copy.checked.slice(0, 10), path: makeVisible(copy.path) }),
  ].filter((part) => part !== '');
  return (
    <>
      <FilePath path={path} />
      {details.length > 0 && (
        <p className="truncate text-sm text-ink-3" title={details.join(' · ')}>
          {details.join(' · ')}
        </p>
      )}
    </>
  );
}

interface RowItemsProps {
  readonly entry: GuardEntry | null;
  readonly summary: GuardSummary | null;
}

function RowItems({ entry, summary }: RowItemsProps) {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  if (entry === null) return null;
  const icon = { 'aria-hidden': true, size: 15, strokeWidth: 1.75 } as const;
  const whole = fullPath(entry, summary);
  const copyPath = entry.copy?.path;
  return (
    <>
      {entry.state === 'damaged' && summary !== null && (
        <ContextMenu.Item className={menuItem} onSelect={() => void acceptFile(session, summary.folder, entry)}>
          <ShieldCheck {...icon} /> {t('guard.accept')}
        </ContextMenu.Item>
      )}
      <ContextMenu.Item className={menuItem} onSelect={() => void actions.copy(whole ?? entry.path, t('copy.path'))}>
        <Copy {...icon} /> {t('report.copyPath')}
      </ContextMenu.Item>
      {copyPath !== undefined && (
        <ContextMenu.Item className={menuItem} onSelect={() => void actions.copy(copyPath, t('copy.path'))}>
          <Copy {...icon} /> {t('guard.copyCopy')}
        </ContextMenu.Item>
      )}
      {session.client.capabilities.canReveal && whole !== null && (
        <ContextMenu.Item className={menuItem} onSelect={() => void actions.reveal(whole)}>
          <ExternalLink {...icon} /> {t('report.reveal')}
        </ContextMenu.Item>
      )}
    </>
  );
}
