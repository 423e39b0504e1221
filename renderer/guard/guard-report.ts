/** How the records of a check become rows: files that are as they were have none. */
import { type GuardEntry, type GuardSummary, guardRecord } from '#shared/contract/kinds/guard.ts';
import type { ReportKind } from '../report/report-model.ts';

export type ShownState = GuardEntry['state'];

/** What people have to look at first comes first. */
export const guardShown = [
  'damaged',
  'gone',
  'unreadable',
  'older',
  'updated',
  'moved',
  'new',
  'touched',
] as const satisfies readonly ShownState[];

export const failingStates: ReadonlySet<ShownState> = new Set<ShownState>(['damaged', 'gone', 'unreadable']);

const numbers = new Map<string, number>(guardShown.map((state, number) => [state, number]));

export const guardReport: ReportKind<ShownState> = {
  statuses: guardShown,
  reader: () => ({
    rows(record) {
      const { type, state, path } = record as Partial<GuardEntry>;
      const number = numbers.get(String(state));
      return type !== 'entry' || number === undefined || path === undefined ? [] : [{ status: number, name: path }];
    },
  }),
  summaryOf(record) {
    const parsed = guardRecord.safeParse(record);
    return parsed.success && parsed.data.type === 'summary' ? parsed.data : undefined;
  },
};

/** The entry of a row, for drawing it; null for a record in a form that is not known. */
export function entryOf(record: unknown): GuardEntry | null {
  const parsed = guardRecord.safeParse(record);
  return parsed.success && parsed.data.type === 'entry' ? parsed.data : null;
}

/** Where the file is now; null where no file is, or its name is not UTF-8. */
export function fullPath(entry: GuardEntry, summary: GuardSummary | null): string | null {
  const isExact = entry.pathBase64 === undefined && entry.foundAtBase64 === undefined;
  if (summary === null || !isExact || entry.state === 'gone') return null;
  return `${summary.root.replace(/\/$/, '')}/${entry.foundAt ?? entry.path}`;
}
