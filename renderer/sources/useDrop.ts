import { useEffect, useState } from 'react';
import { useApp } from '../parts/context.tsx';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

function countOf({ items }: DataTransfer): number {
  return Array.from(items).filter(({ kind }) => kind === 'file').length;
}

/**
 * Makes the whole window take drops; how many things are dragged over it, as far as the platform says, or null. A drop that nobody
 * handles would make the window navigate to the file.
 */
export function useDrop(): number | null {
  const { session, actions } = useApp();
  const [over, setOver] = useState<number | null>(null);
  useEffect(() => {
    const move = (event: DragEvent): void => {
      event.preventDefault();
      if (event.dataTransfer === null) return;
      const accepts = carriesFiles(event) && session.app.getState().connection === 'connected';
      event.dataTransfer.dropEffect = accepts ? 'copy' : 'none';
      setOver(accepts ? countOf(event.dataTransfer) : null);
    };
    const leave = (event: DragEvent): void => {
      // Leaving one element for another inside the window names the other; leaving the window, none.
      if (event.relatedTarget === null) setOver(null);
    };
    const drop = (event: DragEvent): void => {
      // What lies below the pointer may have taken it already.
      const isTaken = event.defaultPrevented;
      event.preventDefault();
      setOver(null);
      if (!isTaken && event.dataTransfer !== null && carriesFiles(event)) void actions.addDropped(event.dataTransfer);
    };
    window.addEventListener('dragenter', move);
    window.addEventListener('dragover', move);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', move);
      window.removeEventListener('dragover', move);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [session, actions]);
  return over;
}
