import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useApp, useAppState } from '../parts/context.tsx';
import { ReportModel } from './report-model.ts';

export interface ShownReport {
  /** Entries that have come. */
  readonly entries: number;
  /** Entries in all, where that is known. */
  readonly expected: number | null;
}

const noStore = createStore(() => ({ total: 0 }));

/** How far the report is that is shown; null where something else is shown, or nothing. */
export function useShownReport(): ShownReport | null {
  const { session } = useApp();
  const job = useAppState((state) => state.jobs.at(-1));
  const expected = useAppState((state) => (job === undefined ? undefined : state.expectedEntries.get(job.id)));
  const model = job === undefined ? null : session.kinds.of(job.kind);
  const report = model instanceof ReportModel ? model : null;
  const entries = useStore(report?.store ?? noStore, (state: { readonly total: number }) => state.total);
  return report === null ? null : { entries, expected: expected ?? null };
}

/** How much of it is done, 0 … 1; null where it is not known how many entries there are. */
export function fractionOf({ entries, expected }: ShownReport): number | null {
  return expected === null || expected === 0 ? null : Math.min(1, entries / expected);
}
