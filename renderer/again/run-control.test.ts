import { expect, it, vi } from 'vitest';
import { createAgainStore } from './again-store.ts';
import { RunControl } from './run-control.ts';

/** A request that ends when the test says so, or when it is broken off. */
function request(): {
  ask: (signal: AbortSignal) => Promise<string>;
  answer: (text: string) => void;
  calls: () => number;
} {
  let answer: (text: string) => void = () => undefined;
  const ask = vi.fn(
    (signal: AbortSignal) =>
      new Promise<string>((resolve, reject) => {
        answer = resolve;
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  );
  return { ask, answer: (text) => answer(text), calls: () => ask.mock.calls.length };
}

it('a pause breaks off what is under way at once, and going on asks for it again', async () => {
  const store = createAgainStore();
  const control = new RunControl(store);
  const run = control.begin(1, 10);
  store.setState({ run });
  const { ask, answer, calls } = request();
  const asked = control.ask(ask);
  run.pause();
  expect(store.getState().run?.isPaused).toBe(true);
  await Promise.resolve();
  run.resume();
  await vi.waitUntil(() => calls() === 2);
  answer('done');
  expect(await asked).toBe('done');
});

it('giving up ends a run, also one that is paused', async () => {
  for (const isPaused of [false, true]) {
    const store = createAgainStore();
    const control = new RunControl(store);
    const run = control.begin(1, 10);
    store.setState({ run });
    const asked = control.ask(request().ask);
    if (isPaused) run.pause();
    run.cancel();
    expect(await asked).toBeNull();
  }
});

it('what the host refuses is told, not asked again', async () => {
  const control = new RunControl(createAgainStore());
  await expect(control.ask(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});
