import { useEffect, useState } from 'react';
import { useApp } from '../parts/context.tsx';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/**
 * Makes the whole window take drops; true while files are dragged over it. A drop that nobody
 * handles would make the window navigate to the file.
 */
export function useDrop(): boolean {
  const { session, actions } = useApp();
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      event.preventDefault();
      if (event.dataTransfer === null) return;
      const accepts = carriesFiles(event) && session.app.getState().connection === 'connected';
      event.dataTransfer.dropEffect = accepts ? 'copy' : 'none';
      setIsOver(accepts);
    };
    const leave = (event: DragEvent): void => {
      // Leaving one element for another inside the window names the other; leaving the window, none.
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent): void => {
      // What lies below the pointer may have taken it already.
      const isTaken = event.defaultPrevented;
      event.preventDefault();
      setIsOver(false);
      if (!isTaken && event.dataTransfer !== null && carriesFiles(event)) void actions.addDropped(event.dataTransfer);
    };
    window.addEventListener('dragenter', over);
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', over);
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [session, actions]);
  return isOver;
}
