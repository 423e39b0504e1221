import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeStats } from '#shared/stats/writer.ts';
import { StatsPoller } from './stats-poller.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const frameOf = (jobsActive: number) => writeStats({ engine: { jobsActive }, threads: [], jobs: [], pools: [] });
const frame = frameOf(1);

function poll() {
  const send = vi.fn();
  const listener = vi.fn();
  return { send, listener, poller: new StatsPoller(send, listener) };
}

it('asks for nothing while nobody wants readings', () => {
  const { send, poller } = poll();
  poller.restart();
  vi.advanceTimersByTime(5_000);
  expect(send).not.toHaveBeenCalled();
});

it('asks at most ten times a second', () => {
  const { send, poller } = poll();
  poller.want('diagnostics', true);
  for (let time = 0; time < 1_000; time += 5) {
    vi.advanceTimersByTime(5);
    poller.take(frame);
  }
  expect(send.mock.calls.length).toBeGreaterThan(7);
  expect(send.mock.calls.length).toBeLessThanOrEqual(10);
});

it('asks for no second reading before the first has come', () => {
  const { send, poller } = poll();
  poller.want('progress', true);
  vi.advanceTimersByTime(5_000);
  expect(send).toHaveBeenCalledTimes(1);
});

it('stops when the last one who wanted readings has gone', () => {
  const { send, listener, poller } = poll();
  poller.want('progress', true);
  poller.want('diagnostics', true);
  vi.advanceTimersByTime(200);
  poller.want('progress', false);
  poller.take(frame);
  expect(listener).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(200);
  expect(send).toHaveBeenCalledTimes(2);
  poller.want('diagnostics', false);
  poller.take(frame);
  vi.advanceTimersByTime(5_000);
  expect(send).toHaveBeenCalledTimes(2);
  expect(listener).toHaveBeenCalledTimes(1);
});

it('asks anew after a new connection', () => {
  const { send, poller } = poll();
  poller.want('progress', true);
  vi.advanceTimersByTime(200);
  poller.restart();
  vi.advanceTimersByTime(200);
  expect(send).toHaveBeenCalledTimes(2);
});

it('asks every three seconds while the engine rests, until somebody waits for a job', () => {
  const { send, poller } = poll();
  poller.want('diagnostics', true);
  for (let time = 0; time < 12_000; time += 5) {
    vi.advanceTimersByTime(5);
    poller.take(frameOf(0));
  }
  expect(send.mock.calls.length).toBe(4);
  send.mockClear();
  poller.want('progress', true);
  vi.advanceTimersByTime(100);
  expect(send).toHaveBeenCalledTimes(1);
});
