import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventReport } from '#shared/diagnostics/report.ts';
import { formatDuration, formatSize } from '#shared/text/quantities.ts';
import { useSnapshot, useSnapshots } from '../parts/snapshots.tsx';

function words(t: TFunction, { kind, bytes = 0, pressure = 'none', silentMs = 0, thread = 0 }: EventReport): string {
  return t(`diagnostics.event.${kind}`, {
    size: formatSize(bytes),
    level: t(`diagnostics.pressure.${pressure}`),
    time: formatDuration(silentMs / 1e3),
    thread,
  });
}

/** Pressure, trims and devices that did not answer, the newest first. */
export function Events() {
  const { t } = useTranslation();
  const snapshots = useSnapshots();
  // Events are only ever added: when the newest is the same, so are all.
  const newest = useSnapshot(({ work }) => work?.events.at(-1)?.number ?? 0);
  const events = useMemo(() => {
    const now = Date.now();
    return newest === 0
      ? []
      : snapshots
          .get()
          .work!.events.map((event) => ({ event, at: new Date(now - event.agoMs).toLocaleTimeString() }))
          .reverse();
  }, [snapshots, newest]);
  if (events.length === 0)
    return <p className="border-t border-line text-sm leading-6 text-ink-3">{t('diagnostics.event.empty')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <ol tabIndex={0} className="max-h-48 overflow-y-auto text-sm nums" aria-label={t('diagnostics.section.events')}>
      {events.map(({ event, at }) => (
        <li key={event.number} className="flex min-h-6 items-baseline gap-3 border-t border-line py-0.5">
          <time className="shrink-0 text-ink-3">{at}</time>
          <span>{words(t, event)}</span>
        </li>
      ))}
    </ol>
  );
}
