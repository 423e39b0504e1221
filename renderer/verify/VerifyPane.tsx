/** What a verification has found: problems first, expected above actual. */
import type { TFunction } from 'i18next';
import {
  CircleCheck,
  CircleHelp,
  CircleX,
  Copy,
  ExternalLink,
  FilePlus2,
  FileQuestionMark,
  FileWarning,
  FolderSymlink,
  ShieldAlert,
  TriangleAlert,
} from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { VerifyEntry } from '#shared/contract/kinds/verify.ts';
import { algorithm } from '#shared/tables/algorithms.ts';
import { makeVisible } from '#shared/text/visible.ts';
import type { EntryStatus } from '#shared/verify/statuses.ts';
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
import { entryOf, fullPath, type VerifySummary, verifyStatuses } from './verify-report.ts';
import { verifyVerdict } from './verify-verdict.ts';

const rowHeight = 44;

const looks: Record<EntryStatus, StatusLook> = {
  changed: { icon: CircleX, tone: 'bad' },
  missing: { icon: FileQuestionMark, tone: 'bad' },
  unreadable: { icon: TriangleAlert, tone: 'bad' },
  moved: { icon: FolderSymlink, tone: 'unsure' },
  'outside-root': { icon: ShieldAlert, tone: 'bad' },
  malformed: { icon: FileWarning, tone: 'bad' },
  'not-comparable': { icon: CircleHelp, tone: 'unsure' },
  unlisted: { icon: FilePlus2, tone: 'plain' },
  ok: { icon: CircleCheck, tone: 'good' },
};

const okNumber = verifyStatuses.indexOf('ok');
const isProblem = (status: number): boolean => verifyStatuses[status] !== 'ok' && verifyStatuses[status] !== 'unlisted';

export function VerifyPane({ model }: PaneProps<ReportModel<EntryStatus>>) {
  const { t } = useTranslation();
  const { actions } = useApp();
  const shown = useShownVerdict();
  const job = useAppState((state) => state.jobs.at(-1));
  const summary = useStore(model.store, (state) => state.summary) as VerifySummary | null;
  if (job === undefined || shown === null) return null;
  const verdict = job.state === 'finished' ? verifyVerdict(job, summary) : shown;
  const columns: readonly ReportColumn[] = [
    { label: t('results.column.status'), track: '166px', narrowest: 166, sorts: ['status'] },
    {
      label: t('results.column.name'),
      track: 'minmax(200px, 1fr)',
      narrowest: 200,
      sorts: ['name', 'name-descending'],
    },
    { label: t('report.digest'), track: 'minmax(220px, 1fr)', narrowest: 220 },
  ];
  const entryAt = (row: number): VerifyEntry | null => entryOf(model.table.read(row));
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <JobHeader
        title={job.sources.map(({ path }) => path).join('; ')}
        verdict={verdict}
        about={summary === null ? undefined : <About summary={summary} />}
      >
        <SaveReport job={job} />
      </JobHeader>
      <ReportBar
        model={model}
        word={(status) => t(`verify.status.${verifyStatuses[status]!}`)}
        always={[okNumber]}
        isProblem={isProblem}
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
              <StatusWord key="s" look={looks[entry.status]} word={t(`verify.status.${entry.status}`)} />,
              <NameCell key="n" entry={entry} />,
              <DigestPair key="d" expected={entry.expected} actual={entry.actual} />,
            ];
          }}
          menu={(row) => <RowItems entry={entryAt(row)} summary={summary} />}
          onCopy={(row) => {
            const entry = entryAt(row);
            if (entry?.path) void actions.copy(fullPath(entry, summary) ?? entry.path, t('copy.path'));
          }}
        />
        <NoRows model={model} />
      </div>
    </div>
  );
}

function About({ summary }: { readonly summary: VerifySummary }) {
  const { t } = useTranslation();
  const [manifest] = summary.manifests;
  const { status, key } = summary.signature;
  const parts = [
    ...(manifest === undefined
      ? []
      : [t('verify.about', { explanation: manifest.explanation, root: makeVisible(manifest.root) })]),
    t(`verify.signature.${status}`, { key: key ?? '' }),
    ...summary.reasons.map(makeVisible),
  ];
  return parts.join(' · ');
}

/** The name, and what else there is to say of it. */
function NameCell({ entry }: { readonly entry: VerifyEntry }) {
  const { t } = useTranslation();
  const { path, status, line, text, foundAt, existsAt, error, reason, note } = entry;
  const details = [
    status === 'malformed' && reason !== undefined ? malformedWord(t, reason) : '',
    status === 'missing' && existsAt === undefined ? t('verify.missing') : '',
    status === 'unlisted' ? t('verify.unlisted') : '',
    foundAt === undefined ? '' : t('verify.foundAt', { path: makeVisible(foundAt) }),
    existsAt === undefined ? '' : t('verify.existsAt', { path: makeVisible(existsAt) }),
    error === undefined ? '' : error.message,
    note ?? '',
    entry.algorithm !== null && status === 'changed' ? algorithm(entry.algorithm).label : '',
  ].filter((part) => part !== '');
  const place = path === null && line !== undefined ? t('verify.line', { line }) : null;
  return (
    <>
      <FilePath path={path ?? text ?? ''} />
      {(details.length > 0 || place !== null) && (
        <p className="truncate text-sm text-ink-3" title={details.join(' · ')}>
          {[place, ...details].filter((part) => part !== null).join(' · ')}
        </p>
      )}
    </>
  );
}

const malformedReasons = [
  'no-digest',
  'no-name',
  'unknown-algorithm',
  'digest-length',
  'bad-escape',
  'bad-size',
  'not-in-dialect',
  'too-long',
  'truncated',
] as const;

function malformedWord(t: TFunction, reason: string): string {
  const known = malformedReasons.find((each) => each === reason);
  return known === undefined ? reason : t(`verify.malformed.${known}`);
}

interface RowItemsProps {
  readonly entry: VerifyEntry | null;
  readonly summary: VerifySummary | null;
}

function RowItems({ entry, summary }: RowItemsProps) {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  if (entry === null) return null;
  const { path, expected, actual, status } = entry;
  const whole = fullPath(entry, summary);
  const isThere = !['missing', 'malformed', 'outside-root'].includes(status);
  const copies = [
    { label: t('report.copyPath'), text: whole ?? path, told: t('copy.path') },
    { label: t('report.copyExpected'), text: expected, told: t('report.copiedDigest') },
    { label: t('report.copyActual'), text: actual === expected ? null : actual, told: t('report.copiedDigest') },
  ];
  return (
    <>
      {copies.map(
        ({ label, text, told }) =>
          text !== null && (
            <ContextMenu.Item key={label} className={menuItem} onSelect={() => void actions.copy(text, told)}>
              <Copy aria-hidden size={15} strokeWidth={1.75} /> {label}
            </ContextMenu.Item>
          ),
      )}
      {session.client.capabilities.canReveal && isThere && whole !== null && (
        <>
          <ContextMenu.Separator className="my-1 h-px bg-line" />
          <ContextMenu.Item className={menuItem} onSelect={() => void actions.reveal(whole)}>
            <ExternalLink aria-hidden size={15} strokeWidth={1.75} /> {t('report.reveal')}
          </ContextMenu.Item>
        </>
      )}
    </>
  );
}
