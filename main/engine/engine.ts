/**
 * The engine as the rest of `main` sees it. `native-engine.ts` implements it over the addon; tests
 * may stand in another. Nothing outside `main/engine` loads the addon.
 */
import type { KnownFilesTable } from '#shared/batch/known-files.ts';
import type { WalkOptions } from '#shared/jobs/walk-options.ts';
import type { Shard } from '#shared/shards/shard.ts';
import type { JobPriority } from '#shared/stats/names.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import type { ErrorCode } from '#shared/tables/error-codes.ts';
import type { Status } from '#shared/tables/statuses.ts';

export interface EngineOptions {
  /** Worker threads; default one per core. */
  readonly threads?: number;
  /** Ceiling of the engine's buffers in bytes; default 256 MiB. */
  readonly memoryLimit?: number;
  /** Milliseconds after which a file is given up whose device does not answer; default two minutes. */
  readonly giveUpAfterMs?: number;
}

export interface KernelInfo {
  readonly algorithm: AlgorithmName;
  /** What computes a single stream. */
  readonly implementation: string;
  /** What computes many streams side by side, or null. */
  readonly lanes: { readonly target: string; readonly count: number } | null;
  readonly selfTest: 'passed' | 'failed';
}

/** Who computes an algorithm, in words: `OpenSSL 3.0.17, 16 lanes AVX-512`. */
export function kernelText({ implementation, lanes }: KernelInfo): string {
  return lanes === null ? implementation : `${implementation}, ${lanes.count} lanes ${lanes.target}`;
}

/** Bytes a second on one thread, on bytes in the cache; null where there is no such kernel. */
export interface KernelSpeed {
  readonly singleStream: number | null;
  /** All lanes together. */
  readonly lanes: number | null;
}

export interface EngineInfo {
  readonly version: string;
  readonly layoutVersion: number;
  readonly threads: number;
  readonly memoryLimit: number;
  readonly cpu: readonly string[];
  readonly kernels: readonly KernelInfo[];
}

/** Walk options that are left out are the defaults. */
export interface EngineJobSpec extends Partial<WalkOptions> {
  /** The job's persistent id (`shared/jobs/job-id.ts`), unique among running jobs; default: a new one. */
  readonly id?: number;
  /** Paths as bytes, in the order in which they are to be walked. May be empty for a job of feeds. */
  readonly roots: readonly Uint8Array[];
  readonly algorithms: readonly AlgorithmName[];
  /** `walk`: entry ids count up depth first with names in byte order; `completion`: as they come. */
  readonly order: 'walk' | 'completion';
  /** Roots are files: a folder among them is reported EISDIR instead of being walked. */
  readonly filesOnly?: boolean;
  /** The patterns apply to files among the roots as well; a pattern with `/` is held against the whole root. */
  readonly filterRoots?: boolean;
  /** Files get a record with their size and time, status ok and no digest; nothing is read. `algorithms` is empty. */
  readonly listOnly?: boolean;
  /**
   * The roots were met below one folder by an earlier walk (`listOnly`): links are what they would be there, filters
   * have been applied, records are of root 0, and a folder is reported instead of being walked.
   */
  readonly listed?: boolean;
  /** Only what belongs to this shard by its path below its root gets a record. */
  readonly shard?: Shard;
  /** Walk once more ahead of the work, so that totals are known early (for progress). */
  readonly countAhead: boolean;
  /** Feeds that will be opened; the job ends when the roots are done and all of these have ended. */
  readonly feeds: number;
  /** Bytes that the feeds will bring together, for progress; 0 where unknown. */
  readonly feedBytes?: number;
  /** What somebody waits for goes before what runs in the background; default `background`. */
  readonly priority?: JobPriority;
  /** Records tell which file they are of (flag `identity`), so that another job can know it again; default false. */
  readonly identities?: boolean;
  /** Files that are passed over, without a record, while they are as they were: see `shared/batch/known-files.ts`. */
  readonly known?: KnownFilesTable;
  /**
   * A sealed batch, in the engine's own slab: valid until `release` is called, which must happen
   * soon, or the engine waits. Called in sequence order on the JavaScript thread. A throw here
   * cancels the job and rejects `done`.
   */
  readonly onBatch: (batch: Uint8Array, release: () => void) => void;
}

