/**
 * Single calls, few jobs: what is asked for in one turn of the event loop goes to the engine as one
 * job and comes back in as few batches as it fits in, and every caller gets a promise of its own.
 *
 * The turn ends at `setImmediate`, not at the microtasks: calls of several async functions that wake
 * one after the other belong together, and the check phase follows the poll phase at once. While
 * `maxJobs` are under way calls gather, so that the busier the engine, the fewer the jobs.
 *
 * A record is matched to its file by the index of its root, never by its name.
 */
import { openBatch } from '#shared/batch/reader.ts';
import { engineLimits } from '#shared/jobs/limits.ts';
import { type AlgorithmName, algorithmNames } from '#shared/tables/algorithms.ts';
import { check, checkAlgorithms, checkPath } from './checks.ts';
import { EngineError, type EngineJob, type EngineJobSpec, type FileHashOptions, type HashResult } from './engine.ts';
import { resultOf } from './hash-result.ts';

/** Below 65,536, which is how many roots a record can tell apart; small enough to let the next job begin. */
const filesPerJob = 4_096;
/** A quarter of what the engine takes: a dead mount may hold several, and others run jobs, too. */
const maxJobs = 16;

interface Caller {
  readonly resolve: (result: HashResult) => void;
  readonly reject: (reason: unknown) => void;
  /** Takes the caller off its signal. */
  readonly forget: () => void;
}

/** What is common to the files of one job. */
interface Kind {
  readonly algorithms: readonly AlgorithmName[];
  readonly priority: 'interactive' | 'background';
}

interface File {
  readonly key: string;
  readonly path: Uint8Array;
  kind: Kind;
  /** Nobody wants it any more when this is empty. */
  readonly callers: Set<Caller>;
  /** Undefined while it waits. */
  job: QueueJob | undefined;
}

class QueueJob {
  /** Files that somebody waits for. */
  wanted: number;
  /** Files without a record. */
  open: number;
  engineJob: EngineJob | undefined;
  constructor(files: number) {
    this.wanted = files;
    this.open = files;
  }
  /** One file less is wanted; when it was the last, what is open is not worth finishing. */
  release(): void {
    this.wanted--;
    if (this.wanted === 0 && this.open > 0) this.engineJob?.cancel();
  }
}

export class SingleFileQueue {
  readonly #start: (spec: EngineJobSpec) => EngineJob;
  readonly #most: number;
  /** Every file that waits or is being hashed, by what tells it apart. */
  readonly #files = new Map<string, File>();
  /** Those that wait, interactive ones first. */
  readonly #waiting: Record<Kind['priority'], Map<string, File[]>> = { interactive: new Map(), background: new Map() };
  readonly #jobs = new Set<QueueJob>();
  #turn: NodeJS.Immediate | undefined;
  /** What the last call asked for. */
  #last: readonly AlgorithmName[] = [];
  #closed = false;

  constructor(start: (spec: EngineJobSpec) => EngineJob, most: number = engineLimits.calls) {
    this.#start = start;
    this.#most = most;
  }

