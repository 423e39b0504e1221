import { FilePlus } from 'lucide-react';
import { algorithm } from '#shared/tables/algorithms.ts';
import { useAppState } from '../parts/context.tsx';
import { chosenAlgorithms } from '../state/app-state.ts';
import { dropWords } from './drop-words.ts';

/** Lies over the window while files are dragged across it, and says what a drop would do. */
export function DropOverlay({ count }: { readonly count: number }) {
  const chosen = useAppState(chosenAlgorithms);
  const starts = useAppState((state) => state.settings?.startOnAdd ?? false);
  const { title, hint } = dropWords(count, chosen?.map((name) => algorithm(name).label) ?? [], starts);
  return (
    <div className="pointer-events-none fixed inset-0 z-50 bg-canvas/85 p-3">
      <div className="flex h-full flex-col items-center justify-center gap-2 rounded-xl border-2 border-dashed border-accent bg-accent-soft px-6 text-center text-accent-ink">
        <FilePlus aria-hidden size={36} strokeWidth={1.5} />
        <p className="mt-1 text-[17px] font-semibold">{title}</p>
        <p className="text-ink-2">{hint}</p>
      </div>
    </div>
  );
}
