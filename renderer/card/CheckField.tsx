import { ClipboardPaste, X } from 'lucide-react';
import { type DragEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isListName } from '#shared/verify/list-name.ts';
import { Button } from '../parts/Button.tsx';
import { useApp } from '../parts/context.tsx';
import { checkOf, checkText } from './check-text.ts';
import { VerdictView } from './VerdictView.tsx';

/** Longer files are no checksum files that somebody publishes beside a download: bytes. */
const maxDropped = 16 << 20;

/** Where a digest is pasted or typed, or a checksum file is dropped; the clipboard is read by nothing but a paste. */
export function CheckField({ isOne }: { readonly isOne: boolean }) {
  const { t } = useTranslation();
  const { session } = useApp();
  const id = useId();
  const { text, verdict } = useStore(checkOf(session));
  const check = (next: string): void => void checkText(session, next);
  const onDrop = (event: DragEvent): void => {
    const [file] = event.dataTransfer.files;
    if (file === undefined || event.dataTransfer.files.length > 1 || file.size > maxDropped) return;
    // Any other file is added, wherever in the window it is dropped.
    if (!isListName(file.name)) return;
    event.preventDefault();
    void file.text().then(check);
  };
  return (
    <section aria-label={t('card.field')} className="space-y-3" onDrop={onDrop}>
      <div className="relative">
        <ClipboardPaste
          aria-hidden
          size={18}
          strokeWidth={1.75}
          className="pointer-events-none absolute top-3 left-3.5 text-ink-3"
        />
        <input
          id={id}
          type="text"
          aria-label={t('card.field')}
          aria-describedby={`${id}-hint`}
          placeholder={t('card.field')}
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => check(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && check('')}
          className="h-11 w-full rounded-lg border border-line-strong bg-canvas pr-11 pl-11 font-mono text-[14px] placeholder:font-sans"
        />
        {text !== '' && (
          <Button
            label={t('card.clear')}
            icon={X}
            look="quiet"
            showLabel="never"
            className="absolute! top-2 right-2"
            onClick={() => check('')}
          />
        )}
      </div>
      <p id={`${id}-hint`} className={verdict === null ? 'text-sm text-ink-3' : 'sr-only'}>
        {t('card.hint')}
      </p>
      <div role="status" aria-label={t('card.compared')}>
        {verdict !== null && <VerdictView verdict={verdict} isOne={isOne} />}
      </div>
    </section>
  );
}