  /** See `Engine.hash`. */
  hash(path: string | Uint8Array, options: FileHashOptions): Promise<HashResult> {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      if (signal?.aborted) throw signal.reason;
      const file = this.#fileFor(typeof path === 'string' ? Buffer.from(path) : path, options);
      const drop = (): void => {
        file.callers.delete(caller);
        if (file.callers.size === 0) this.#drop(file);
        reject(signal!.reason);
      };
      const caller: Caller = { resolve, reject, forget: () => signal?.removeEventListener('abort', drop) };
      signal?.addEventListener('abort', drop, { once: true });
      file.callers.add(caller);
    });
  }

  /** A job has ended, this one's or another's: there may be room for what waits. */
  wake(): void {
    if (this.#waiting.interactive.size + this.#waiting.background.size > 0) this.#schedule();
  }

  /** Nothing is taken any more, and everybody is told so. */
  close(): void {
    this.#closed = true;
    clearImmediate(this.#turn);
    const error = closed();
    for (const file of [...this.#files.values()]) this.#settle(file, (caller) => caller.reject(error));
    for (const files of Object.values(this.#waiting)) files.clear();
  }

  #fileFor(path: Uint8Array, { algorithms, priority = 'interactive' }: FileHashOptions): File {
    if (this.#closed) throw closed();
    checkPath(path);
    const chosen = this.#chosen(algorithms);
    const kindKey = chosen.join();
    const key = `${kindKey}\0${Buffer.from(path.buffer, path.byteOffset, path.length).toString('latin1')}`;
    const present = this.#files.get(key);
    // What a person waits for does not wait for what runs in the background.
    if (present && (priority === 'background' || present.kind.priority === 'interactive')) return present;
    check(this.#files.size < this.#most, 'INPUT_TOO_LARGE', `At most ${this.#most} files can be asked for at once.`);
    const kind = { algorithms: chosen, priority };
    // One that waits only changes its place. The caller may write to its array before the turn is over.
    const file =
      present !== undefined && present.job === undefined
        ? present
        : { key, path: path.slice(), kind, callers: new Set<Caller>(), job: undefined };
    file.kind = kind;
    this.#files.set(key, file);
    const waiting = this.#waiting[priority];
    const queue = waiting.get(kindKey);
    if (queue === undefined) waiting.set(kindKey, [file]);
    else queue.push(file);
    this.#schedule();
    return file;
  }

  /** In the order of the table, so that the same algorithms in another order are the same. */
  #chosen(algorithms: readonly AlgorithmName[]): readonly AlgorithmName[] {
    // Calls by the thousand ask for the same ones.
    if (
      algorithms.length > 0 &&
      algorithms.length === this.#last.length &&
      algorithms.every((name, at) => name === this.#last[at])
    ) {
      return this.#last;
    }
    checkAlgorithms(algorithms);
    this.#last = algorithmNames.filter((name) => algorithms.includes(name));
    return this.#last;
  }

  #schedule(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      this.#begin();
    });
  }

  #begin(): void {
    for (const priority of ['interactive', 'background'] as const) {
      const waiting = this.#waiting[priority];
      // Given up meanwhile, or moved to where it is sooner.
      const isDue = (file: File): boolean => file.callers.size > 0 && file.kind.priority === priority;
      for (const [kindKey, queue] of waiting) {
        while (queue.length > 0) {
          if (this.#jobs.size >= maxJobs) return;
          const files = queue.splice(0, filesPerJob).filter(isDue);
          if (files.length > 0 && !this.#run(files)) {
            queue.unshift(...files);
            return;
          }
        }
        waiting.delete(kindKey);
      }
    }
  }

  /** False when the engine takes no further job for now. */
  #run(files: readonly File[]): boolean {
    const job = new QueueJob(files.length);
    const { kind } = files[0]!;
    const fail = (error: unknown): void => {
      for (const file of files) this.#settle(file, (caller) => caller.reject(error));
    };
    try {
      job.engineJob = this.#start({
        roots: files.map((file) => file.path),
        ...kind,
        ...eachFileByItself,
        onBatch: (bytes, release) => {
          // From the engine to here it never left this process.
          const batch = openBatch(bytes, { checksum: false });
          job.open -= batch.count;
          for (let index = 0; index < batch.count; index++) {
            const file = files[batch.root(index)]!;
            if (file.callers.size === 0) continue;
            const result = resultOf(batch, index);
            this.#settle(file, (caller) => caller.resolve(result));
          }
          release();
        },
      });
    } catch (error) {
      if (error instanceof EngineError && error.code === 'TOO_MANY_JOBS') return false;
      fail(error);
      return true;
    }
    this.#jobs.add(job);
    for (const file of files) file.job = job;
    void job.engineJob.done
      .then(() => fail(new EngineError('NO_RESULT', 'The engine ended without a result for the file.')), fail)
      .then(() => {
        this.#jobs.delete(job);
        this.wake();
      });
    return true;
  }

  #settle(file: File, tell: (caller: Caller) => void): void {
    if (file.callers.size === 0) return;
    for (const caller of file.callers) {
      caller.forget();
      tell(caller);
    }
    file.callers.clear();
    this.#drop(file);
  }

  /** Nobody waits for the file any more. */
  #drop(file: File): void {
    if (this.#files.get(file.key) === file) this.#files.delete(file.key);
    file.job?.release();
  }
}

/** Roots are files; a folder among them is told, not walked. */
export const eachFileByItself = {
  filesOnly: true,
  filterRoots: false,
  order: 'completion',
  hidden: true,
  followSymlinks: false,
  oneFileSystem: false,
  include: [],
  exclude: [],
  countAhead: false,
  feeds: 0,
} as const satisfies Partial<EngineJobSpec>;

function closed(): EngineError {
  return new EngineError('ENGINE_CLOSED', 'The engine was closed.');
}
