import { LoaderCircle, Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState } from '../parts/context.tsx';

/** Says that the host is gone and what can be done; nothing while all is well. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const { session } = useApp();
  const connection = useAppState((state) => state.connection);
  if (connection === 'connected') return null;
  if (connection === 'connecting') {
    return (
      <p role="status" className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3.5 text-ink-2">
        <LoaderCircle aria-hidden size={15} className="animate-spin" /> {t('connection.connecting')}
      </p>
    );
  }
  return (
    <div
      role="alert"
      className="flex min-h-10 shrink-0 items-center gap-2.5 border-b border-line bg-warn-soft px-3.5 py-1.5"
    >
      <Unplug aria-hidden size={16} className="shrink-0 text-warn" />
      <p className="flex-1">
        <strong className="font-semibold">{t('connection.lost')}</strong>{' '}
        <span className="text-ink-2">
          {t(session.client.capabilities.canBrowseServer ? 'connection.lostHintWeb' : 'connection.lostHint')}
        </span>
      </p>
      <Button label={t('connection.tryNow')} onClick={() => session.client.reconnect()} />
    </div>
  );
}
