import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { HostEvent, JobStatus } from '#shared/contract/models.ts';
import { defaultSettings } from '#shared/contract/models.ts';
import type { StatsReading } from '#shared/stats/reader.ts';
import { EndNotice } from './end-notice.ts';
import { JobWatch } from './job-watch.ts';
import { SleepBlock } from './sleep-block.ts';
import { Taskbar, taskbarProgress } from './taskbar.ts';

function status(id: number, change: Partial<JobStatus> = {}): JobStatus {
  const totals = { files: 0, bytes: 0, ok: 0, failed: 0, skipped: 0, elapsedMs: 0 };
  return {
    id,
    kind: 'hash',
    slot: 0,
    outcome: null,
    state: 'running',
    algorithms: ['md5'],
    startedAt: 0,
    batches: 0,
    totals,
    failure: null,
    ...change,
  };
}

const changed = (id: number, change: Partial<JobStatus> = {}): HostEvent => ({
  kind: 'status',
  job: status(id, change),
});
const begun = (id: number, change: Partial<JobStatus> = {}): HostEvent => ({
  kind: 'job',
  job: { ...status(id, change), sources: [] },
});

async function* told(...events: HostEvent[]): AsyncGenerator<HostEvent> {
  yield* events;
}

describe('watching jobs', () => {
  async function watch(...events: HostEvent[]): Promise<string[]> {
    const seen: string[] = [];
    const watcher = {
      active: (jobs: readonly JobStatus[]) =>
        seen.push(`active ${jobs.map(({ id, state }) => `${id} ${state}`).join(', ')}`),
      ended: ({ id, state }: JobStatus) => seen.push(`ended ${id} ${state}`),
      settings: ({ theme }: { theme: string }) => seen.push(`theme ${theme}`),
    };
    await new JobWatch([watcher]).follow(told(...events));
    return seen;
  }

  test('tells which are active, and each end once', async () => {
    const end = { state: 'finished' } as const;
    expect(await watch(begun(1), begun(2), changed(1, end), changed(1, end), changed(2, { state: 'paused' }))).toEqual([
      'active 1 running',
      'active 1 running, 2 running',
      'active 2 running',
      'ended 1 finished',
      'active 2 running',
      'active 2 paused',
      'active ',
    ]);
  });

  test('tells the end of a job that was over before it was heard of', async () => {
    expect(await watch(begun(1, { state: 'finished' }))).toEqual(['active ', 'ended 1 finished', 'active ']);
  });

  test('passes settings on', async () => {
    expect(await watch({ kind: 'settings', settings: { ...defaultSettings, theme: 'dark' } })).toContain('theme dark');
  });

  test('takes back what it showed also when the events break off', async () => {
    const active = vi.fn();
    async function* broken(): AsyncGenerator<HostEvent> {
      yield begun(1);
      throw new Error('gone');
    }
    await expect(new JobWatch([{ active }]).follow(broken())).rejects.toThrow('gone');
    expect(active.mock.calls.at(-1)).toEqual([[]]);
  });
});

test('sleep is blocked once however many jobs work, and allowed as soon as none does', () => {
  const calls: string[] = [];
  const block = new SleepBlock({
    start: (kind) => calls.push(`start ${kind}`),
    stop: (id) => calls.push(`stop ${id}`) > 0,
  });
  block.active([status(1)]);
  block.active([status(1), status(2)]);
  block.active([status(1, { state: 'paused' }), status(2, { state: 'cancelling' })]);
  expect(calls).toEqual(['start prevent-app-suspension']);
  block.active([status(1, { state: 'paused' })]);
  block.active([]);
  expect(calls).toEqual(['start prevent-app-suspension', 'stop 1']);
  block.active([status(3)]);
  expect(calls).toHaveLength(3);
});

