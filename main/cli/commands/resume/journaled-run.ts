/**
 * Hashing with a journal: results are shown once they are written to it, and a run that was interrupted, however it
 * ended, goes on with it. A run from the beginning gives its results as they come; one that goes on gives all of the
 * job's at its end, in walk order, for only then it is known which of the earlier ones stand.
 */
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { openBatch } from '#shared/batch/reader.ts';
import type { HashSpec } from '#shared/contract/kinds/hash.ts';
import { newJobId } from '#shared/jobs/job-id.ts';
import { walkOptionsOf } from '#shared/jobs/walk-options.ts';
import type { JournalPart } from '#shared/shards/plan.ts';
import { systemCode } from '../../../base/system-error.ts';
import type { EngineJobEnd, EngineJobSpec } from '../../../engine/engine.ts';
import type { EarlierResults } from '../../../store/earlier-results.ts';
import type { Journal, JournalError } from '../../../store/journal.ts';
import { createJournal } from '../../../store/journal-folder.ts';
import type { NotedRoot } from '../../../store/journal-notes.ts';
import { lockNameLength } from '../../../store/lock.ts';
import { resumeStored } from '../../../store/stored-job.ts';
import type { BatchSink } from '../../../tasks/pipeline/engine-run.ts';
import { sortedResults, sortNameLength } from '../../../tasks/pipeline/sorted-results.ts';
import { FailedAttempt, UsageError } from '../../errors.ts';
import type { HashOptions } from '../../hash/options.ts';
import { version } from '../../version.ts';
import type { MessageSink, World } from '../../world.ts';

export class JournaledRun {
  readonly #journal: Journal;
  /** What the journal held; undefined for a run from the beginning. */
  readonly #earlier: EarlierResults | undefined;
  readonly #shown: string;
  readonly #messages: MessageSink;
  /** Own path, absolute and without links: what lies there is no result. */
  readonly #own: string;
  /** How names end that may be the journal's, or of files beside it. */
  readonly #endings: readonly { readonly text: Uint8Array; readonly behind: number }[];
  /** Batches that are not written yet, in their order: shows one. */
  readonly #waiting: (() => void)[] = [];
  #failure: JournalError | undefined;

  constructor(journal: Journal, shown: string, { messages }: World, earlier?: EarlierResults) {
    this.#messages = messages;
    this.#journal = journal;
    this.#shown = shown;
    this.#earlier = earlier;
    this.#own = realpathSync(journal.path);
    const base = path.basename(this.#own);
    this.#endings = [
      { text: Buffer.from(base), behind: 0 },
      { text: Buffer.from(`${base}.lock/`), behind: lockNameLength },
      { text: Buffer.from(`${base}.sort-`), behind: sortNameLength },
    ];
  }

  /**
   * A journal at `file` for a job over `roots`, or the one that is there, if it is of the same job and unfinished.
   * Throws UsageError or FailedAttempt.
   */
  static async open(
    file: string,
    roots: readonly Uint8Array[],
    options: HashOptions,
    world: World,
    part?: JournalPart,
  ): Promise<JournaledRun> {
    const spec = specOf(options);
    const noted = roots.map(notedRoot);
    const folder = folderOf(roots);
    try {
      const job = { kind: 'hash', spec, roots: noted, tool: version, resumable: true, filterRoots: true } as const;
      const place = { ...(folder !== undefined && { folder: Buffer.from(folder) }), ...(part && { part }) };
      return new JournaledRun(await createJournal(file, newJobId(), { ...job, ...place }), file, world);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw new FailedAttempt(`cannot make the journal ${file}`, error);
    }
    const { checkSame, openUnfinished } = await import('./unfinished-job.ts');
    const found = await openUnfinished(file);
    checkSame(file, found, { spec, roots: noted, folder, part });
    return JournaledRun.goOn(file, world);
  }

  /** The job of an unfinished journal goes on. Throws FailedAttempt. */
  static async goOn(file: string, world: World): Promise<JournaledRun> {
    const resumed = await resumeStored(file, { tool: version }).catch((error: unknown) => {
      throw new FailedAttempt(`cannot go on with ${file}`, error);
    });
    const { earlier, tornBytes } = resumed;
    const torn = tornBytes > 0 ? `; ${tornBytes} bytes at its end were not whole and are left out` : '';
    world.messages.write(`hashlane: ${file}: goes on; ${earlier.knownCount} files were done${torn}\n`);
    return new JournaledRun(resumed.journal, file, world, earlier);
  }

  /** For the engine's job. */
  get engineSpec(): Partial<EngineJobSpec> {
    const { id, filterRoots = false } = this.#journal.header;
    const spec = { id, identities: true, filterRoots };
    return this.#earlier === undefined ? spec : { ...spec, known: this.#earlier.known(), order: 'completion' };
  }

  /** All results come at the end, in walk order. */
  get givesSorted(): boolean {
    return this.#earlier !== undefined;
  }

