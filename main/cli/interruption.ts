import { InterruptedError } from './errors.ts';

/** Settles like `work`, or rejects with InterruptedError as soon as the interruption comes. */
export async function unlessInterrupted<Value>(work: Promise<Value>, interruption: AbortSignal): Promise<Value> {
  let stop = (): void => undefined;
  const interrupted = new Promise<never>((_, reject) => {
    stop = () => reject(new InterruptedError());
    if (interruption.aborted) stop();
    else interruption.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    interruption.removeEventListener('abort', stop);
  }
}

/** Resolves when the interruption comes, at once when it has come. */
export function interrupted(interruption: AbortSignal): Promise<void> {
  if (interruption.aborted) return Promise.resolve();
  return new Promise((resolve) => interruption.addEventListener('abort', () => resolve(), { once: true }));
}
