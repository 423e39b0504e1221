/**
 * Makes a plan: one walk of the tree into a file of entries beside the lists, from which they are then written. Memory
 * does not grow with the tree, save by 8 bytes for each file that is given away by itself.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FormatWriter } from '#shared/formats/format.ts';
import { type WalkOptions, walkOptionsOf } from '#shared/jobs/walk-options.ts';
import { Balance, largeWeight, weightOf } from '#shared/shards/balance.ts';
import { type Plan, planFile, planText, planVersion } from '#shared/shards/plan.ts';
import { maxShards } from '#shared/shards/shard.ts';
import { errorCodes } from '#shared/tables/error-codes.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { leftoverPattern } from '../../base/output/leftovers.ts';
import { replaceFile } from '../../base/output/output.ts';
import { shownName } from '../../base/raw-names.ts';
import { DocumentSink } from '../pipeline/document-sink.ts';
import type { Steps } from '../pipeline/stepped-task.ts';
import { appendEntry, type Entry, EntryReader, rootPrefix } from './entries.ts';
import { PartLists } from './part-lists.ts';

export interface PlanOptions {
  readonly root: Uint8Array;
  /** What a relative root refers to. */
  readonly folder: Uint8Array | undefined;
  readonly walk: Partial<WalkOptions>;
  /** How many parts, or how many bytes in each. */
  readonly parts: { readonly count: number } | { readonly bytes: number };
  /** Where the plan goes: a folder that is empty or not there yet. */
  readonly output: string;
}

export interface PlanMade {
  readonly plan: Plan;
  /** What could not be looked at, and what was skipped: it is in the lists, for those who hash them to report. */
  readonly failed: number;
  readonly skipped: number;
}

/** Rejects with FailedAttempt, EngineError and TaskCancelled; the folder then has no `plan.json`. */
export async function writePlan(options: PlanOptions, steps: Steps): Promise<PlanMade> {
  const { root, folder, output } = options;
  const attempt = `cannot write the plan ${output}`;
  const walk = walkOptionsOf(options.walk);
  const found = path.join(output, '.entries');
  try {
    await stat(Buffer.from(root)).catch((error: unknown) => {
      throw new FailedAttempt(`cannot read ${shownName(root)}`, error);
    });
    await mkdir(output, { recursive: true, mode: 0o700 });
    if ((await readdir(output)).length > 0) {
      throw Object.assign(new Error('the folder is not empty'), { code: 'ENOTEMPTY', errno: 0 });
    }
    const walked = await walkInto(found, root, walk, steps);
    const count = countOf(options.parts, walked.bytes, walked.files);
    const parts = await writeLists(found, output, count, walked.weight, steps);
    await rm(found);
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
    const said = {
      root: base64(root),
      ...(folder === undefined ? {} : { folder: base64(folder) }),
      walk,
      parts,
    };
    const plan: Plan = {
      format: 'hashlane-plan',
      version: planVersion,
      digest: createHash('sha256').update(planText(said)).digest('hex'),
      ...said,
      files: walked.files,
      bytes: walked.bytes,
    };
    await replaceFile(path.join(output, planFile), [Buffer.from(`${JSON.stringify(plan, null, 1)}\n`)]);
    const { failed, skipped } = walked;
    return { plan, failed, skipped };
  } catch (error) {
    await rm(found, { force: true }).catch(() => undefined);
    const isSystems = error instanceof Error && 'errno' in error;
    throw isSystems ? new FailedAttempt(attempt, error) : error;
  }
}

function countOf(parts: PlanOptions['parts'], bytes: number, files: number): number {
  const count = 'count' in parts ? parts.count : Math.max(1, Math.ceil(bytes / parts.bytes));
  if (count <= maxShards) return count;
  throw new FailedAttempt(
    'cannot make the plan',
    Object.assign(new Error(`${files} files of ${bytes} bytes would be ${count} parts; at most ${maxShards} can be`), {
      code: 'TOO_MANY_PARTS',
    }),
  );
}

interface Walked {
  readonly files: number;
  readonly bytes: number;
  readonly weight: number;
  readonly failed: number;
  readonly skipped: number;
}

async function walkInto(file: string, root: Uint8Array, walk: WalkOptions, steps: Steps): Promise<Walked> {
  const handle = await open(file, 'wx', 0o600);
  const prefix = rootPrefix(root);
  let weight = 0;
  let bytes = 0;
  let unreadable: string | undefined;
  const writer: FormatWriter = {
    begin() {},
    record(out, batch, index) {
      const size = appendEntry(out, batch, index, root, prefix);
      const isRoot = batch.nameLength(index) < prefix.length;
      if (isRoot && batch.status(index) !== 'ok') unreadable = batch.errorCode(index);
      weight += weightOf(size);
      bytes += size;
    },
    end() {},
  };
  try {
    const sink = new DocumentSink({
      writer,
      order: 'walk',
      async write(chunk) {
        for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
      },
      // The walk goes on to its end, which costs little; the end then rejects.
      onFailure: () => undefined,
    });
    const given = await steps.hash(
      {
        ...walk,
        exclude: [...walk.exclude, leftoverPattern],
        roots: [root],
        algorithms: [],
        listOnly: true,
        order: 'walk',
        filterRoots: true,
        countAhead: false,
        feeds: 0,
      },
      sink,
    );
    await sink.finishJob(given.files);
    await sink.finish();
    if (unreadable !== undefined) throw new FailedAttempt(`cannot read ${shownName(root)}`, rootError(unreadable));
    const { files, failed, skipped } = sink.totals;
    return { files, bytes, weight, failed, skipped };
  } finally {
    await handle.close();
  }
}

/** The words that a walk has for it. */
function rootError(code: string): Error {
  return Object.assign(new Error(errorCodes.find((entry) => entry.code === code)?.message ?? ''), { code });
}

async function writeLists(
  found: string,
  folder: string,
  count: number,
  weight: number,
  steps: Steps,
): Promise<Plan['parts']> {
  const least = largeWeight(weight, count);
  const large: number[] = [];
  for await (const { size } of entriesOf(found)) if (weightOf(size) > least) large.push(weightOf(size));
  const balance = new Balance(count, weight, Float64Array.from(large));
  const lists = new PartLists(folder, count);
  let seen = 0;
  for await (const entry of entriesOf(found)) {
    const written = lists.add(balance.partOf(entry.size), entry);
    if (written !== undefined) await written;
    if (++seen % 10_000 === 0) await steps.checkpoint();
  }
  return lists.finish();
}

async function* entriesOf(file: string): AsyncGenerator<Entry> {
  const reader = new EntryReader();
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) yield* reader.push(chunk as Buffer);
  reader.end();
}
