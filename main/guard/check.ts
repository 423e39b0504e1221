/** A check: reads what is due, says what became of each file, and brings the record up to date. */
import type { BatchView } from '#shared/batch/reader.ts';
import { recordError } from '#shared/formats/record-text.ts';
import { coverageOf } from '#shared/guard/coverage.ts';
import { decide, replacesRecord } from '#shared/guard/decide.ts';
import { dueEntries, isWhole, type ScrubPlan } from '#shared/guard/plan.ts';
import type { GuardRecord, RecordEntry, RootIdentity } from '#shared/guard/record.ts';
import type { CheckReport, Finding } from '#shared/guard/report/model.ts';
import { noCounts, verdictOf } from '#shared/guard/states.ts';
import { FailedAttempt } from '../base/failed-attempt.ts';
import { leftoverPattern } from '../base/output/leftovers.ts';
import type { EngineJobSpec } from '../engine/engine.ts';
import { walkNames } from '../tasks/folder/folder-names.ts';
import { GroupRuns } from '../tasks/folder/group-runs.ts';
import { HashPaths } from '../tasks/folder/hash-paths.ts';
import type { Steps } from '../tasks/pipeline/stepped-task.ts';
import { mediumFolder } from './guard-store.ts';
import { isSameRoot, lookAtRoot } from './identity.ts';
import { matchMoves } from './moves.ts';

export interface CheckOptions extends ScrubPlan {
  /** Stop beginning new files after so long, ms. */
  readonly maxTimeMs?: number;
  readonly now: () => number;
  /** How files are read; default: from the medium, for a check from memory proves nothing about the disk. */
  readonly reading?: Reading;
}

/** The engine's options of reading. */
export type Reading = Pick<EngineJobSpec, 'medium' | 'limitRate' | 'idle'>;

/** Bytes that are read between two looks at the clock. */
const chunkBytes = 1 << 30;
const chunkFiles = 2_048;
const slash = 0x2f;

/** Rejects with what `steps` reject with; the record then has what was compared until then. */
export async function checkFolder(record: GuardRecord, options: CheckOptions, steps: Steps): Promise<CheckReport> {
  const startedMs = options.now();
  const unavailable = (reason: string): CheckReport => unavailableReport(record, reason, startedMs, options.now());
  const look = await lookAtRoot(record.header.root);
  if (look.kind === 'unavailable') return unavailable(look.reason);
  // guard: another disk in the root's place
  if (!isSameRoot(look.identity, record.header.identity)) return unavailable('another disk or folder is in its place');
  const check = new FolderCheck(record, options, steps);
  let problem: string | undefined;
  try {
    problem = isWhole(options) && options.maxTimeMs === undefined ? await check.whole() : await check.part(startedMs);
  } catch (error) {
    check.forgetAdded();
    throw error;
  }
  problem ??= await becameAnother(record.header.root, look.identity);
  if (problem !== undefined) {
    check.forgetAdded();
    return unavailable(problem);
  }
  const findings = check.settle();
  const counts = check.counts;
  return {
    header: record.header,
    verdict: verdictOf(counts),
    counts,
    findings,
    ok: check.ok,
    record,
    coverage: coverageOf(record, options.now()),
    startedMs,
    elapsedMs: options.now() - startedMs,
    readFiles: check.readFiles,
    readBytes: check.readBytes,
  };
}

/** A disk that was taken away during the check leaves an empty folder, or another: what is not there is not gone then. */
async function becameAnother(root: Uint8Array, before: RootIdentity): Promise<string | undefined> {
  const look = await lookAtRoot(root);
  // guard: a root that goes away during a check
  if (look.kind !== 'folder' || !isSameRoot(look.identity, before)) return 'it went away during the check';
  return undefined;
}

/** Of a root that is not there, or not the one on record: nothing was compared. Times are ms since 1970. */
export function unavailableReport(
  record: GuardRecord,
  reason: string,
  startedMs: number,
  endedMs: number,
): CheckReport {
  return {
    header: record.header,
    verdict: 'unavailable',
    reason,
    counts: noCounts(),
    findings: [],
    ok: [],
    record,
    coverage: coverageOf(record, startedMs),
    startedMs,
    elapsedMs: endedMs - startedMs,
    readFiles: 0,
    readBytes: 0,
  };
}

