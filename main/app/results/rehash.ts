/**
 * Hashes files of results once more and compares: of evidence, of a disk that one does not trust, one wants to
 * know whether the digests still hold. A page names results only: the path is the journal's, and must still lead
 * below what the person granted.
 */
import { realpath } from 'node:fs/promises';
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import type { Rehashed, ResultReference } from '#shared/contract/models.ts';
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';
import { digestText } from '#shared/text/digest-text.ts';
import { toHex } from '#shared/text/hex.ts';
import { Problem } from '../../base/problem.ts';
import { isWithin } from '../../base/within.ts';
import { type Engine, EngineError, type HashResult } from '../../engine/engine.ts';
import { JournalError, type JournalReader } from '../../store/journal.ts';
import type { Job } from '../jobs/job.ts';

/** Records number their roots with 16 bits; all farther ones share the last number. */
const sharedRoot = 0xffff;

/** No longer name is whole; see `maxNameBytes` of the engine. */
const cutNameBytes = 65_536;

/** One record, and where in its batch it is; the batch is the record's own. */
interface Found {
  readonly batch: BatchView;
  readonly index: number;
}

export interface RehashOptions {
  /** Computed in the same read, beside the algorithms of the results. */
  readonly further?: readonly AlgorithmName[];
  readonly signal?: AbortSignal;
}

/**
 * Answers in the order of `wanted`. Throws Problem: NOT_FOUND (the job has no such result), UNREADABLE (the
 * journal), CONFLICT (the engine closes).
 */
export async function rehash(
  engine: Pick<Engine, 'hash'>,
  job: Job,
  wanted: readonly ResultReference[],
  options: RehashOptions = {},
): Promise<Rehashed[]> {
  const reader = job.journal.openReader();
  try {
    const hashed = new Map<ResultReference, Rehashed>();
    for (const [sequence, references] of byBatch(wanted)) {
      const batch = await readBatch(reader, job, sequence);
      const found = references.map(({ entry }) => ({ batch, index: indexOf(batch, entry) }));
      const refusals = await Promise.all(found.map((one) => refusal(job, one)));
      // All files are asked for in one turn, so that they go to the engine together.
      const answers = await Promise.all(found.map((one, at) => refusals[at] ?? hashAndCompare(engine, one, options)));
      references.forEach((reference, at) => {
        hashed.set(reference, { entry: reference.entry, ...answers[at]! });
      });
    }
    return wanted.map((reference) => hashed.get(reference)!);
  } catch (error) {
    if (error instanceof JournalError) throw new Problem('UNREADABLE', error.message, error.code);
    if (error instanceof EngineError) throw new Problem('CONFLICT', error.message, error.code);
    throw error;
  } finally {
    await reader.close();
  }
}

function byBatch(wanted: readonly ResultReference[]): Map<number, ResultReference[]> {
  const groups = new Map<number, ResultReference[]>();
  for (const reference of wanted) {
    const group = groups.get(reference.batch);
    if (group === undefined) groups.set(reference.batch, [reference]);
    else group.push(reference);
  }
  return groups;
}

async function readBatch(reader: JournalReader, job: Job, sequence: number): Promise<BatchView> {
  if (sequence >= job.journal.batches) throw unknownResult();
  return openBatch(await reader.read(sequence));
}

function indexOf(batch: BatchView, entry: number): number {
  for (let index = 0; index < batch.count; index++) if (batch.entryId(index) === entry) return index;
  throw unknownResult();
}

type Answer = Omit<Rehashed, 'entry'>;

/** Why the file is not hashed at all; null when it is. */
async function refusal(job: Job, { batch, index }: Found): Promise<Answer | null> {
  const name = batch.nameBytes(index);
  const root = rootOf(job, batch.root(index), name);
  if (root === undefined) return { outcome: 'upload', error: null, digests: [] };
  if (batch.status(index) === 'skipped') return { outcome: 'skipped', error: batch.errorCode(index), digests: [] };
  if (name.length >= cutNameBytes) return { outcome: 'unreadable', error: 'ENAMETOOLONG', digests: [] };
  if (/* guard: rehashing beyond links => false */ !job.reach.followsLinks && !(await liesBelow(root, name)))
    return { outcome: 'elsewhere', error: null, digests: [] };
  return null;
}

async function hashAndCompare(
  engine: Pick<Engine, 'hash'>,
  { batch, index }: Found,
  { further = [], signal }: RehashOptions,
): Promise<Answer> {
  const algorithms = [...new Set([...batch.algorithms, ...further])];
  const result = await engine.hash(batch.nameBytes(index), { algorithms, ...(signal && { signal }) });
  const answer = compare(batch, index, result);
  if (result.status !== 'ok' || further.length === 0) return answer;
  return { ...answer, further: further.map((name) => ({ algorithm: name, digest: toHex(result.digests[name]!) })) };
}

/** What the record lies below, of what was granted; undefined for an upload. */
function rootOf(job: Job, root: number, name: Uint8Array): Uint8Array | undefined {
  const candidates = root < sharedRoot ? job.reach.roots.slice(root, root + 1) : job.reach.roots.slice(sharedRoot);
  // guard: rehashing => return candidates.find((granted) => granted !== undefined);
  return candidates.find((granted) => isWithin(name, granted));
}

/** Whether the file, all links followed, is still below its root; one that is not there is nowhere else. */
async function liesBelow(root: Uint8Array, name: Uint8Array): Promise<boolean> {
  if (Buffer.compare(root, name) === 0) return true;
  try {
    const [realName, realRoot] = await Promise.all([name, root].map((one) => realpath(Buffer.from(one), 'buffer')));
    return isWithin(realName!, realRoot!);
  } catch {
    return true;
  }
}

function compare(batch: BatchView, index: number, result: HashResult): Answer {
  if (result.status !== 'ok') {
    const told = result.status === 'missing' || result.status === 'changed' ? result.status : 'unreadable';
    return { outcome: told, error: result.error, digests: [] };
  }
  const digests = batch.algorithms.flatMap((name) => {
    const recorded = batch.digest(index, name);
    const now = result.digests[name]!;
    if (recorded !== null && Buffer.compare(recorded, now) === 0) return [];
    return [{ algorithm: name, digest: digestText(now, algorithm(name).encoding) }];
  });
  if (batch.status(index) !== 'ok') return { outcome: 'first', error: null, digests };
  return { outcome: digests.length === 0 ? 'same' : 'different', error: null, digests };
}

function unknownResult(): Problem {
  return new Problem('NOT_FOUND', 'The job has no such result.');
}
