import { FilePlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Lies over the window while files are dragged across it. */
export function DropOverlay() {
  const { t } = useTranslation();
  return (
    <div className="pointer-events-none fixed inset-0 z-50 bg-canvas/85 p-3">
      <div className="flex h-full flex-col items-center justify-center gap-3 rounded-xl border-2 border-dashed border-accent bg-accent-soft text-accent-ink">
        <FilePlus aria-hidden size={36} strokeWidth={1.5} />
        <p className="text-[17px] font-semibold">{t('empty.release')}</p>
      </div>
    </div>
  );
}
