import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useApp, useResults } from '../parts/context.tsx';

/**
 * Keeps the rows that are on the screen where they are while others arrive above them; at the top the newest are shown.
 * Another order or filter begins anew.
 */
export function useStillRows(scroller: RefObject<HTMLDivElement | null>, factor: number, rowHeight: number): void {
  const { session } = useApp();
  const { results, grid } = session;
  const version = useResults((state) => state.version);
  const sort = useResults((state) => state.sort);
  const filter = useResults((state) => state.filter);
  const reveal = useStore(grid.store, (state) => state.reveal);
  /** The first row on the screen, and the pixels of it that are scrolled away. */
  const first = useRef<{ row: number; above: number } | null>(null);
  const arranged = useRef({ sort, filter });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const note = (): void => {
      const from = element.scrollTop * factor;
      const place = Math.floor(from / rowHeight);
      first.current =
        from > 0 && place < results.view.length
          ? { row: results.view.rowAt(place), above: from - place * rowHeight }
          : null;
    };
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [scroller, results, factor, rowHeight]);

  useLayoutEffect(() => {
    const element = scroller.current;
    const isSame = arranged.current.sort === sort && arranged.current.filter === filter;
    arranged.current = { sort, filter };
    if (element === null || version === 0) return;
    if (reveal !== null) {
      const place = results.view.placeOf(reveal);
      if (place < 0) return;
      element.scrollTop = Math.max(0, place * rowHeight - element.clientHeight / 3) / factor;
      grid.store.setState({ reveal: null });
      return;
    }
    if (first.current === null || !isSame) return;
    const place = results.view.placeOf(first.current.row);
    if (place >= 0) element.scrollTop = (place * rowHeight + first.current.above) / factor;
  }, [scroller, results, grid, reveal, version, sort, filter, factor, rowHeight]);
}
