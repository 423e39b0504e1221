import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';

export type StatusTone = 'good' | 'bad' | 'unsure' | 'plain';

export interface StatusLook {
  readonly icon: LucideIcon;
  readonly tone: StatusTone;
}

const colours: Record<StatusTone, string> = {
  good: 'text-ok',
  bad: 'text-bad',
  unsure: 'text-warn',
  plain: 'text-ink-3',
};

/** A status in shape, word and colour. */
export function StatusWord({ look, word }: { readonly look: StatusLook; readonly word: string }) {
  const { icon: Icon, tone } = look;
  return (
    <span className={clsx('flex min-w-0 items-center gap-1.5', colours[tone])}>
      <Icon aria-hidden size={14} strokeWidth={2} className="shrink-0" />
      <span className="truncate">{word}</span>
    </span>
  );
}