class FolderCheck {
  readonly counts = noCounts();
  /** Numbers of the entries that are as they are on record. */
  readonly ok: number[] = [];
  readFiles = 0;
  readBytes = 0;
  readonly #record: GuardRecord;
  readonly #options: CheckOptions;
  readonly #steps: Steps;
  readonly #findings: Finding[] = [];
  /** By number of the entry: whether the file is there. */
  readonly #seen: Uint8Array;
  readonly #before: number;
  /** Entries of files that were not on record. */
  readonly #added: number[] = [];
  /** What takes the place of what is on record, once the check has come to its end and its report says so. */
  readonly #changed: RecordEntry[] = [];
  /** Folders and files that could not be looked into, relative to the root. */
  readonly #blind: Uint8Array[] = [];
  /** Whether every file that is not on record was read. */
  #knowsAllNew = true;
  #rootProblem: string | undefined;

  constructor(record: GuardRecord, options: CheckOptions, steps: Steps) {
    this.#record = record;
    this.#options = options;
    this.#steps = steps;
    this.#before = record.numbers;
    this.#seen = new Uint8Array(record.numbers);
  }

  get #reading(): Reading {
    return { medium: true, ...this.#options.reading };
  }

  /** Reads everything. Gives a reason why nothing could be compared. */
  async whole(): Promise<string | undefined> {
    const { root, algorithm } = this.#record.header;
    const prefix = root.at(-1) === slash ? root.length : root.length + 1;
    const runs = new GroupRuns<null>(async () => {
      await runs.hash(
        this.#steps,
        {
          roots: [root],
          algorithms: [algorithm],
          exclude: [leftoverPattern],
          ...this.#reading,
        },
        (batch, index) => this.#take(batch, index, batch.nameBytes(index).subarray(prefix)),
      );
    });
    await runs.start(null);
    await runs.finish();
    return this.#rootProblem ?? this.#emptiness();
  }

