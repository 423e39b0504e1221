import { clsx } from 'clsx';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type Snapshot, useSnapshots } from '../parts/snapshots.tsx';
import { History, shownSeconds } from './history.ts';

const height = 120;
const font = '11px system-ui, sans-serif';

export interface Line {
  readonly label: string;
  /** Custom properties of the theme. */
  readonly colour: string;
  readonly fill?: string;
  readonly dashed?: true;
  /** Measured on the right axis. */
  readonly isRight?: true;
  /** The value as of now, in the legend: what the chart shows, for whoever cannot see it. */
  readonly format: (value: number) => string;
}

interface Axis {
  readonly format: (value: number) => string;
  /** The scale never shows less, so that an engine at rest draws a level line, not noise. */
  readonly least: number;
}

export interface TimeChartProps {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly left: Axis;
  readonly right?: Axis;
  /** Makes what turns snapshots into a value for each line; null: nothing new. Begins anew with every chart. */
  readonly sampling: () => (snapshot: Snapshot, seconds: number) => readonly number[] | null;
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function makeChart(parent: HTMLElement, { lines, left, right }: TimeChartProps, now: string): uPlot {
  const axis = (of: Axis, side: 1 | 3, scale: string, grid: uPlot.Axis.Grid): uPlot.Axis => ({
    scale,
    side,
    stroke: colour('--ink-3'),
    grid,
    ticks: { show: false },
    font,
    size: side === 3 ? 68 : 48,
    space: 30,
    values: (_, splits) => splits.map((value) => (value === 0 ? '0' : of.format(value))),
  });
  const scale = ({ least }: Axis): uPlot.Scale => ({ range: (_, __, most) => [0, Math.max(least, most * 1.1)] });
  return new uPlot(
    {
      width: parent.clientWidth,
      height,
      padding: [6, right ? 0 : 16, 0, 0],
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { time: false, range: (_, __, newest) => [newest - shownSeconds, newest] },
        left: scale(left),
        ...(right && { right: scale(right) }),
      },
      axes: [
        {
          stroke: colour('--ink-3'),
          grid: { show: false },
          ticks: { show: false },
          font,
          size: 20,
          splits: (_, __, ___, newest) => [60, 45, 30, 15, 0].map((ago) => newest - ago),
          values: (_, splits) =>
            splits.map((second) => {
              const ago = Math.round(splits.at(-1)! - second);
              return ago === 0 ? now : `−${ago} s`;
            }),
        },
        axis(left, 3, 'left', { stroke: colour('--line'), width: 1 }),
        ...(right ? [axis(right, 1, 'right', { show: false })] : []),
      ],
      series: [
        {},
        ...lines.map(
          (line): uPlot.Series => ({
            label: line.label,
            scale: line.isRight ? 'right' : 'left',
            stroke: colour(line.colour),
            width: line.fill ? 1.5 : 1,
            points: { show: false },
            ...(line.dashed && { dash: [3, 3] }),
            ...(line.fill && { fill: colour(line.fill) }),
          }),
        ),
      ],
    },
    [[], ...lines.map(() => [])],
    parent,
  );
}

/** The last minute as lines on a canvas, outside React, and their newest values in words below. */
export function TimeChart(props: TimeChartProps) {
  const { t } = useTranslation();
  const snapshots = useSnapshots();
  const parent = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLUListElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const now = t('diagnostics.now');
  useEffect(() => {
    const element = parent.current!;
    const sample = latest.current.sampling();
    const history = new History(latest.current.lines.length);
    let chart = makeChart(element, latest.current, now);
    let isSeen = true;
    const draw = (): void => {
      if (isSeen) chart.setData(history.columns as uPlot.AlignedData);
    };
    const stopListening = snapshots.watch(() => {
      const seconds = performance.now() / 1e3;
      const figures = sample(snapshots.get(), seconds);
      if (figures === null) return;
      history.add(seconds, figures);
      latest.current.lines.forEach((line, index) => {
        const shown = legend.current!.children[index]!.lastElementChild!;
        const text = line.format(figures[index]!);
        if (shown.textContent !== text) shown.textContent = text;
      });
      if (!history.isLevel) draw();
    });
    const sight = new IntersectionObserver(([entry]) => {
      isSeen = entry!.isIntersecting;
      draw();
    });
    sight.observe(element);
    const resize = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    // The canvas knows no CSS: another theme takes another chart.
    const themeChange = new MutationObserver(() => {
      chart.destroy();
      chart = makeChart(element, latest.current, now);
      draw();
    });
    themeChange.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      stopListening();
      sight.disconnect();
      resize.disconnect();
      themeChange.disconnect();
      chart.destroy();
    };
  }, [snapshots, now]);
  return (
    <>
      <div ref={parent} role="img" aria-label={props.name} style={{ height }} />
      <ul ref={legend} className="flex flex-wrap gap-x-3 text-sm text-ink-3 nums">
        {props.lines.map(({ label, colour, dashed }) => (
          <li key={label} className="flex items-center gap-1.5 whitespace-nowrap">
            <span
              aria-hidden
              className={clsx('w-4 border-t-2', dashed && 'border-dashed')}
              style={{ borderColor: `var(${colour})` }}
            />
            {label} <span className="text-ink-2" />
          </li>
        ))}
      </ul>
    </>
  );
}
