import { CircleCheck, TriangleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { makeVisible } from '#shared/text/visible.ts';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState } from '../parts/context.tsx';
import type { Notice } from '../state/app-state.ts';

const shortMs = 4_000;

/** Short messages at the lower edge. Problems are read out at once and stay until they are closed. */
export function Notices() {
  const notices = useAppState((state) => state.notices);
  return (
    <div className="pointer-events-none fixed right-4 bottom-16 z-50 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation();
  const { actions } = useApp();
  const isProblem = notice.kind === 'problem';
  useEffect(() => {
    // What can be undone goes when it no longer can.
    if (isProblem || notice.undo !== null) return;
    const timer = setTimeout(() => actions.dismiss(notice.id), shortMs);
    return () => clearTimeout(timer);
  }, [actions, notice, isProblem]);
  const Icon = isProblem ? TriangleAlert : CircleCheck;
  return (
    <div
      role={isProblem ? 'alert' : 'status'}
      className="pointer-events-auto flex items-start gap-2.5 rounded-lg border border-line bg-raised py-2 pr-1.5 pl-3 shadow-raised"
    >
      <Icon aria-hidden size={16} className={`mt-1 shrink-0 ${isProblem ? 'text-bad' : 'text-ok'}`} />
      <p data-selectable className="min-w-0 flex-1 py-0.5 [overflow-wrap:anywhere]">
        {makeVisible(notice.text)}
      </p>
      {notice.undo && (
        <Button label={t('notice.undo')} look="quiet" className="h-6 text-accent-ink!" onClick={notice.undo} />
      )}
      <Button
        label={t('notice.dismiss')}
        icon={X}
        look="quiet"
        showLabel="never"
        className="size-6"
        onClick={() => actions.dismiss(notice.id)}
      />
    </div>
  );
}