  /** Reads what is due and what is new. */
  async part(startedMs: number): Promise<string | undefined> {
    const { root } = this.#record.header;
    const fresh: Uint8Array[] = [];
    let found = 0;
    const see = (path: Uint8Array): void => {
      if (isOfHashlane(path)) return;
      found++;
      const number = this.#record.find(path);
      if (number < 0) fresh.push(path.slice());
      else if (number < this.#before) this.#seen[number] = 1;
    };
    const listing = walkNames(
      root,
      {
        folder: (below) => ({
          file: (path, length) => see(path.subarray(0, length)),
          unreadable: (code) => this.#unreadable(below.slice(), { code, message: 'the folder cannot be listed' }),
        }),
        pause: () => this.#steps.checkpoint(),
      },
      this.#steps.signal,
    );
    await listing.catch((error: unknown) => {
      if (!(error instanceof FailedAttempt)) throw error;
      this.#rootProblem = error.message;
    });
    await this.#steps.checkpoint();
    if (this.#rootProblem !== undefined) return this.#rootProblem;
    if (found === 0) return this.#emptiness();
    const due = dueEntries(this.#record, this.#options, startedMs);
    const known = function* (this: FolderCheck): Generator<readonly [Uint8Array, number]> {
      for (const number of due) {
        if (this.#seen[number] === 1) yield [this.#record.path(number), this.#record.size(number)];
      }
    }.bind(this);
    // What is new first: files that are gone may be among them, under another name.
    this.#knowsAllNew = await this.#readAll(
      fresh.map((path) => [path, chunkBytes / chunkFiles] as const),
      startedMs,
    );
    if (this.#knowsAllNew) await this.#readAll(known(), startedMs);
    return undefined;
  }

  /** Whether all were read before the time was over. */
  async #readAll(paths: Iterable<readonly [Uint8Array, number]>, startedMs: number): Promise<boolean> {
    const { maxTimeMs, now } = this.#options;
    const { root, algorithm } = this.#record.header;
    let chunk: Uint8Array[] = [];
    let bytes = 0;
    const read = async (): Promise<void> => {
      const given = chunk;
      chunk = [];
      bytes = 0;
      const hashing = new HashPaths({
        steps: this.#steps,
        root,
        reading: this.#reading,
        record: (id, batch, index) => this.#take(batch, index, given[id]!),
      });
      for (const [id, path] of given.entries()) await hashing.add(id, path, [algorithm]);
      await hashing.finish();
    };
    for (const [path, size] of paths) {
      chunk.push(path);
      bytes += size;
      if (bytes < chunkBytes && chunk.length < chunkFiles) continue;
      await read();
      if (maxTimeMs !== undefined && now() - startedMs >= maxTimeMs) return false;
    }
    if (chunk.length > 0) await read();
    return true;
  }

  /** What the engine says of a file or folder; `path` is relative to the root, empty for the root itself. */
  #take(batch: BatchView, index: number, path: Uint8Array): void {
    const status = batch.status(index);
    if (status === 'cancelled' || isOfHashlane(path)) return;
    if (status === 'skipped' || status === 'missing') {
      // It was listed, and is no file any more.
      const number = this.#record.find(path);
      if (number >= 0 && number < this.#before) this.#seen[number] = 0;
      return;
    }
    const { algorithm } = this.#record.header;
    const digest = batch.digest(index, algorithm);
    if (digest === null) {
      const error = recordError(batch, index) ?? { code: 'EIO', message: 'it could not be read' };
      this.#unreadable(path.slice(), error);
      return;
    }
    const checkedMs = this.#options.now();
    const size = batch.size(index);
    this.readFiles++;
    this.readBytes += size;
    const found = { size, modifiedNs: batch.modifiedNs(index), digest: digest.slice() };
    const number = this.#record.find(path);
    if (number < 0) {
      this.#added.push(this.#record.set({ ...found, path: path.slice(), checkedMs, isDamaged: false }));
      return;
    }
    if (number < this.#before) this.#seen[number] = 1;
    const known = this.#record.entry(number);
    const state = decide(known, found);
    this.counts[state]++;
    if (state === 'ok') this.ok.push(number);
    else {
      const expected = known.digest.slice();
      this.#findings.push({ path: path.slice(), state, expected, actual: found.digest, size });
    }
    const entry = { ...found, path: known.path.slice(), checkedMs, isDamaged: false };
    if (state === 'ok') this.#record.set(entry);
    else if (replacesRecord(state)) this.#changed.push(entry);
    else this.#record.setDamaged(number, checkedMs);
  }

  #unreadable(path: Uint8Array, error: { readonly code: string; readonly message: string }): void {
    if (path.length === 0) {
      this.#rootProblem = `it cannot be listed: ${error.message} (${error.code})`;
      return;
    }
    this.#blind.push(path);
    const number = this.#record.find(path);
    if (number >= 0 && number < this.#before) this.#seen[number] = 1;
    this.counts.unreadable++;
    this.#findings.push({ path, state: 'unreadable', error });
  }

  /** A disk that is not mounted leaves an empty folder. */
  #emptiness(): string | undefined {
    // guard: an empty root
    if (this.#record.count > 0 && this.#added.length === 0 && !this.#seen.includes(1)) return 'it is empty';
    return undefined;
  }

  /** Of a check that did not come to its end: what is new stays so, for it may be something that moved. */
  forgetAdded(): void {
    for (const number of this.#added) this.#record.remove(number);
  }

  /** Settles what is new, gone and moved, in the record too; the findings, by path. */
  settle(): readonly Finding[] {
    const record = this.#record;
    for (const entry of this.#changed) record.set(entry);
    const absent: number[] = [];
    const isBlind = this.#blind.length === 0 ? () => false : blindness(this.#blind);
    for (let number = 0; number < this.#before; number++) {
      if (this.#seen[number] === 1 || !record.has(number)) continue;
      if (!isBlind(record.path(number))) absent.push(number);
    }
    const moves = matchMoves(record, absent, this.#added);
    for (const number of absent) {
      const to = moves.get(number);
      // It may be among the new files that were not read.
      if (to === undefined && !this.#knowsAllNew) continue;
      const expected = record.digest(number).slice();
      const path = record.path(number).slice();
      if (to === undefined) this.#findings.push({ path, state: 'gone', expected });
      else this.#findings.push({ path, state: 'moved', expected, foundAt: record.path(to).slice() });
      this.counts[to === undefined ? 'gone' : 'moved']++;
      // What comes back in the place of a damaged file is not taken for good unseen.
      if (to !== undefined || !record.isDamaged(number)) record.remove(number);
    }
    const taken = new Set(moves.values());
    for (const number of this.#added) {
      if (taken.has(number)) continue;
      const path = record.path(number).slice();
      this.#findings.push({ path, state: 'new', actual: record.digest(number).slice(), size: record.size(number) });
      this.counts.new++;
    }
    return this.#findings.sort((a, b) => Buffer.compare(a.path, b.path));
  }
}

/** Whether a path lies in something that could not be looked into. */
function blindness(blind: readonly Uint8Array[]): (path: Uint8Array) => boolean {
  const known = new Set(blind.map((path) => Buffer.from(path).toString('latin1')));
  return (path) => {
    const text = Buffer.from(path).toString('latin1');
    for (let end = text.length; end > 0; end = text.lastIndexOf('/', end - 1)) {
      if (known.has(text.slice(0, end))) return true;
    }
    return false;
  };
}

function isOfHashlane(path: Uint8Array): boolean {
  const name = Buffer.from(path.subarray(0, mediumFolder.length + 1)).toString('latin1');
  return name === mediumFolder || name === `${mediumFolder}/`;
}
