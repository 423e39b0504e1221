import { type KeyboardEvent, type RefObject, useRef } from 'react';
import { useApp } from '../parts/context.tsx';
import { moveOf } from './grid-keys.ts';
import { useCopyRows, useRemoveRows } from './row-actions.ts';
import { typedPlace } from './type-ahead.ts';

interface GridKeysOptions {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly showPlace: (place: number) => void;
  /** Rows a page. */
  readonly page: number;
  readonly columns: number;
}

/** What is typed within this time belongs together, milliseconds. */
const typingMs = 900;

/** What the keys do in the grid. Everything that a pointer does with rows is among it. */
export function useGridKeys({ scroller, showPlace, page, columns }: GridKeysOptions): (event: KeyboardEvent) => void {
  const { session } = useApp();
  const { results, grid } = session;
  const copyRows = useCopyRows();
  const removeRows = useRemoveRows();
  const typed = useRef({ text: '', at: 0 });

  /** The menu of the keyboard opens at the row that it is about. */
  const openMenu = (): void => {
    const element = scroller.current;
    const row = element?.querySelector(`#row-${grid.store.getState().focused}`);
    if (element === null || row === null || row === undefined) return;
    const { left, bottom } = row.getBoundingClientRect();
    row.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 24, clientY: bottom - 4 }),
    );
  };

  const type = (key: string): void => {
    const now = performance.now();
    const text = now - typed.current.at < typingMs ? typed.current.text + key : key;
    typed.current = { text, at: now };
    const place = typedPlace(results.table, results.view, text, grid.focusedPlace);
    if (place >= 0) showPlace(grid.moveTo(place));
  };

  return (event) => {
    // Header buttons have keys of their own.
    if (event.target !== scroller.current) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const { focused } = grid.store.getState();
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const place = isCommand ? null : moveOf(key, { place: grid.focusedPlace, last: results.view.length - 1, page });
    const isTyped = !isCommand && !event.altKey && key.length === 1 && (key !== ' ' || isTyping(typed.current));
    if (place !== null) showPlace(grid.moveTo(place, event.shiftKey));
    else if (key === 'ArrowRight' && focused !== null) grid.moveCell(1, columns);
    else if (key === 'ArrowLeft' && focused !== null) grid.moveCell(-1, columns);
    else if (key === 'Enter' && focused !== null) session.app.setState({ detailsOpen: true });
    else if (key === 'Escape') session.app.setState({ detailsOpen: false });
    else if (key === 'Delete' || (key === 'Backspace' && event.metaKey)) removeRows();
    else if (key === 'ContextMenu' || (key === 'F10' && event.shiftKey)) openMenu();
    else if (isCommand && key === 'a') grid.selectAll();
    else if (isCommand && event.shiftKey && key === 'c') void copyRows('digests');
    else if (isCommand && event.shiftKey && key === 'e') void copyRows('ed2k');
    else if (isCommand && key === 'c') {
      // Text that was selected with the pointer is what is meant.
      if (!(window.getSelection()?.isCollapsed ?? true)) return;
      void copyRows('lines');
    } else if (isTyped) type(event.key);
    else if (key === ' ' && grid.focusedPlace >= 0) grid.toggle(grid.focusedPlace);
    else return;
    event.preventDefault();
  };
}

function isTyping({ text, at }: { readonly text: string; readonly at: number }): boolean {
  return text !== '' && performance.now() - at < typingMs;
}
