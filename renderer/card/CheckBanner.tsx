import { useStore } from 'zustand';
import { useApp } from '../parts/context.tsx';
import { CheckField } from './CheckField.tsx';
import { checkOf } from './check-text.ts';

/** What was pasted, compared with several files; nothing until something is. */
export function CheckBanner() {
  const { session } = useApp();
  const isShown = useStore(checkOf(session), ({ text }) => text !== '');
  if (!isShown) return null;
  return (
    <div className="shrink-0 border-b border-line bg-chrome/60 p-3">
      <CheckField isOne={false} />
    </div>
  );
}
