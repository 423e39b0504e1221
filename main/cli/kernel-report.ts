/** What computes an algorithm on this machine, and how fast: for `algorithms` and `bench`. */
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { formatRate } from '#shared/text/quantities.ts';
import type { Engine } from '../engine/engine.ts';
import { InterruptedError } from './errors.ts';

/** The words of the JSON that both commands print. Rates are in MB (1,000,000 bytes) a second on one thread. */
export interface KernelReport {
  /** What computes a single stream; null when nothing here does. */
  readonly implementation: string | null;
  /** Of the streams side by side; null when there are no lanes. */
  readonly laneTarget: string | null;
  /** Streams that advance together: 1 when there are no lanes. */
  readonly lanes: number;
  readonly selfTest: 'passed' | 'failed' | null;
  readonly megabytesPerSecond: { readonly single: number | null; readonly lanes: number | null };
  /** How many times faster the lanes are than a single stream. */
  readonly laneGain: number | null;
}

/** Measures each kernel of `name` for about `milliseconds`. Throws InterruptedError once `interruption` comes. */
export async function reportKernel(
  engine: Engine,
  name: AlgorithmName,
  milliseconds: number,
  interruption: AbortSignal,
): Promise<KernelReport> {
  const kernel = engine.info.kernels.find(({ algorithm }) => algorithm === name);
  const speed = await engine.measureSpeed(name, milliseconds, interruption);
  if (interruption.aborted) throw new InterruptedError();
  const both = speed.singleStream !== null && speed.lanes !== null;
  return {
    implementation: kernel?.implementation ?? null,
    laneTarget: kernel?.lanes?.target ?? null,
    lanes: kernel?.lanes?.count ?? 1,
    selfTest: kernel?.selfTest ?? null,
    megabytesPerSecond: { single: megabytes(speed.singleStream), lanes: megabytes(speed.lanes) },
    laneGain: both ? Number((speed.lanes / speed.singleStream).toFixed(2)) : null,
  };
}

const megabytes = (bytes: number | null): number | null => (bytes === null ? null : Number((bytes / 1e6).toFixed(1)));

/** `812 MB/s`, or a dash where nothing was measured. */
export function rateText(megabytesPerSecond: number | null): string {
  return megabytesPerSecond === null ? '–' : formatRate(megabytesPerSecond * 1e6);
}

/** `16 × AVX-512`, or a dash. */
export function lanesText({ lanes, laneTarget }: KernelReport): string {
  return laneTarget === null ? '–' : `${lanes} × ${laneTarget}`;
}

/** Who computes it, or why nobody does. */
export function computedBy({ implementation, selfTest }: KernelReport): string {
  if (implementation === null || selfTest === null) return 'not available';
  return selfTest === 'passed' ? implementation : `${implementation} failed its self-test and is not used`;
}
