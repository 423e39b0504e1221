import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { readStats, type StatsReading } from '#shared/stats/reader.ts';
import { writeStats } from '#shared/stats/writer.ts';
import { initialLiveState } from '../../state/live-state.ts';
import { Snapshots } from './snapshots.tsx';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const process = {
  clockMs: 9_000,
  uptimeMs: 1,
  residentBytes: 1,
  peakResidentBytes: 1,
  heapUsedBytes: 1,
  externalBytes: 1,
  loopDelayMs: { mean: 0, p99: 0, max: 0 },
  loopBusy: 0,
  unacknowledgedBatches: 0,
};

const reading = (bytesRead: number): StatsReading =>
  readStats(writeStats({ engine: { bytesRead }, threads: [], jobs: [], pools: [] }));

function made() {
  const live = createStore(() => initialLiveState);
  return { live, snapshots: new Snapshots(live, null) };
}

it('a snapshot stays the same object until something changes', () => {
  const { live, snapshots } = made();
  live.setState({ reading: reading(1), process });
  const first = snapshots.get();
  expect(first.work!.stages.bytesRead).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(snapshots.get()).toBe(first);
  live.setState({ reading: reading(2) });
  expect(snapshots.get().work!.stages.bytesRead).toBe(2);
});

it('readings ten times a second are shown five times, the last one too', () => {
  const { live, snapshots } = made();
  live.setState({ reading: reading(0), process });
  const shown: number[] = [];
  snapshots.watch(() => shown.push(snapshots.get().work!.stages.bytesRead));
  for (let tenth = 1; tenth <= 20; tenth++) {
    vi.advanceTimersByTime(100);
    live.setState({ reading: reading(tenth) });
  }
  expect(shown.length).toBeLessThanOrEqual(11);
  expect(shown.length).toBeGreaterThan(8);
  vi.advanceTimersByTime(2_000);
  live.setState({ reading: reading(99) });
  expect(shown.at(-1)).toBe(99);
});

it('the first readings are shown at once', () => {
  const { live, snapshots } = made();
  snapshots.watch(() => undefined);
  live.setState({ reading: reading(1) });
  expect(snapshots.get().work).not.toBeNull();
  live.setState({ process });
  expect(snapshots.get().process).toBe(process);
});

it('the engine is listened to only while somebody listens here', () => {
  const { live, snapshots } = made();
  const subscribe = vi.spyOn(live, 'subscribe');
  const stops = [snapshots.watch(() => undefined), snapshots.watch(() => undefined)];
  expect(subscribe).toHaveBeenCalledTimes(1);
  for (const stop of stops) stop();
  const listener = vi.fn();
  snapshots.watch(listener)();
  live.setState({ reading: reading(5), process });
  expect(listener).not.toHaveBeenCalled();
  expect(subscribe).toHaveBeenCalledTimes(2);
});
