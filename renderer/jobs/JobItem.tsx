import { clsx } from 'clsx';
import type { TFunction } from 'i18next';
import { Ban, CircleCheck, CircleX, Ellipsis, type LucideIcon, TriangleAlert } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { type KeyboardEvent, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { limits } from '#shared/contract/models.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { guardFolderOf } from '../guard/guard-actions.ts';
import { useApp, useAppState, useLive } from '../parts/context.tsx';
import { menuItem, menuSurface } from '../parts/menu.ts';
import { fractionOf, useShownReport } from '../report/useShownReport.ts';
import type { Tone } from '../verdict/verdict.ts';
import type { JobRow } from './job-rows.ts';

const marks: Partial<Record<Tone, { icon: LucideIcon; ink: string }>> = {
  good: { icon: CircleCheck, ink: 'text-ok' },
  bad: { icon: CircleX, ink: 'text-bad' },
  unsure: { icon: TriangleAlert, ink: 'text-warn' },
};

interface JobItemProps {
  readonly row: JobRow;
  /** Tab reaches it; arrows reach the others. */
  readonly isLanding: boolean;
}

/** One job: a click shows its results, the menu has the rest. */
export function JobItem({ row, isLanding }: JobItemProps) {
  const { t } = useTranslation();
  const { session, jobs: model } = useApp();
  const isShown = useAppState((state) => state.jobs.some((job) => job.id === row.id));
  const isRenaming = useStore(model.store, (state) => state.renaming === row.id);
  const trigger = useRef<HTMLDivElement>(null);
  const verdictId = useId();
  const title = titleOf(t, row);
  const verdict = session.kinds.verdict(row);
  const Icon = session.kinds.feature(row.kind).icon;
  const mark = marks[verdict.tone];
  const openMenu = (): void => {
    const box = trigger.current?.getBoundingClientRect();
    const at = { clientX: (box?.right ?? 0) - 12, clientY: (box?.bottom ?? 0) - 8 };
    trigger.current?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...at }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'F2') model.startRenaming(row.id);
    else if (event.key === 'Delete' && !row.isActive) model.remove(row.id, title);
    else return;
    event.preventDefault();
  };
  if (isRenaming) return <RenameField row={row} />;
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>
        <div ref={trigger} className={clsx('group relative rounded-md', isShown ? 'bg-accent-soft' : 'hover:bg-hover')}>
          <button
            type="button"
            data-job={row.id}
            tabIndex={isLanding ? 0 : -1}
            aria-current={isShown || undefined}
            aria-describedby={verdictId}
            onClick={() => void model.open(row.id)}
            onKeyDown={onKeyDown}
            className="flex w-full items-start gap-2 rounded-md py-1.5 pr-7 pl-2 text-left"
          >
            <Icon aria-hidden size={15} strokeWidth={1.75} className="mt-0.5 shrink-0 text-ink-3" />
            <span className="min-w-0 flex-1">
              <span className="sr-only">{t(`kind.${row.kind}`)} </span>
              <bdi className="block truncate" title={title}>
                {title}
              </bdi>
              <span id={verdictId} className="flex items-center gap-1 text-sm text-ink-2">
                {mark && <mark.icon aria-hidden size={12} strokeWidth={2.2} className={`shrink-0 ${mark.ink}`} />}
                {row.state === 'cancelled' && !mark && <Ban aria-hidden size={12} className="shrink-0 text-ink-3" />}
                <span className="truncate" title={verdict.text}>
                  {verdict.text}
                </span>
                {row.isActive && <Percent id={row.id} />}
              </span>
              {row.isActive && <ProgressLine id={row.id} />}
            </span>
          </button>
          <button
            type="button"
            tabIndex={-1}
            aria-label={t('jobs.menu', { name: title })}
            onClick={openMenu}
            className="absolute top-1.5 right-1 grid size-6 place-items-center rounded opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:bg-canvas"
          >
            <Ellipsis aria-hidden size={15} />
          </button>
        </div>
      </ContextMenu.Trigger>
      <ContextMenu.Content className={menuSurface} onCloseAutoFocus={(event) => event.preventDefault()}>
        <Items row={row} title={title} />
      </ContextMenu.Content>
    </ContextMenu.Root>
  );
}