describe('the taskbar', () => {
  type JobFigures = Partial<StatsReading['jobs'][number]>;
  const reading = (...jobs: JobFigures[]): StatsReading => ({ jobs }) as unknown as StatsReading;
  const half = { jobId: 1, bytesFound: 100, bytesDone: 50, countComplete: 1 };

  test('shows the part that is done of all active jobs', () => {
    const other = { jobId: 2, bytesFound: 300, bytesDone: 250, countComplete: 1 };
    const stale = { jobId: 3, bytesFound: 900, bytesDone: 0, countComplete: 1 };
    expect(taskbarProgress([status(1), status(2)], reading(half, other, stale))).toEqual({
      part: 0.75,
      mode: 'normal',
    });
  });

  test('shows that something is done while the amount is not known, or nothing was found', () => {
    expect(taskbarProgress([status(1)], reading({ ...half, countComplete: 0 }))).toEqual({
      part: 2,
      mode: 'indeterminate',
    });
    expect(taskbarProgress([status(1)], reading({ ...half, bytesFound: 0, bytesDone: 0 })).mode).toBe('indeterminate');
    expect(taskbarProgress([status(1)], reading()).mode).toBe('indeterminate');
  });

  test('never shows more than all', () => {
    expect(taskbarProgress([status(1)], reading({ ...half, bytesDone: 120 })).part).toBe(1);
  });

  test('shows a pause only when everything pauses', () => {
    const paused = status(1, { state: 'paused' });
    expect(taskbarProgress([paused], reading(half)).mode).toBe('paused');
    expect(taskbarProgress([paused, status(2)], reading(half)).mode).toBe('normal');
  });

  test('keeps a failure on the icon until the window is looked at', () => {
    const shown: unknown[] = [];
    let focus = (): void => undefined;
    let isFocused = false;
    const window = {
      setProgressBar: (part: number, options?: { mode: string }) => shown.push([part, options?.mode]),
      isFocused: () => isFocused,
      once: (_: string, listener: () => void) => {
        focus = listener;
      },
    };
    const taskbar = new Taskbar(() => window, new Uint8Array());
    taskbar.ended(status(1, { state: 'failed' }));
    expect(shown).toEqual([[1, 'error']]);
    focus();
    expect(shown.at(-1)).toEqual([-1, undefined]);
    isFocused = true;
    taskbar.ended(status(2, { state: 'failed' }));
    taskbar.ended(status(3, { state: 'finished' }));
    expect(shown).toHaveLength(2);
  });
});

describe('the notification at the end of a job', () => {
  const shown: string[][] = [];
  let isSeen = false;
  const notice = new EndNotice({ isSeen: () => isSeen, show: (...words) => shown.push(words) });
  const long = (change: Partial<JobStatus> = {}): JobStatus =>
    status(1, { state: 'finished', startedAt: Date.now() - 65_000, ...change });
  const totals = { files: 1_234, bytes: 0, ok: 0, failed: 0, skipped: 0, elapsedMs: 0 };

  beforeEach(() => {
    shown.length = 0;
    isSeen = false;
  });

  test('tells how much was done and in what time', () => {
    notice.ended(long({ totals }));
    expect(shown).toEqual([['Hashing finished', '1,234 files in 1:05.']]);
  });

  test('tells what went wrong', () => {
    notice.ended(long({ totals: { ...totals, files: 1, failed: 2 } }));
    notice.ended(long({ state: 'failed', failure: { code: 'JOURNAL_FULL', message: 'of /home/ana' } }));
    expect(shown).toEqual([
      ['Hashing finished with errors', '1 file in 1:05, 2 could not be hashed.'],
      ['The job failed', 'Results are incomplete (JOURNAL_FULL).'],
    ]);
  });

  test('tells of a check only what is damaged', () => {
    const checked = (counts: Record<string, number>): JobStatus =>
      long({ kind: 'guard', startedAt: Date.now(), outcome: { verdict: 'failed', counts } });
    notice.ended(checked({ gone: 3, damaged: 0 }));
    expect(shown).toEqual([]);
    notice.ended(checked({ damaged: 2 }));
    expect(shown).toEqual([['Damage found', '2 files are not as on record, although nobody wrote to them.']]);
    isSeen = true;
    notice.ended(checked({ damaged: 2 }));
    expect(shown).toHaveLength(1);
  });

  test('is spared whoever is there: the window is seen, the job was short, or they cancelled it', () => {
    notice.ended(long({ startedAt: Date.now() - 9_000 }));
    notice.ended(long({ state: 'cancelled' }));
    isSeen = true;
    notice.ended(long());
    expect(shown).toEqual([]);
  });
});
