/** What the shown job is about, and what came of it: the verdict is the largest text of the window. */
import { CircleCheck, CircleX, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { makeVisible } from '#shared/text/visible.ts';
import { useApp, useAppState } from '../parts/context.tsx';
import type { Tone, Verdict } from './verdict.ts';

/** Each has a shape of its own: colour alone tells nothing to many. */
const shapes: Partial<Record<Tone, { icon: LucideIcon; ink: string; ground: string }>> = {
  good: { icon: CircleCheck, ink: 'text-ok', ground: 'bg-ok-soft' },
  bad: { icon: CircleX, ink: 'text-bad', ground: 'bg-bad-soft' },
  unsure: { icon: TriangleAlert, ink: 'text-warn', ground: 'bg-warn-soft' },
};

interface JobHeaderProps {
  /** In small, above the verdict. */
  readonly title: string;
  /** What else matters, below it. */
  readonly about?: ReactNode;
  readonly verdict: Verdict;
  /** What is done next. */
  readonly children?: ReactNode;
}

export function JobHeader({ title, about, verdict, children }: JobHeaderProps) {
  const { t } = useTranslation();
  const shape = shapes[verdict.tone];
  const Icon = shape?.icon;
  return (
    <section
      aria-label={t('verdict.region')}
      data-tone={verdict.tone}
      className={`flex shrink-0 items-center gap-3 border-b border-line px-3.5 py-2 ${shape?.ground ?? 'bg-canvas'}`}
    >
      {Icon && <Icon aria-hidden size={26} strokeWidth={1.9} className={`shrink-0 ${shape.ink}`} />}
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm text-ink-2" title={makeVisible(title)}>
          <bdi>{makeVisible(title)}</bdi>
        </p>
        {/* Told when it changes: whoever does not look at it hears how a job ended. */}
        <h2
          aria-live="polite"
          className={`text-[19px] leading-6 font-semibold text-balance ${shape?.ink ?? 'text-ink'}`}
        >
          {makeVisible(verdict.text)}
        </h2>
        {about !== undefined && <div className="truncate text-sm text-ink-2">{about}</div>}
      </div>
      {children}
    </section>
  );
}

/** What is shown, as its kind judges it. */
export function useShownVerdict(): Verdict | null {
  const { session } = useApp();
  const job = useAppState((state) => state.jobs.at(-1));
  return job === undefined ? null : session.kinds.verdict(job);
}
