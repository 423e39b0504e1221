import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { WorkReport } from '#shared/diagnostics/report.ts';
import { LiveText, type Snapshot, useSnapshot } from './snapshots.tsx';

/** A row as it is now; undefined when it has gone and the table was not yet drawn anew. */
export type RowOf<Row> = (snapshot: Snapshot) => Row | undefined;

export interface Column<Row> {
  readonly title: string;
  readonly kind: 'text' | 'number' | 'wide';
  /** Either the text of a cell, kept up to date, or what stands in it. */
  readonly text?: (row: Row) => string;
  readonly warns?: (row: Row) => boolean;
  readonly cell?: (row: RowOf<Row>) => ReactNode;
}

interface LiveTableProps<Row> {
  readonly name: string;
  readonly rows: (work: WorkReport) => readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly empty: string;
}

const look = { text: 'text-left', number: 'text-right', wide: 'w-full max-w-0 overflow-hidden text-left' } as const;

/** A table of figures. Rows keep their place, so the index is their key. */
export function LiveTable<Row>({ name, rows, columns, empty }: LiveTableProps<Row>) {
  const count = useSnapshot(({ work }) => (work === null ? 0 : rows(work).length));
  return (
    <table aria-label={name} className="w-full border-collapse text-sm nums">
      <thead>
        <tr>
          {columns.map(({ title, kind }) => (
            <th
              key={title}
              scope="col"
              className={clsx(
                'pr-3 pb-0.5 font-normal whitespace-nowrap text-ink-3 last:pr-0',
                look[kind],
                kind === 'wide' && 'text-ellipsis',
              )}
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: count }, (_, index) => {
          const row: RowOf<Row> = ({ work }) => (work === null ? undefined : rows(work)[index]);
          return (
            <tr key={index} className="border-t border-line">
              {columns.map(({ title, kind, text, warns, cell }, column) => (
                <td
                  key={title}
                  className={clsx('h-6 pr-3 whitespace-nowrap last:pr-0', look[kind], column === 0 && 'text-ink-2')}
                >
                  {cell?.(row)}
                  {text && (
                    <LiveText
                      text={(snapshot) => {
                        const now = row(snapshot);
                        return now === undefined ? '' : text(now);
                      }}
                      {...(warns && {
                        warns: (snapshot: Snapshot) => {
                          const now = row(snapshot);
                          return now !== undefined && warns(now);
                        },
                      })}
                    />
                  )}
                </td>
              ))}
            </tr>
          );
        })}
        {count === 0 && (
          <tr className="border-t border-line">
            <td colSpan={columns.length} className="h-6 text-ink-3">
              {empty}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
