/** Overall progress of the jobs at work, from what the engine counts and what has already ended. */
import type { JobSummary } from '#shared/contract/models.ts';
import type { JobReading, StatsReading } from '#shared/stats/reader.ts';
import { type Stalled, stalledPaths } from '#shared/stats/stalled.ts';
import { isActive } from '../state/jobs.ts';
import { RateMeter } from './rate-meter.ts';

export interface FileInHand {
  readonly name: string;
  readonly size: number;
  readonly done: number;
}

export interface Progress {
  readonly filesDone: number;
  readonly filesFound: number;
  readonly bytesDone: number;
  readonly bytesFound: number;
  /** False while files are still being found, and the totals grow. */
  readonly countComplete: boolean;
  /** 0 … 1; never goes back within a run. */
  readonly fraction: number;
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
  readonly elapsedSeconds: number;
  readonly inHand: readonly FileInHand[];
  /** The longest first. */
  readonly stalled: readonly Stalled[];
}

/**
 * Opening a file costs about as much time as reading this many bytes: so that a folder of empty
 * files progresses too, and the time left takes small files into account.
 */
const bytesAFile = 32 * 1024;
const rateSeconds = 1.5;
const remainderSeconds = 6;
/** Below this nothing sensible can be said about the time left. */
const tooEarlySeconds = 1.5;

interface Figures {
  readonly filesDone: number;
  readonly filesFound: number;
  readonly bytesDone: number;
  readonly bytesFound: number;
  readonly complete: boolean;
  readonly elapsed: number;
}

function figures(job: JobSummary, reading: JobReading | undefined): Figures {
  if (reading === undefined || !isActive(job)) {
    const { files, bytes, elapsedMs } = job.totals;
    const complete = !isActive(job);
    return {
      filesDone: files,
      filesFound: files,
      bytesDone: bytes,
      bytesFound: bytes,
      complete,
      elapsed: elapsedMs / 1e3,
    };
  }
  return {
    filesDone: reading.filesDone,
    filesFound: Math.max(reading.filesFound, reading.filesDone),
    bytesDone: reading.bytesDone,
    bytesFound: Math.max(reading.bytesFound, reading.bytesDone),
    complete: reading.countComplete === 1,
    elapsed: reading.activeNs / 1e9,
  };
}

/** A job of several steps has its engine job later than itself, and is found by its id alone. */
function readingOf({ id, slot }: JobSummary, reading: StatsReading): JobReading | undefined {
  return reading.jobs.find((one) => one.jobId === id && (slot === null || one.slot === slot));
}

/** How much of each job is done, 0 … 1, where all of its files have been counted. */
export function fractionsOf(jobs: readonly JobSummary[], reading: StatsReading): Map<number, number> {
  const fractions = new Map<number, number>();
  for (const job of jobs) {
    const one = readingOf(job, reading);
    if (one === undefined || one.countComplete !== 1) continue;
    const found = one.bytesFound + one.filesFound * bytesAFile;
    fractions.set(job.id, found === 0 ? 0 : Math.min(1, (one.bytesDone + one.filesDone * bytesAFile) / found));
  }
  return fractions;
}

/** Follows one run: the jobs that were at work together, from the first one's start to the last one's end. */
export class ProgressMeter {
  readonly #bytes = new RateMeter(rateSeconds);
  readonly #work = new RateMeter(remainderSeconds);
  #fraction = 0;

  read(jobs: readonly JobSummary[], reading: StatsReading): Progress {
    const all = jobs.map((job) => figures(job, readingOf(job, reading)));
    const sum = (of: (one: Figures) => number): number => all.reduce((total, one) => total + of(one), 0);
    const filesDone = sum((one) => one.filesDone);
    const filesFound = sum((one) => one.filesFound);
    const bytesDone = sum((one) => one.bytesDone);
    const bytesFound = sum((one) => one.bytesFound);
    const countComplete = all.every((one) => one.complete);
    const elapsedSeconds = all.reduce((most, one) => Math.max(most, one.elapsed), 0);

    const done = bytesDone + filesDone * bytesAFile;
    const found = bytesFound + filesFound * bytesAFile;
    const running = jobs.some((job) => job.state === 'running');
    if (running) {
      const seconds = reading.engine.clockNs / 1e9;
      this.#bytes.observe(seconds, bytesDone);
      this.#work.observe(seconds, done);
    } else {
      this.#bytes.reset();
      this.#work.reset();
    }
    const fraction = found === 0 ? 0 : Math.min(1, done / found);
    this.#fraction = countComplete ? Math.max(this.#fraction, fraction) : fraction;
    const speed = this.#work.rate;
    const canTell = countComplete && speed !== null && speed > 0 && elapsedSeconds > tooEarlySeconds;
    return {
      filesDone,
      filesFound,
      bytesDone,
      bytesFound,
      countComplete,
      fraction: this.#fraction,
      bytesPerSecond: this.#bytes.rate,
      secondsLeft: canTell ? Math.max(0, found - done) / speed : null,
      elapsedSeconds,
      inHand: inHand(jobs, reading),
      stalled: stalledPaths(
        reading.threads,
        jobs.filter(isActive).map((job) => job.id),
      ),
    };
  }
}

/** Files that workers hold, the ones with most left to do first. Several workers may share a large one: it counts once. */
function inHand(jobs: readonly JobSummary[], reading: StatsReading): FileInHand[] {
  const ids = new Set(jobs.filter(isActive).map((job) => job.id));
  const files = new Map<string, FileInHand>();
  for (const { kind, state, jobId, name, entrySize: size, entryDone } of reading.threads) {
    if (kind !== 'worker' || state === 'stalled' || !ids.has(jobId) || name === '') continue;
    const key = `${jobId}/${size}/${name}`;
    const done = Math.max(files.get(key)?.done ?? 0, Math.min(entryDone, size));
    files.set(key, { name, size, done });
  }
  return [...files.values()].sort((a, b) => b.size - b.done - (a.size - a.done));
}
