import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/Dialog.tsx';

const parts = ['adding', 'algorithms', 'exporting', 'jobs', 'privacy'] as const;

/** What hashing alone can come to; the words of the others belong to verifying. */
const shownStatuses = ['ok', 'changed', 'missing', 'unreadable', 'skipped', 'cancelled'] as const;

/** The manual, in the words of the window. Needs no network. */
export function GuideDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('commands.guide')} width="w-[38rem]" onClose={onClose}>
      <div data-selectable className="space-y-4">
        {parts.map((part) => (
          <section key={part}>
            <h3 className="font-semibold">{t(`guide.${part}.title`)}</h3>
            <p className="text-ink-2">{t(`guide.${part}.text`)}</p>
          </section>
        ))}
        <section>
          <h3 className="font-semibold">{t('guide.statuses.title')}</h3>
          <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            {shownStatuses.map((status) => (
              <div key={status} className="contents">
                <dt className="font-medium">{t(`status.${status}.word`)}</dt>
                <dd className="text-ink-2">{t(`status.${status}.means`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