export interface EngineJobEnd {
  readonly state: 'finished' | 'cancelled';
  readonly files: number;
  readonly bytes: number;
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
  readonly filteredOut: number;
  readonly elapsedMs: number;
}

export interface FileHashOptions {
  readonly algorithms: readonly AlgorithmName[];
  /** Default: interactive. */
  readonly priority?: 'interactive' | 'background';
  /** The caller gives up; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What became of one file; nothing here belongs to the engine any more. */
export interface HashResult {
  readonly status: Status;
  /** Bytes; what was hashed when the status is ok, else what the file system said, or 0. */
  readonly size: number;
  /** Nanoseconds since 1970; 0 where unknown. */
  readonly modifiedNs: bigint;
  readonly error: ErrorCode;
  /** The system's own words, only for EOTHER. */
  readonly errorText: string;
  /** Empty unless the status is ok. */
  readonly digests: Readonly<Partial<Record<AlgorithmName, Uint8Array>>>;
}

/** A file whose bytes come from JavaScript, such as an upload. */
export interface EngineFeed {
  /** Resolves once the bytes are taken in (they are copied before this returns). One write at a time. */
  write(bytes: Uint8Array): Promise<void>;
  /** The file is complete; its record follows in a batch. */
  end(): Promise<void>;
  /** The file will not be completed: its record gets status `cancelled` and this code. */
  abort(code: ErrorCode): Promise<void>;
}

export interface EngineJob {
  readonly id: number;
  /** Index of the job's region in the stats block. */
  readonly slot: number;
  /** Settles after the last batch was handed over. */
  readonly done: Promise<EngineJobEnd>;
  pause(): void;
  resume(): void;
  cancel(): void;
  /**
   * `name` as it shall stand in the batch; `root` is the index for the record; `size`: bytes that will
   * come, where that is known.
   */
  openFeed(name: Uint8Array, root: number, size?: number): EngineFeed;
}

export interface Engine {
  readonly info: EngineInfo;
  /** The live stats block over shared memory; copy it before it leaves the process. */
  readonly stats: Uint8Array;
  start(spec: EngineJobSpec): EngineJob;
  /**
   * Hashes one file, by its path as bytes or UTF-8 text; a link is followed. What is asked for in one turn of
   * the event loop becomes one job and one batch. A file that is being hashed already with the same algorithms
   * is not read twice: the answer may then stand for its contents of a moment ago, and several callers may get
   * the same object. What becomes of the file is in the result, also when it is missing or a folder. A file
   * that is not begun is dropped when nobody waits for it any more; a job is cancelled when nobody waits for
   * any of its files.
   *
   * Rejects with EngineError EMPTY_PATH, BAD_PATH, NO_ALGORITHM, UNKNOWN_ALGORITHM, INPUT_TOO_LARGE,
   * KERNEL_UNAVAILABLE, OUT_OF_MEMORY, ENGINE_CLOSED, and with the reason of `signal`.
   */
  hash(path: string | Uint8Array, options: FileHashOptions): Promise<HashResult>;
  /**
   * Measures an algorithm's kernels, each for about `milliseconds` (1 to 60,000), on a thread that
   * is none of the engine's. Ends early, with what it has, when `interruption` is aborted. Rejects with
   * EngineError UNKNOWN_ALGORITHM, BAD_DURATION.
   */
  measureSpeed(algorithm: AlgorithmName, milliseconds: number, interruption?: AbortSignal): Promise<KernelSpeed>;
  /**
   * Cancels every job and waits for the threads, save those that wait for a device which does not answer. The engine
   * cannot be used afterwards.
   */
  close(): Promise<void>;
}

/** What the engine and its loader throw; `code` is stable. */
export class EngineError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'EngineError';
    this.code = code;
  }
}
