/**
 * Buttons that start, end or clear something go away or are disabled by what they do, and the focus
 * would fall to the body: whoever works with the keyboard would begin at the top again. It lands on
 * what comes next instead. A focus that was not lost stays where it is.
 */
import { useEffect, useRef } from 'react';
import { useAppState } from '../parts/context.tsx';
import { isActive } from '../state/jobs.ts';

type Landing = 'progress' | 'results' | 'sources';

function isUsable(element: Element): boolean {
  return element.isConnected && !element.matches(':disabled');
}

/** Whether nothing has the focus; a browser may name a button for a while after it was disabled. */
function isFocusLost(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body || !isUsable(activeElement);
}

export function useKeptFocus(): void {
  /** What a person focused last; null when they clicked beside everything that takes the focus. */
  const last = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const focused = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement) last.current = target;
    };
    const pressed = ({ target }: PointerEvent): void => {
      if (!last.current?.contains(target as Node)) last.current = null;
    };
    document.addEventListener('focusin', focused);
    document.addEventListener('pointerdown', pressed);
    return () => {
      document.removeEventListener('focusin', focused);
      document.removeEventListener('pointerdown', pressed);
    };
  }, []);

  const landing = useAppState(({ jobs, starting }): Landing | null => {
    const active = jobs.filter(isActive);
    // What comes next is not there yet.
    if (starting || (active.length > 0 && active.every((job) => job.state === 'cancelling'))) return null;
    if (active.length > 0) return 'progress';
    return jobs.length > 0 ? 'results' : 'sources';
  });
  // What was removed from the list took its button along.
  const waiting = useAppState(({ sources }) => sources.length);
  useEffect(() => {
    if (landing === null || last.current === null || !isFocusLost()) return;
    const next = isUsable(last.current)
      ? last.current
      : document.querySelector<HTMLElement>(`[data-landing=${landing}]`);
    next?.focus();
  }, [landing, waiting]);
}
