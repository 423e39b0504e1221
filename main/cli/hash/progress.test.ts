import { describe, expect, test, vi } from 'vitest';
import type { JobReading } from '#shared/stats/reader.ts';
import { writeStats } from '#shared/stats/writer.ts';
import { ProgressLine, progressText } from './progress.ts';
import { RateMeter } from './rate-meter.ts';

const job = (values: Partial<JobReading>): JobReading => ({
  slot: 0,
  state: 'running',
  priority: 'background',
  jobId: 1,
  filesFound: 0,
  bytesFound: 0,
  filesDone: 0,
  bytesDone: 0,
  ok: 0,
  failed: 0,
  skipped: 0,
  filteredOut: 0,
  countComplete: 0,
  startedNs: 0,
  activeNs: 0,
  bytesHashed: 0,
  foldersListed: 0,
  ...values,
});

const counted = job({ filesFound: 4000, bytesFound: 4e9, filesDone: 1000, bytesDone: 1e9, countComplete: 1 });

describe('the progress line', () => {
  test('tells what is done and found while the count goes on', () => {
    const reading = job({ filesFound: 4000, filesDone: 1000, bytesDone: 1e9 });
    expect(progressText({ job: reading, bytesPerSecond: 5e8, name: '' }, 80)).toBe(
      '1,000 files  1.00 GB  500 MB/s  4,000 found',
    );
  });

  test('tells share and time left once everything has been found', () => {
    expect(progressText({ job: counted, bytesPerSecond: 5e8, name: '' }, 80)).toBe(
      '1,000/4,000 files  1.00 GB of 4.00 GB  500 MB/s  25 %  ETA 0:06',
    );
  });

  test('promises no time while nothing moves', () => {
    expect(progressText({ job: counted, bytesPerSecond: 0, name: '' }, 80)).not.toContain('ETA');
  });

  test('counts files where there are no bytes', () => {
    const empty = job({ filesFound: 4, filesDone: 2, countComplete: 1 });
    expect(progressText({ job: empty, bytesPerSecond: 0, name: '' }, 80)).toContain('50 %');
  });

  test('gives no share of a stream, whose size nobody knows', () => {
    const stream = job({ filesFound: 1, bytesDone: 3e6, countComplete: 1 });
    expect(progressText({ job: stream, bytesPerSecond: 1e6, name: '' }, 80)).toBe('0/1 files  3.00 MB  1.00 MB/s');
  });

  test('never claims more than all, though files may grow', () => {
    const grown = job({ filesFound: 1, bytesFound: 10, bytesDone: 20, countComplete: 1 });
    expect(progressText({ job: grown, bytesPerSecond: 1, name: '' }, 80)).toContain('100 %  ETA 0:00');
  });

  test('ends with the file in hand, of which the end is kept', () => {
    const text = progressText({ job: counted, bytesPerSecond: 5e8, name: 'some/long/folder/disk.iso' }, 80);
    expect(text).toHaveLength(80);
    expect(text).toMatch(/ {2}….*disk\.iso$/);
  });

  test('shows control characters in that name', () => {
    expect(progressText({ job: job({}), bytesPerSecond: 0, name: 'a\x1b[2Jb' }, 80)).toMatch(/ {2}a\\x1b\[2Jb$/);
  });

  test('says what gets no answer, since when, and what can be done', () => {
    const stalled = { path: '/mnt/nas/photo.jpg', seconds: 42 };
    expect(progressText({ job: counted, bytesPerSecond: 5e8, name: 'other', stalled }, 80)).toBe(
      '1,000/4,000 files  no answer for 0:42 (Ctrl+C ends)  /mnt/nas/photo.jpg',
    );
  });

  test('is drawn from the stats block, where the thread that has waited longest counts', async () => {
    vi.useFakeTimers();
    let said = '';
    const messages = {
      isTerminal: true,
      columns: 100,
      write: (text: string) => {
        said += text;
      },
      drained: async () => undefined,
    };
    const line = new ProgressLine(messages);
    const threads = [
      { state: 'reading', jobId: 1, name: 'fine' },
      { state: 'stalled', jobId: 1, name: '/mnt/a', stalledNs: 6e9 },
      { state: 'stalled', jobId: 0, kind: 'lister', name: '/mnt/b', stalledNs: 65e9 },
      { state: 'stalled', jobId: 0, kind: 'prefetcher', name: '/mnt/c', stalledNs: 99e9 },
      { state: 'stalled', jobId: 2, name: '/mnt/d', stalledNs: 99e9 },
    ] as const;
    line.start(writeStats({ engine: {}, threads, jobs: [{ slot: 0, jobId: 1 }], pools: [] }), { id: 1, slot: 0 });
    await vi.advanceTimersByTimeAsync(150);
    line.stop();
    vi.useRealTimers();
    expect(said).toContain('no answer for 1:05 (Ctrl+C ends)  /mnt/b');
  });

  test('fits a narrow terminal', () => {
    expect(progressText({ job: counted, bytesPerSecond: 5e8, name: 'name' }, 20).length).toBeLessThanOrEqual(20);
  });
});

describe('the rate', () => {
  test('is nothing before there are two readings', () => {
    const meter = new RateMeter();
    expect(meter.perSecond).toBe(0);
    meter.add(1, 100);
    expect(meter.perSecond).toBe(0);
  });

  test('is of the last seconds, not of the whole time', () => {
    const meter = new RateMeter();
    for (let second = 0; second <= 20; second++) meter.add(second, second < 10 ? 0 : (second - 10) * 100);
    expect(meter.perSecond).toBeCloseTo(100);
  });

  test('falls when nothing moves any more', () => {
    const meter = new RateMeter();
    for (let second = 0; second <= 20; second++) meter.add(second, Math.min(second, 10) * 100);
    expect(meter.perSecond).toBe(0);
  });
});
