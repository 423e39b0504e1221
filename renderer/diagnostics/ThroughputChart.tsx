import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatRate } from '#shared/text/quantities.ts';
import { useApp } from '../parts/context.tsx';
import { ThroughputHistory } from './throughput.ts';

const height = 150;
const shownSeconds = 60;
/** The scale never shows less than this, so that an idle engine draws a flat line, not noise. */
const leastRate = 1e6;

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

interface Names {
  readonly read: string;
  readonly hashed: string;
  readonly now: string;
}

function makeChart(parent: HTMLElement, names: Names): uPlot {
  const grid = { stroke: colour('--line'), width: 1 };
  const font = '11px system-ui, sans-serif';
  return new uPlot(
    {
      width: parent.clientWidth,
      height,
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { time: false, range: [-shownSeconds, 0] },
        y: { range: (_, __, most) => [0, Math.max(leastRate, most * 1.1)] },
      },
      axes: [
        {
          stroke: colour('--ink-3'),
          grid: { show: false },
          ticks: { show: false },
          font,
          size: 22,
          splits: [-60, -45, -30, -15, 0],
          values: (_, splits) => splits.map((second) => (second === 0 ? names.now : `${second} s`)),
        },
        {
          stroke: colour('--ink-3'),
          grid,
          ticks: { show: false },
          font,
          size: 70,
          space: 32,
          values: (_, splits) => splits.map((rate) => (rate === 0 ? '0' : formatRate(rate))),
        },
      ],
      series: [
        {},
        { label: names.hashed, stroke: colour('--ink-3'), width: 1, points: { show: false }, dash: [3, 3] },
        {
          label: names.read,
          stroke: colour('--accent-ink'),
          width: 1.5,
          points: { show: false },
          fill: colour('--accent-soft'),
        },
      ],
    },
    [[], [], []],
    parent,
  );
}

/** Bytes read and hashed a second over the last minute. Draws on a canvas, outside React. */
export function ThroughputChart() {
  const { t } = useTranslation();
  const { live } = useApp().session;
  const parent = useRef<HTMLDivElement>(null);
  const read = t('diagnostics.read');
  const hashed = t('diagnostics.hashed');
  const now = t('diagnostics.now');
  useEffect(() => {
    const element = parent.current!;
    const history = new ThroughputHistory();
    let chart = makeChart(element, { read, hashed, now });
    const draw = (): void => {
      const series = history.series();
      chart.setData([[...series.seconds], [...series.hashed], [...series.read]]);
    };
    const stopListening = live.subscribe(({ reading }, before) => {
      if (reading === null || reading === before.reading) return;
      history.observe(reading);
      draw();
    });
    const resize = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    // The canvas knows no CSS: another theme takes another chart.
    const themeChange = new MutationObserver(() => {
      chart.destroy();
      chart = makeChart(element, { read, hashed, now });
      draw();
    });
    themeChange.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      stopListening();
      resize.disconnect();
      themeChange.disconnect();
      chart.destroy();
    };
  }, [live, read, hashed, now]);
  return (
    <figure>
      <div ref={parent} role="img" aria-label={t('diagnostics.chart')} style={{ height }} />
      <figcaption className="flex gap-4 pl-[70px] text-sm text-ink-3">
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="h-0.5 w-4 bg-accent-ink" /> {read}
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="w-4 border-t border-dashed border-ink-3" /> {hashed}
        </span>
      </figcaption>
    </figure>
  );
}
