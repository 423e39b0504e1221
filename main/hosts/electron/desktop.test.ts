/** The rules of the desktop that need no Electron to be tried. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CrashRecovery } from './crash-recovery.ts';
import { IncomingPaths } from './incoming-paths.ts';
import { QuitQuestion } from './quit-question.ts';
import { placeWindow, type WindowState } from './window-place.ts';

describe('paths from outside', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('that come one after the other are handed over together', () => {
    const incoming = new IncomingPaths();
    const received: string[][] = [];
    incoming.deliverTo((paths) => received.push(paths));
    for (let file = 0; file < 10; file++) {
      incoming.add([`/${file}`]);
      vi.advanceTimersByTime(150);
    }
    expect(received).toEqual([]);
    vi.advanceTimersByTime(50);
    expect(received).toEqual([Array.from({ length: 10 }, (_, file) => `/${file}`)]);
    incoming.add(['/later']);
    vi.advanceTimersByTime(200);
    expect(received[1]).toEqual(['/later']);
  });

  test('are not kept back for long by an endless stream', () => {
    const incoming = new IncomingPaths();
    const received: string[][] = [];
    incoming.deliverTo((paths) => received.push(paths));
    for (let file = 0; file < 30; file++) {
      incoming.add([`/${file}`]);
      vi.advanceTimersByTime(100);
    }
    expect(received).toHaveLength(1);
    expect(received[0]!.length).toBeGreaterThanOrEqual(20);
  });

  test('wait for the core, however early they come, and none is lost among very many', () => {
    const incoming = new IncomingPaths();
    const received: string[][] = [];
    incoming.add(['/first']);
    vi.advanceTimersByTime(10_000);
    incoming.add(Array.from({ length: 200_000 }, (_, file) => `/${file}`));
    incoming.add([]);
    incoming.deliverTo((paths) => received.push(paths));
    vi.advanceTimersByTime(200);
    expect(received.map((paths) => paths.length)).toEqual([200_001]);
  });
});

describe('leaving', () => {
  function question({ isBusy = true } = {}) {
    const answers: ((leave: boolean) => void)[] = [];
    const quit = vi.fn();
    const ask = () => new Promise<boolean>((resolve) => answers.push(resolve));
    return { answers, quit, question: new QuitQuestion({ isBusy: () => isBusy, ask, quit }) };
  }

  test('is not asked about when nothing runs', () => {
    const { question: asked, answers } = question({ isBusy: false });
    expect(asked.mayLeave()).toBe(true);
    expect(answers).toEqual([]);
  });

  test('is asked about once at a time, and again after a no', async () => {
    const { question: asked, answers, quit } = question();
    expect([asked.mayLeave(), asked.mayLeave()]).toEqual([false, false]);
    expect(answers).toHaveLength(1);
    answers[0]!(false);
    await vi.waitUntil(() => {
      asked.mayLeave();
      return answers.length === 2;
    });
    expect(quit).not.toHaveBeenCalled();
  });

  test('happens after a yes, without another question', async () => {
    const { question: asked, answers, quit } = question();
    asked.mayLeave();
    answers[0]!(true);
    await vi.waitUntil(() => quit.mock.calls.length === 1);
    expect(asked.mayLeave()).toBe(true);
    expect(answers).toHaveLength(1);
  });

  test('is asked about again when the question itself failed', async () => {
    let asked = 0;
    const ask = async (): Promise<boolean> => {
      asked++;
      throw new Error('no display');
    };
    const failed = vi.fn();
    const leaving = new QuitQuestion({ isBusy: () => true, ask, quit: vi.fn(), failed });
    expect(leaving.mayLeave()).toBe(false);
    await vi.waitUntil(() => failed.mock.calls.length === 1);
    expect(leaving.mayLeave()).toBe(false);
    expect(asked).toBe(2);
  });

  test('with the system is not asked about', () => {
    const { question: asked } = question();
    asked.leaveUnasked();
    expect(asked.mayLeave()).toBe(true);
  });
});

describe('a window that is opened again', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 };
  const left = { x: -1280, y: 100, width: 1280, height: 1024 };
  const kept = (change: Partial<WindowState> = {}): WindowState => ({
    x: 100,
    y: 80,
    width: 900,
    height: 600,
    maximized: false,
    ...change,
  });

  test('stands where it stood, on whichever screen', () => {
    expect(placeWindow(kept(), [screen])).toEqual(kept());
    expect(placeWindow(kept({ x: -1200, y: 300 }), [screen, left])).toEqual(kept({ x: -1200, y: 300 }));
  });

  test.each([
    ['left of', { x: -1200 }],
    ['right of', { x: 1_900 }],
    ['above', { y: -30 }],
    ['below', { y: 1_060 }],
    ['far from', { x: 100_000, y: 100_000 }],
  ])('is not put %s every screen', (_, at) => {
    const { x, y, ...rest } = kept();
    expect(placeWindow(kept(at), [screen])).toEqual(rest);
  });

  test('is no larger than its screen', () => {
    expect(placeWindow(kept({ x: 0, y: 0, width: 4_000, height: 3_000, maximized: true }), [screen])).toEqual(
      kept({ x: 0, y: 0, width: 1920, height: 1080, maximized: true }),
    );
    const onLeft = placeWindow(kept({ x: -1280, y: 100, width: 1500, height: 1024 }), [screen, left]);
    expect([onLeft.width, onLeft.height]).toEqual([1280, 1024]);
  });
});

test('a page that crashes is loaded again, then explained, then left alone', () => {
  const recovery = new CrashRecovery();
  expect([recovery.next(0), recovery.next(1_000), recovery.next(2_000), recovery.next(3_000)]).toEqual([
    'reload',
    'explain',
    'give up',
    'give up',
  ]);
  expect(recovery.next(100_000), 'a minute in peace').toBe('reload');
  recovery.next(100_001);
  recovery.reset();
  expect(recovery.next(100_002), 'asked for by a person').toBe('reload');
});
