/** What could not be hashed, or was skipped: said as it comes, and what counts once more at the end. */
import type { BatchView } from '#shared/batch/reader.ts';
import { recordError } from '#shared/formats/record-text.ts';
import { failedStatuses } from '#shared/tables/statuses.ts';
import { type Paint, plain } from '#shared/text/paint.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { shownName } from '../../base/raw-names.ts';
import type { ByteSink, MessageSink } from '../world.ts';

/** Failures that the closing lines repeat, when more lines than these have gone by since. */
const maxRepeated = 5;
const screenLines = 10;
const linesAtOnce = 1000;

export interface FailuresOptions {
  /** Say nothing of what was skipped. */
  readonly isQuiet: boolean;
  /** Where lines go instead of standard error. */
  readonly file: ByteSink | undefined;
  /** For standard error. */
  readonly paint: Paint;
}

export class Failures {
  readonly #options: FailuresOptions;
  readonly #first: string[] = [];
  readonly #unwritten: string[] = [];
  #written = Promise.resolve();
  #lines = 0;
  #failed = 0;

  constructor(options: FailuresOptions) {
    this.#options = options;
  }

  /** Entries of folders that were skipped are well; a path that was named and gave no digest is not. */
  get hasFailed(): boolean {
    return this.#failed > 0;
  }

  get failed(): number {
    return this.#failed;
  }

  /** A record without digests. `isOperand`: of a path that was named. */
  add(batch: BatchView, index: number, isOperand: boolean, messages: MessageSink): void {
    const isFailure = isOperand || failedStatuses.has(batch.status(index));
    const { file, paint } = this.#options;
    const line = failureLine(batch, index, file === undefined ? paint : plain);
    if (isFailure) {
      this.#failed++;
      if (this.#first.length < maxRepeated) this.#first.push(line);
    } else if (this.#options.isQuiet) return;
    this.#say(line, messages);
  }

  /** A file that has digests, and that another program had open for writing: what that changes may not show. */
  addOpenForWriting(batch: BatchView, index: number, messages: MessageSink): void {
    if (this.#options.isQuiet) return;
    const note = 'another program has it open for writing; a change through a mapping may not be in its digest';
    this.#say(`hashlane: ${shownName(batch.nameBytes(index))}: ${note}\n`, messages);
  }

  /** Something that was named and never reached the engine. */
  addProblem(problem: string, messages: MessageSink): void {
    this.#failed++;
    this.#say(`hashlane: ${problem}\n`, messages);
  }

  #say(line: string, messages: MessageSink): void {
    this.#lines++;
    if (this.#options.file === undefined) messages.write(line);
    else if (this.#unwritten.push(line) >= linesAtOnce) void this.flush();
  }

  /** Lines for the file of failures. Rejects when one could not be written, also before. */
  flush(): Promise<void> {
    const lines = this.#unwritten.splice(0);
    const write = async (): Promise<void> => {
      if (lines.length > 0) await this.#options.file?.write(new TextEncoder().encode(lines.join('')));
    };
    this.#written = this.#written.then(write);
    // Heard by whoever awaits the last one.
    this.#written.catch(() => undefined);
    return this.#written;
  }

  /** The first failures, where they are out of sight by now. */
  *repeated(): Generator<string> {
    const isOutOfSight = this.#options.file === undefined && this.#lines > screenLines;
    if (!isOutOfSight || this.#first.length === 0) return;
    yield `hashlane: the first ${this.#first.length === 1 ? 'failure' : `${this.#first.length} failures`} once more:\n`;
    yield* this.#first;
  }
}

/** What standard error says of a record that has no digest; a whole line. */
function failureLine(batch: BatchView, index: number, paint: Paint): string {
  const status = batch.status(index);
  const error = recordError(batch, index) ?? { code: status.toUpperCase(), message: 'it was not hashed' };
  const isSkipped = status === 'skipped';
  const reason = `${isSkipped ? 'skipped: ' : ''}${makeVisible(error.message)} (${error.code})`;
  return `hashlane: ${shownName(batch.nameBytes(index))}: ${paint(isSkipped ? 'warning' : 'bad', reason)}\n`;
}
