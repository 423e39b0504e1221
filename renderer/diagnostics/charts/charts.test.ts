import { describe, expect, it } from 'vitest';
import { readStats, type StatsReading } from '#shared/stats/reader.ts';
import { writeStats } from '#shared/stats/writer.ts';
import { History, shownSeconds } from './history.ts';
import { StageRates } from './stage-rates.ts';

function reading(seconds: number, bytesRead: number): StatsReading {
  const engine = { clockNs: seconds * 1e9, bytesRead, bytesHashed: bytesRead * 2, recordsDelivered: bytesRead / 1e3 };
  return readStats(writeStats({ engine, threads: [], jobs: [], pools: [] }));
}

describe('the rates of the stages', () => {
  it('are told a second, by the clock of the engine', () => {
    const rates = new StageRates();
    let now = null;
    for (let tenth = 0; tenth <= 20; tenth++) now = rates.observe(reading(100 + tenth / 10, tenth * 1e6), tenth);
    expect(now!.read).toBeCloseTo(10e6, -3);
    expect(now!.hashed).toBeCloseTo(20e6, -3);
    expect(now!.delivered).toBeCloseTo(10e3, -1);
  });

  it('begin with the second reading', () => {
    const rates = new StageRates();
    expect(rates.observe(reading(1, 5), 1)).toBeNull();
    expect(rates.observe(reading(2, 5), 2)).toEqual({ read: 0, hashed: 0, delivered: 0 });
  });

  it('fall to nothing while the engine rests and its clock stands still', () => {
    const rates = new StageRates();
    rates.observe(reading(1, 0), 11);
    expect(rates.observe(reading(2, 5e6), 12)!.read).toBe(5e6);
    expect(rates.observe(reading(2, 5e6), 13)!.read).toBe(0);
  });

  it('leave out readings that bring no new time', () => {
    const rates = new StageRates();
    rates.observe(reading(1, 0), 1);
    expect(rates.observe(reading(1, 100), 1)).toBeNull();
  });
});

describe('what a chart draws', () => {
  it('is the last minute, and the one sample before it', () => {
    const history = new History(1);
    for (let second = 0; second < 300; second++) history.add(second, [second]);
    const times = history.columns[0]!;
    expect(times.at(-1)).toBe(299);
    expect(times[0]).toBeLessThanOrEqual(299 - shownSeconds);
    expect(times[0]).toBeGreaterThan(299 - shownSeconds - 60);
    expect(history.columns[1]).toEqual(times);
  });

  it('leaves out what is not later', () => {
    const history = new History(1);
    history.add(2, [1]);
    history.add(2, [2]);
    history.add(1, [3]);
    expect(history.columns).toEqual([[2], [1]]);
  });

  it('is level when nothing changed from edge to edge, and not sooner', () => {
    const history = new History(2);
    history.add(0, [5, 1]);
    for (let second = 1; second < shownSeconds; second++) history.add(second, [5, 2]);
    expect(history.isLevel).toBe(false);
    history.add(shownSeconds, [5, 2]);
    expect(history.isLevel).toBe(false);
    history.add(shownSeconds + 1, [5, 2]);
    expect(history.isLevel).toBe(true);
    history.add(shownSeconds + 2, [6, 2]);
    expect(history.isLevel).toBe(false);
  });
});
