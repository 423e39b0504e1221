/**
 * What the panel shows: the report's sections, made once a reading. Text that changes with every reading is
 * written into its text node, past React: a hundred components drawn ten times a second cost a tenth of a core.
 */
import { createContext, useContext, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { ProcessReading, SystemInfo } from '#shared/contract/models.ts';
import { makeWorkReport } from '#shared/diagnostics/make-report.ts';
import type { WorkReport } from '#shared/diagnostics/report.ts';
import type { StatsReading } from '#shared/stats/reader.ts';
import { useApp, useAppState } from '../../parts/context.tsx';
import type { LiveState } from '../../state/live-state.ts';

export interface Snapshot {
  readonly reading: StatsReading | null;
  /** With names; null before the first reading. */
  readonly work: WorkReport | null;
  readonly process: ProcessReading | null;
}

/** Five times a second is as fast as figures can be read. */
const leastMs = 180;

export class Snapshots {
  readonly #live: StoreApi<LiveState>;
  readonly #about: SystemInfo | null;
  readonly #listeners = new Set<() => void>();
  #stop: (() => void) | null = null;
  #made: Snapshot = { reading: null, work: null, process: null };
  #madeAt = 0;

  constructor(live: StoreApi<LiveState>, about: SystemInfo | null) {
    this.#live = live;
    this.#about = about;
  }

  /** The same object until something changes. */
  get = (): Snapshot => {
    const { reading, process } = this.#live.getState();
    const isFirst = this.#made.reading === null || this.#made.process === null;
    if (this.#made.reading === reading && this.#made.process === process) return this.#made;
    // The next reading is not far.
    if (!isFirst && performance.now() - this.#madeAt < leastMs) return this.#made;
    const work =
      reading === null ? null : makeWorkReport({ about: this.#about, reading, clockMs: process?.clockMs ?? 0 }, true);
    this.#made = { reading, work, process };
    this.#madeAt = performance.now();
    return this.#made;
  };

  /** Listens to the engine only while somebody listens here. */
  watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#stop ??= this.#live.subscribe(this.#tell);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = null;
    };
  };

  #tell = (): void => {
    const before = this.#made;
    if (this.get() !== before) for (const listener of this.#listeners) listener();
  };
}

const Context = createContext<Snapshots | null>(null);
export const SnapshotsProvider = Context.Provider;

export function useMadeSnapshots(): Snapshots {
  const { live } = useApp().session;
  const about = useAppState((state) => state.system);
  return useMemo(() => new Snapshots(live, about), [live, about]);
}

export function useSnapshots(): Snapshots {
  const value = useContext(Context);
  if (value === null) throw new Error('useSnapshots is called outside the panel.');
  return value;
}

/** Draws whenever what is selected changes: for what seldom does, such as how many rows there are. */
export function useSnapshot<T extends string | number | boolean | null>(select: (snapshot: Snapshot) => T): T {
  const snapshots = useSnapshots();
  return useSyncExternalStore(snapshots.watch, () => select(snapshots.get()));
}

/** Calls `show` now and with every snapshot from then on. */
function useShown<E extends Element>(show: (element: E, snapshot: Snapshot) => void) {
  const snapshots = useSnapshots();
  const element = useRef<E>(null);
  const latest = useRef(show);
  latest.current = show;
  useLayoutEffect(() => {
    let shown: Snapshot | null = null;
    const draw = (): void => {
      const snapshot = snapshots.get();
      if (snapshot === shown) return;
      shown = snapshot;
      latest.current(element.current!, snapshot);
    };
    draw();
    return snapshots.watch(draw);
  }, [snapshots]);
  return element;
}

interface LiveTextProps {
  /** undefined: not known, shown as a dash. */
  readonly text: (snapshot: Snapshot) => string | undefined;
  /** What is out of the ordinary. */
  readonly warns?: (snapshot: Snapshot) => boolean;
}

export function LiveText({ text, warns }: LiveTextProps) {
  const element = useShown<HTMLSpanElement>((span, snapshot) => {
    const next = text(snapshot) ?? '—';
    const node = span.firstChild as Text | null;
    if (node === null) span.textContent = next;
    else if (node.data !== next) node.data = next;
    if (warns !== undefined) span.classList.toggle('text-warn', warns(snapshot));
  });
  return <span ref={element} />;
}

interface LiveBarProps {
  /** 0 … 1 each: the filled part, and from where on nothing may be filled. */
  readonly filled: (snapshot: Snapshot) => number;
  readonly limit?: (snapshot: Snapshot) => number;
}

const inRange = (part: number): number => (Number.isFinite(part) ? Math.min(1, Math.max(0, part)) : 0);

/** The picture of a figure that stands beside it. */
export function LiveBar({ filled, limit }: LiveBarProps) {
  const element = useShown<HTMLDivElement>((bar, snapshot) => {
    const [fill, mark] = bar.children as unknown as [HTMLElement, HTMLElement];
    fill.style.transform = `scaleX(${inRange(filled(snapshot)).toFixed(4)})`;
    const at = limit === undefined ? 1 : inRange(limit(snapshot));
    mark.style.left = `${(at * 100).toFixed(2)}%`;
    mark.hidden = at === 1;
  });
  return (
    <div ref={element} aria-hidden className="relative h-1 w-full overflow-hidden rounded-full bg-line">
      <div className="h-full w-full origin-left bg-accent" />
      <div className="absolute inset-y-0 w-0.5 bg-warn" />
    </div>
  );
}
