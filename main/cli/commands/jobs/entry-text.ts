/** Jobs of the history for people. */
import type { HistoryEntry } from '#shared/contract/history.ts';
import { jobIdText } from '#shared/jobs/job-id.ts';
import { makeVisible } from '#shared/text/visible.ts';

const date = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`;

const about = ({ roots, name }: HistoryEntry): string => {
  const more = roots.count > 1 ? ` and ${roots.count - 1} more` : '';
  return makeVisible(name === null ? `${roots.first}${more}` : `${name} (${roots.first}${more})`);
};

/** A line a job: id, start, kind, state or verdict, files, what it is about. */
export function listText(entries: readonly HistoryEntry[]): string {
  return entries
    .map((entry) => {
      const files = entry.totals === null ? '-' : String(entry.totals.files);
      const state = entry.outcome?.verdict ?? entry.state;
      const cells = [
        jobIdText(entry.id),
        date(entry.startedAt),
        entry.kind.padEnd(8),
        state.padEnd(11),
        files.padStart(9),
      ];
      return `${[...cells, about(entry)].join('  ')}${entry.keep ? '  (kept)' : ''}\n`;
    })
    .join('');
}

export function entryText(entry: HistoryEntry): string {
  const { totals, outcome, failure } = entry;
  const lines: [string, string | undefined][] = [
    ['job', jobIdText(entry.id)],
    ['name', entry.name ?? undefined],
    ['kind', entry.kind],
    ['state', entry.state],
    ['started', date(entry.startedAt)],
    ['ended', entry.endedAt === null ? undefined : date(entry.endedAt)],
    ['about', about({ ...entry, name: null })],
    ['algorithms', entry.algorithms.join(', ') || undefined],
    [
      'files',
      totals === null
        ? undefined
        : `${totals.files}: ${totals.ok} ok, ${totals.failed} failed, ${totals.skipped} skipped`,
    ],
    ['bytes', totals === null ? undefined : String(totals.bytes)],
    ['verdict', outcome?.verdict],
    ['failure', failure === null ? undefined : `${failure.message} (${failure.code})`],
    ['journal', `${entry.bytes} bytes`],
    ['kept', entry.keep ? 'yes' : undefined],
  ];
  return lines
    .filter(([, value]) => value !== undefined)
    .map(([label, value]) => `${`${label}:`.padEnd(12)}${makeVisible(value!)}\n`)
    .join('');
}
