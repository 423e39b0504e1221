/**
 * The progress line: one line of standard error, redrawn in place while the work goes on. It is read
 * from the engine's stats block, so that it costs nothing but the drawing.
 */
import { type JobReading, readStats } from '#shared/stats/reader.ts';
import { type Stalled, stalledPaths } from '#shared/stats/stalled.ts';
import { displayWidth, keepEnd } from '#shared/text/display-width.ts';
import { formatClock, formatCount, formatRate, formatSize } from '#shared/text/quantities.ts';
import { makeVisible } from '#shared/text/visible.ts';
import type { EngineJob } from '../../engine/engine.ts';
import type { MessageSink } from '../world.ts';
import { RateMeter } from './rate-meter.ts';

const redrawMs = 100;
/** A name cut shorter than this says nothing. */
const leastNameColumns = 8;
export const clearLine = '\r\x1b[K';

export interface ProgressReading {
  readonly job: JobReading;
  readonly bytesPerSecond: number;
  /** The file in hand, or ''. */
  readonly name: string;
  /** The path that has had no answer for longest. */
  readonly stalled?: Stalled | undefined;
}

/** The line in at most `columns` columns. Totals and time left appear once everything has been found. */
export function progressText({ job, bytesPerSecond, name, stalled }: ProgressReading, columns: number): string {
  const complete = job.countComplete === 1;
  const files = complete
    ? `${formatCount(job.filesDone)}/${formatCount(job.filesFound)} files`
    : `${formatCount(job.filesDone)} files`;
  if (stalled !== undefined) {
    const told = `no answer for ${formatClock(stalled.seconds)} (Ctrl+C ends)`;
    return withName(`${files}  ${told}`, stalled.path, columns);
  }
  const done = formatSize(job.bytesDone);
  const hasSize = complete && job.bytesFound > 0;
  const parts = [files, hasSize ? `${done} of ${formatSize(job.bytesFound)}` : done, formatRate(bytesPerSecond)];
  // A stream has no size beforehand: nothing is known of its share.
  if (complete && (hasSize || job.bytesDone === 0)) {
    const share = hasSize ? job.bytesDone / job.bytesFound : job.filesDone / Math.max(1, job.filesFound);
    const left = Math.max(0, job.bytesFound - job.bytesDone);
    parts.push(`${Math.min(100, Math.floor(share * 100))} %`);
    if (bytesPerSecond > 0) parts.push(`ETA ${formatClock(left / bytesPerSecond)}`);
  } else if (!complete) parts.push(`${formatCount(job.filesFound)} found`);
  return withName(parts.join('  '), name, columns);
}

function withName(figures: string, name: string, columns: number): string {
  const room = columns - displayWidth(figures) - 2;
  if (room < leastNameColumns || name === '') return keepEnd(figures, columns);
  return `${figures}  ${keepEnd(makeVisible(name), room)}`;
}

/** Draws the line and keeps it out of the way of messages. */
export class ProgressLine implements MessageSink {
  readonly #messages: MessageSink;
  readonly #rate = new RateMeter();
  #timer: NodeJS.Timeout | undefined;
  #drawn = false;

  constructor(messages: MessageSink) {
    this.#messages = messages;
  }

  get isTerminal(): boolean {
    return this.#messages.isTerminal;
  }

  get columns(): number {
    return this.#messages.columns;
  }

  /** Begins to draw the progress of `job`, whose figures stand in `stats`. */
  start(stats: Uint8Array, job: Pick<EngineJob, 'id' | 'slot'>): void {
    this.#timer = setInterval(() => this.#draw(stats, job), redrawMs);
  }

  /** Ends the drawing and leaves no trace of it. */
  stop(): void {
    clearInterval(this.#timer);
    this.hide();
  }

  /** Takes the line away until it is drawn the next time. */
  hide(): void {
    if (this.#drawn) this.#messages.write(clearLine);
    this.#drawn = false;
  }

  /** A message, which takes the place of the line. */
  write(text: string): void {
    this.hide();
    this.#messages.write(text);
  }

  drained(): Promise<void> {
    return this.#messages.drained();
  }

  #draw(stats: Uint8Array, { id, slot }: Pick<EngineJob, 'id' | 'slot'>): void {
    const { jobs, threads } = readStats(stats);
    const job = jobs.find((reading) => reading.slot === slot && reading.jobId === id);
    if (!job) return;
    this.#rate.add(job.activeNs / 1e9, job.bytesDone);
    const inHand = threads.filter(
      ({ kind, state, jobId, name }) => kind === 'worker' && state !== 'stalled' && jobId === id && name !== '',
    );
    const largest = inHand.reduce((name, thread) => (thread.entrySize > name.entrySize ? thread : name), {
      name: '',
      entrySize: -1,
    });
    const reading = {
      job,
      bytesPerSecond: this.#rate.perSecond,
      name: largest.name,
      stalled: stalledPaths(threads, [id])[0],
    };
    // One column stays free: in the last one some terminals break the line.
    this.#messages.write(`\r${progressText(reading, this.columns - 1)}\x1b[K`);
    this.#drawn = true;
  }
}