function titleOf(t: TFunction, { title, others }: JobRow): string {
  const name = makeVisible(title);
  return others === 0 ? name : t('jobs.roots', { name, others });
}

/** How much of the job is done, 0 … 1; null where that is not known. */
function useFraction(id: number): number | null {
  const isShown = useAppState((state) => state.jobs.at(-1)?.id === id);
  const report = useShownReport();
  const read = useLive((state) => state.fractions.get(id));
  return (isShown && report !== null ? fractionOf(report) : read) ?? null;
}

function Percent({ id }: { readonly id: number }) {
  const { t } = useTranslation();
  const fraction = useFraction(id);
  if (fraction === null) return null;
  return <span className="ml-auto shrink-0 nums">{t('jobs.percent', { percent: Math.floor(fraction * 100) })}</span>;
}

function ProgressLine({ id }: { readonly id: number }) {
  const fraction = useFraction(id);
  if (fraction === null) return null;
  return (
    <span aria-hidden className="mt-1 block h-[3px] overflow-hidden rounded-full bg-line-strong">
      <span
        className="block h-full w-full origin-left bg-accent transition-transform duration-150 ease-linear"
        style={{ transform: `scaleX(${fraction})` }}
      />
    </span>
  );
}

function Items({ row, title }: { readonly row: JobRow; readonly title: string }) {
  const { t } = useTranslation();
  const { session, jobs: model } = useApp();
  const isOfRun = useAppState((app) =>
    app.allJobs.some((job) => job.id === row.id && job.sources.length === 1 && job.sources[0]!.kind === 'folder'),
  );
  const { id, kind, state, isActive, canContinue } = row;
  const item = (label: string, act: () => void, disabled = false) => (
    <ContextMenu.Item className={menuItem} disabled={disabled} onSelect={act}>
      {label}
    </ContextMenu.Item>
  );
  return (
    <>
      {isActive && state === 'running' && item(t('jobs.pause'), () => void model.pause(id))}
      {isActive && state === 'paused' && item(t('jobs.resume'), () => void model.resume(id))}
      {isActive && item(t('jobs.cancel'), () => void model.cancel(id), state === 'cancelling')}
      {canContinue && item(t('jobs.continue'), () => void model.continue(id))}
      {kind === 'hash' && state === 'finished' && row.others === 0 && isOfRun
        ? item(t('guard.folder'), () => void guardFolderOf(session, id))
        : null}
      {item(t('jobs.rename'), () => model.startRenaming(id))}
      <ContextMenu.Separator className="my-1 h-px bg-line" />
      {item(t('jobs.remove'), () => model.remove(id, title), isActive || state === 'running')}
    </>
  );
}

/** Stands where the job stands while its name is changed. */
function RenameField({ row }: { readonly row: JobRow }) {
  const { t } = useTranslation();
  const { jobs: model } = useApp();
  const isDone = useRef(false);
  const finish = (name: string | null): void => {
    if (isDone.current) return;
    isDone.current = true;
    if (name === null) model.startRenaming(null);
    else void model.rename(row.id, name);
  };
  return (
    <input
      type="text"
      aria-label={t('jobs.newName')}
      defaultValue={row.name ?? row.title}
      maxLength={limits.jobNameLength}
      spellCheck={false}
      // The person has just asked for it.
      ref={(element) => {
        if (element !== null && document.activeElement !== element) element.select();
      }}
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') finish(null);
      }}
      className="my-1 h-8 w-full rounded-md border border-accent bg-canvas px-2"
    />
  );
}
