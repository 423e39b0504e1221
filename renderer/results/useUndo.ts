import { useEffect } from 'react';
import { useApp } from '../parts/context.tsx';

/** Ctrl+Z undoes what a message offers to undo, and after that what was removed from the table. */
export function useUndo(): void {
  const { session } = useApp();
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== 'z') return;
      const { target } = event;
      if (target instanceof HTMLElement && target.matches('input, textarea')) return;
      const undo = session.app.getState().notices.findLast((notice) => notice.undo !== null)?.undo;
      if (undo) undo();
      else if (!session.results.undoRemoval()) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [session]);
}