  /** Leads batches through the journal to `results`. `onFailure` is called once when the journal fails. */
  sink(results: BatchSink, onFailure: () => void): BatchSink {
    this.#journal.listen({
      appended: () => this.#waiting.shift()?.(),
      failed: (error) => {
        this.#failure = error;
        onFailure();
      },
    });
    return {
      accept: (batch, release) => {
        if (this.#earlier !== undefined) {
          this.#earlier.take(openBatch(batch, { checksum: false }));
          this.#journal.append(batch, release);
          return;
        }
        let shown = false;
        this.#waiting.push(() => {
          shown = true;
          results.accept(batch, release);
        });
        this.#journal.append(batch, () => {
          if (!shown) release();
        });
      },
    };
  }

  /**
   * The engine has ended: completes the journal, and gives what `results` have not been given; resolves to how many
   * results they got in all. Throws FailedAttempt when the journal failed.
   */
  async finish(end: EngineJobEnd, results: BatchSink): Promise<number> {
    const { state, files, bytes, ok, failed, skipped, elapsedMs } = end;
    const now = { files, bytes, ok, failed, skipped, elapsedMs };
    const before = this.#earlier?.totals();
    const totals = before === undefined ? now : addTotals(before, now);
    if (state === 'finished') {
      const { spec } = this.#journal.header;
      const algorithms = spec?.kind === 'hash' ? spec.algorithms : [];
      await this.#journal.seal({ state, totals, outcome: null, failure: null, algorithms });
    } else await this.#journal.finish();
    if (this.#failure !== undefined) throw new FailedAttempt(`cannot write the journal ${this.#shown}`, this.#failure);
    if (this.#earlier === undefined || state !== 'finished') return files;
    const { reread, appeared } = this.#earlier;
    this.#messages.write(
      `hashlane: ${this.#shown}: ${files} files were read now, of which ${reread} had changed or could not be read before, ` +
        `and ${appeared} appeared or changed since\n`,
    );
    return giveAll(this.#journal, results);
  }

  /** Whatever happened, the journal is closed. What is not sealed can go on. */
  close(): Promise<void> {
    return this.#journal.finish();
  }

  /** What a person does whose run was interrupted. */
  get advice(): string {
    return `hashlane: '${this.#shown}' holds what was done: 'hashlane resume' goes on with it\n`;
  }

  /** Whether `name`, as it stands in a record, is the journal or what lies beside it while it is written. */
  isOwn(name: Uint8Array): boolean {
    // Asked of every record: what does not end alike is told by a byte or two.
    if (!this.#endings.some(({ text, behind }) => endsWith(name, text, behind))) return false;
    const text = path.resolve(Buffer.from(name).toString());
    const base = text.lastIndexOf(path.basename(this.#own));
    try {
      return path.join(realpathSync(text.slice(0, base)), path.basename(this.#own)) === this.#own;
    } catch {
      return false;
    }
  }
}

/** Whether `text` lies in `name` with as many bytes behind it. */
function endsWith(name: Uint8Array, text: Uint8Array, behind: number): boolean {
  const start = name.length - behind - text.length;
  if (start < 0) return false;
  for (let at = text.length - 1; at >= 0; at--) if (name[start + at] !== text[at]) return false;
  return true;
}

/** Gives all results of a journal, in walk order; resolves to how many there were. */
export async function giveAll(journal: Journal, results: BatchSink): Promise<number> {
  let given = 0;
  for await (const batch of sortedResults(journal, journal.batches)) {
    given += batch.count;
    await new Promise<void>((resolve) => results.accept(batch.bytes, resolve));
  }
  return given;
}

type Totals = ReturnType<EarlierResults['totals']>;

function addTotals(a: Totals, b: Totals): Totals {
  const sum = { ...a };
  for (const name of Object.keys(sum) as (keyof Totals)[]) sum[name] += b[name];
  return sum;
}

/** What relative paths refer to; undefined where all are absolute. */
function folderOf(roots: readonly Uint8Array[]): string | undefined {
  return roots.every((root) => path.isAbsolute(Buffer.from(root).toString('latin1'))) ? undefined : process.cwd();
}

/** Whether `file` holds all results of this part already. Throws FailedAttempt where it is of another job. */
export async function isDone(
  file: string,
  roots: readonly Uint8Array[],
  options: HashOptions,
  part: JournalPart,
): Promise<boolean> {
  if (!existsSync(file)) return false;
  const { checkSame, openUnfinished } = await import('./unfinished-job.ts');
  const found = await openUnfinished(file);
  if (found.seal?.state !== 'finished') return false;
  const job = { spec: specOf(options), roots: roots.map(notedRoot), folder: folderOf(roots), part };
  checkSame(file, found, { ...job, mayBeFinished: true });
  return true;
}

function specOf(options: HashOptions): HashSpec {
  return { kind: 'hash', sources: [], algorithms: [...options.algorithm], walk: walkOptionsOf(options) };
}

function notedRoot(root: Uint8Array): NotedRoot {
  const bytes = Buffer.from(root);
  const name = path.basename(bytes.toString('utf8')) || bytes.toString('utf8');
  return { path: bytes.toString('base64'), kind: 'file', name, size: null };
}

/** A path as bytes. */
export function rootBytes({ path: text }: NotedRoot): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

/** Throws UsageError for what cannot be read again. */
export function checkJournalUsage(streams: readonly unknown[]): void {
  if (streams.length > 0) throw new UsageError("standard input ('-') cannot be read again, and so has no journal");
}
