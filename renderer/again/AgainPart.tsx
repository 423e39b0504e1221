import { clsx } from 'clsx';
import { CircleCheck, RefreshCw, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Rehashed } from '#shared/contract/models.ts';
import { errorCodes } from '#shared/tables/error-codes.ts';
import { Button } from '../parts/Button.tsx';
import { useApp } from '../parts/context.tsx';
import { isAlarming, keyOf } from './again-store.ts';

/** The last answer for a row; null when it was not hashed again. */
export function useAgain(row: number): Rehashed | null {
  const { session } = useApp();
  return useStore(session.again, ({ answers }) => answers.get(keyOf(session.results.table, row)) ?? null);
}

/** Hashes the row again, and tells what came of it. */
export function AgainPart({ row }: { readonly row: number }) {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  const busy = useStore(session.again, (state) => state.run !== null);
  const answer = useAgain(row);
  return (
    <div>
      <Button
        label={t(busy ? 'again.busy' : 'again.button')}
        icon={RefreshCw}
        disabled={busy}
        onClick={() => void actions.hashAgain([row])}
      />
      <div role="status" aria-label={t('again.name')}>
        {answer && !busy && <Answer answer={answer} />}
      </div>
    </div>
  );
}

function Answer({ answer }: { readonly answer: Rehashed }) {
  const { t } = useTranslation();
  const bad = isAlarming(answer);
  const Icon = bad ? TriangleAlert : CircleCheck;
  const reason = errorCodes.find(({ code }) => code === answer.error);
  return (
    <div className="mt-2 flex items-start gap-1.5">
      <Icon aria-hidden size={14} className={clsx('mt-1 shrink-0', bad ? 'text-bad' : 'text-ok')} />
      <p className="text-ink-2">
        {t(`again.means.${answer.outcome}`)}
        {reason && ` ${t('details.reason', { message: reason.message, code: reason.code })}`}
      </p>
    </div>
  );
}
