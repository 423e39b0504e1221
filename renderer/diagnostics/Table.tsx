import { clsx } from 'clsx';
import type { ReactNode } from 'react';

interface TableProps {
  readonly name: string;
  readonly head: readonly string[];
  /** Columns from this one on hold numbers. */
  readonly numbersFrom: number;
  /** The column that takes the room that is left, and gives it up first. */
  readonly widest?: number;
  readonly rows: readonly (readonly ReactNode[])[];
  readonly empty: string;
}

/** A small table of figures. Rows keep their place, so the index is their key. */
export function Table({ name, head, numbersFrom, widest, rows, empty }: TableProps) {
  return (
    <table aria-label={name} className="w-full border-collapse text-sm nums">
      <thead>
        <tr>
          {head.map((title, column) => (
            <th
              key={title}
              scope="col"
              className={clsx(
                'pb-0.5 pr-3 font-normal text-ink-3 last:pr-0',
                column >= numbersFrom ? 'text-right' : 'text-left',
              )}
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          <tr key={row} className="border-t border-line">
            {cells.map((cell, column) => (
              <td
                key={head[column]}
                className={clsx(
                  'h-6 pr-3 whitespace-nowrap last:pr-0',
                  column === widest && 'w-full max-w-0 overflow-hidden text-ellipsis',
                  column >= numbersFrom ? 'text-right' : 'text-left',
                  column === 0 && 'text-ink-2',
                )}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
        {rows.length === 0 && (
          <tr className="border-t border-line">
            <td colSpan={head.length} className="h-6 text-ink-3">
              {empty}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
