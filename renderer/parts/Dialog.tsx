/**
 * A modal dialog on the browser's own `<dialog>`: focus is kept inside, Escape closes it, and no
 * style element is injected, which the CSP would refuse.
 */
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';

interface DialogProps {
  readonly title: string;
  /** Tailwind width, such as `w-[30rem]`. */
  readonly width: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
}

export function Dialog({ title, width, onClose, children, footer }: DialogProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        // A field takes its value when it is left.
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        onClose();
      }}
      className={`${width} m-auto max-h-[88vh] max-w-[calc(100vw-2rem)] overflow-hidden rounded-xl border border-line bg-raised text-ink shadow-raised open:flex open:flex-col`}
    >
      <header className="flex h-12 shrink-0 items-center justify-between border-b border-line pr-3 pl-5">
        <h2 id={titleId} className="text-lg font-semibold">
          {title}
        </h2>
        <Button label={t('dialog.close')} icon={X} look="quiet" showLabel="never" onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
      {footer && (
        <footer className="flex shrink-0 items-center justify-end gap-2 border-t border-line bg-chrome px-5 py-3">
          {footer}
        </footer>
      )}
    </dialog>
  );
}
