/** Folders on record: what is known of each, and what can be done. */
import { CircleCheck, CircleX, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { GuardedFolder } from '#shared/contract/models.ts';
import { formatCount } from '#shared/text/quantities.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState } from '../parts/context.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { isActive } from '../state/jobs.ts';
import { checkNow } from './guard-actions.ts';

export function GuardDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { session } = useApp();
  const [folders, setFolders] = useState<readonly GuardedFolder[] | null>(null);
  const running = useAppState((state) => state.allJobs.filter((job) => job.kind === 'guard' && isActive(job)).length);
  const refresh = useCallback(async (): Promise<void> => {
    const found = await session.attempt(() => session.client.api.guard.list());
    if (found !== undefined) setFolders(found);
  }, [session]);
  useEffect(() => void refresh(), [refresh, running]);
  const remove = async (id: string): Promise<void> => {
    await session.attempt(() => session.client.api.guard.remove({ id }));
    await refresh();
  };
  return (
    <Dialog title={t('guard.name')} width="w-[44rem]" onClose={onClose}>
      {folders?.length === 0 && <p className="max-w-prose text-ink-2">{t('guard.none')}</p>}
      <ul aria-label={t('guard.list')}>
        {folders?.map((folder) => (
          <FolderItem key={folder.id} folder={folder} onClose={onClose} onRemove={() => void remove(folder.id)} />
        ))}
      </ul>
    </Dialog>
  );
}

interface FolderItemProps {
  readonly folder: GuardedFolder;
  readonly onClose: () => void;
  readonly onRemove: () => void;
}

function FolderItem({ folder, onClose, onRemove }: FolderItemProps) {
  const { t } = useTranslation();
  const { session, jobs } = useApp();
  const { id, root, isAvailable, problem, files, damaged, lastCheck, coverage } = folder;
  const history = useStore(jobs.store, (state) => state.entries);
  const ofRun = useAppState((state) => state.allJobs);
  const last =
    ofRun.findLast((job) => job.kind === 'guard' && job.sources[0]?.path === root)?.id ??
    history.find(({ kind, roots }) => kind === 'guard' && roots.first === root)?.id;
  const shape: { icon: LucideIcon; ink: string; word: string } =
    damaged > 0
      ? {
          icon: CircleX,
          ink: 'text-bad',
          word: t('guard.known.damaged', { count: damaged, shown: formatCount(damaged) }),
        }
      : isAvailable
        ? { icon: CircleCheck, ink: 'text-ok', word: t('guard.known.ok') }
        : { icon: TriangleAlert, ink: 'text-warn', word: problem ?? t('guard.known.unavailable') };
  const about = [
    t('guard.files', { count: files, shown: formatCount(files) }),
    lastCheck === null
      ? t('guard.neverChecked')
      : t('guard.lastCheck', { date: new Date(lastCheck).toISOString().slice(0, 10) }),
    t('guard.coverage', { percent: coverage.percent, days: coverage.days }),
  ];
  return (
    <li className="flex flex-wrap items-start gap-3 border-b border-line py-3 first:pt-0 last:border-b-0 last:pb-0">
      <shape.icon aria-hidden size={20} strokeWidth={1.9} className={`mt-0.5 shrink-0 ${shape.ink}`} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-semibold" title={makeVisible(root)}>
          <bdi>{makeVisible(root)}</bdi>
        </p>
        <p className={shape.ink}>{makeVisible(shape.word)}</p>
        {problem === null && <p className="text-sm text-ink-2">{about.join(' · ')}</p>}
      </div>
      {last !== undefined && (
        <Button
          label={t('guard.report')}
          onClick={() => {
            void jobs.open(last);
            onClose();
          }}
        />
      )}
      <Button
        label={t('guard.check')}
        look="primary"
        disabled={problem !== null}
        onClick={() => {
          void checkNow(session, id);
          onClose();
        }}
      />
      <Button label={t('guard.remove')} look="quiet" onClick={onRemove} />
    </li>
  );
}
