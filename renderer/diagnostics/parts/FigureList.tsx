import type { ProcessReading } from '#shared/contract/models.ts';
import type { WorkReport } from '#shared/diagnostics/report.ts';
import { LiveText } from './snapshots.tsx';

export interface Figure {
  readonly label: string;
  readonly work?: (work: WorkReport) => string;
  readonly process?: (process: ProcessReading) => string;
  readonly warns?: (work: WorkReport) => boolean;
}

/** Figures under their names, one a line. */
export function FigureList({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className="text-sm nums">
      {figures.map(({ label, work, process, warns }) => (
        <div key={label} className="flex h-6 items-center justify-between gap-3 border-t border-line">
          <dt className="truncate text-ink-2">{label}</dt>
          <dd className="shrink-0">
            <LiveText
              text={(snapshot) =>
                (snapshot.work && work?.(snapshot.work)) ??
                (snapshot.process && process?.(snapshot.process)) ??
                undefined
              }
              {...(warns && { warns: ({ work: now }) => now !== null && warns(now) })}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}
