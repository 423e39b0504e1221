import { expect, test, vi } from 'vitest';
import { FakeEngine } from '../../engine/testing/fake-engine.ts';
import { TestWorld } from '../testing/test-world.ts';
import { runOnEngine } from './run-steps.ts';
import { showProgress, stepsProgressText } from './steps-progress.ts';

const totals = { files: 1234, bytes: 5 << 20, ok: 1234, failed: 0, skipped: 0, elapsedMs: 0 };

function world(): TestWorld {
  const made = new TestWorld();
  made.engine = new FakeEngine();
  return made;
}

test('an interruption cancels what is under way, and is told as one', async () => {
  const interrupted = world();
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const work = runOnEngine(interrupted, async (steps) => {
    const aborted = new Promise((resolve) => steps.signal.addEventListener('abort', resolve));
    begin();
    await aborted;
    await steps.checkpoint();
  });
  await begun;
  interrupted.interrupt();
  await expect(work).rejects.toMatchObject({ name: 'InterruptedError' });
  await expect(runOnEngine(interrupted, (steps) => steps.checkpoint())).rejects.toMatchObject({
    name: 'InterruptedError',
  });
});

test('what the work throws comes out, and what it gives comes back', async () => {
  await expect(runOnEngine(world(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(runOnEngine(world(), async () => 5)).resolves.toBe(5);
});

test('the line says files, bytes, the rate and what could not be read', () => {
  expect(stepsProgressText(totals, 1 << 20)).toBe('1,234 files  5.24 MB  1.05 MB/s');
  expect(stepsProgressText({ ...totals, failed: 2 }, 0)).toContain('2 could not be read');
});

test('the line is drawn on a terminal only, and leaves no trace', () => {
  vi.useFakeTimers();
  try {
    const quiet = world();
    showProgress(quiet, () => totals)();
    expect(quiet.said).toBe('');
    const terminal = world();
    Object.assign(terminal.messages, { isTerminal: true });
    const stop = showProgress(terminal, () => totals);
    vi.advanceTimersByTime(250);
    expect(terminal.said).toContain('1,234 files');
    stop();
    expect(terminal.said.endsWith('\r\x1b[K')).toBe(true);
    vi.advanceTimersByTime(1000);
    expect(terminal.said.endsWith('\r\x1b[K')).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
