/** Check: is this file what somebody says it is? Each file is read once, with all algorithms that come into question. */

import { createHash } from 'node:crypto';
import type { BatchView } from '#shared/batch/reader.ts';
import type { ExpectedDigest } from '#shared/checksums/model.ts';
import type { Expectation } from '#shared/expected/expected.ts';
import { crcInName } from '#shared/expected/name-crc.ts';
import { recordError } from '#shared/formats/record-text.ts';
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';
import { partsOf } from '#shared/text/custom-digests.ts';
import { decodeName } from '#shared/text/utf8.ts';
import { BatchPump } from '../pipeline/batch-pump.ts';
import type { Steps } from '../pipeline/stepped-task.ts';

export interface CheckedDigest {
  readonly algorithm: AlgorithmName;
  readonly expected: Uint8Array;
  readonly actual: Uint8Array;
}

export interface NameEvidence {
  readonly expected: Uint8Array;
  readonly actual: Uint8Array;
  readonly matches: boolean;
}

export type CheckResult =
  | { readonly status: 'error'; readonly code: string; readonly message: string }
  | {
      readonly status: 'ok' | 'different';
      readonly size: number;
      /** Bytes that were expected, where they are others; null otherwise. */
      readonly expectedSize: number | null;
      /** Of the alternative that matched; of a different file every digest that was tried. */
      readonly digests: readonly CheckedDigest[];
      /** Algorithms that came into question. */
      readonly tried: readonly AlgorithmName[];
      /** The CRC-32 that the name carries; null where it carries none. */
      readonly nameCrc: NameEvidence | null;
    };

export interface CheckItem {
  readonly path: Uint8Array;
  readonly expected: Expectation;
}

/** What one job of the engine takes: records number their roots with 16 bits. */
const filesAtOnce = 60_000;

/** Answers in the order of `items`. Rejects with TaskCancelled or EngineError. */
export async function checkFiles(items: readonly CheckItem[], steps: Steps): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (let from = 0; from < items.length; from += filesAtOnce) {
    results.push(...(await checkGroup(items.slice(from, from + filesAtOnce), steps)));
  }
  return results;
}

async function checkGroup(items: readonly CheckItem[], steps: Steps): Promise<CheckResult[]> {
  const results = new Array<CheckResult | undefined>(items.length).fill(undefined);
  const algorithms = new Set<AlgorithmName>();
  for (const { path, expected } of items) {
    for (const { algorithm: name } of expected.alternatives.flat()) algorithms.add(name);
    if (crcOf(path) !== null) algorithms.add('crc32');
  }
  const pump = new BatchPump({
    order: 'completion',
    record: (batch, index) => {
      const root = batch.root(index);
      results[root] = judgeFile(items[root]!, batch, index);
    },
    isFull: () => false,
    flush: async () => undefined,
    onFailure: () => undefined,
  });
  const totals = await steps.hash(
    {
      roots: items.map(({ path }) => path),
      algorithms: [...algorithms],
      order: 'completion',
      filesOnly: true,
      countAhead: false,
      feeds: 0,
      priority: 'interactive',
    },
    pump,
  );
  await pump.finish(totals.files);
  return results.map(
    (result) =>
      result ?? { status: 'error', code: 'RESULTS_LOST', message: 'the engine gave no result; please report this' },
  );
}

function judgeFile({ path, expected }: CheckItem, batch: BatchView, index: number): CheckResult {
  if (batch.status(index) !== 'ok') {
    const { code, message } = recordError(batch, index) ?? { code: 'EOTHER', message: 'it was not read' };
    return { status: 'error', code, message };
  }
  const size = batch.size(index);
  const compare = ({ algorithm: name, bytes }: ExpectedDigest): CheckedDigest => ({
    algorithm: name,
    expected: bytes,
    actual: inAsManyParts(name, bytes, (batch.digest(index, name) ?? new Uint8Array(0)).slice()),
  });
  const tried = [...new Set(expected.alternatives.flat().map((digest) => digest.algorithm))];
  const wrongSize = expected.size !== null && expected.size !== size;
  const alternatives = expected.alternatives.map((digests) => digests.map(compare));
  // An alternative without digests would be one that every file has.
  const match = alternatives.find((digests) => digests.length > 0 && digests.every(isSame));
  const crc = crcOf(path);
  const common = {
    size,
    expectedSize: wrongSize ? expected.size : null,
    tried,
    nameCrc: crc === null ? null : evidenceOf(crc, batch, index),
  };
  if (match !== undefined && !wrongSize) return { ...common, status: 'ok', digests: match };
  return { ...common, status: 'different', digests: alternatives.flat() };
}

/**
 * The engine gives a file that is shorter than a part its plain MD5, as the AWS command uploads it. Others upload it as
 * one part all the same (`…-1`): then it is the MD5 of that.
 */
function inAsManyParts(name: AlgorithmName, expected: Uint8Array, actual: Uint8Array): Uint8Array {
  if (algorithm(name).encoding !== 's3-etag' || partsOf(expected) !== 1 || partsOf(actual) !== 0) return actual;
  const list = createHash('md5').update(actual.subarray(0, 16)).digest();
  return Uint8Array.from([...list, 0, 0, 0, 1]);
}

function isSame({ algorithm: name, expected, actual }: CheckedDigest): boolean {
  return actual.length === algorithm(name).digestLength && Buffer.compare(expected, actual) === 0;
}

function evidenceOf(expected: Uint8Array, batch: BatchView, index: number): NameEvidence {
  const actual = (batch.digest(index, 'crc32') ?? new Uint8Array(0)).slice();
  return { expected, actual, matches: Buffer.compare(expected, actual) === 0 };
}

function crcOf(path: Uint8Array): Uint8Array | null {
  const { text } = decodeName(path);
  return crcInName(text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1));
}

/** The digests of a file, as something to expect of another one. Null where it cannot be read; the result says why. */
export async function digestsOfFile(
  path: Uint8Array,
  steps: Steps,
): Promise<{ readonly expected: Expectation } | { readonly code: string; readonly message: string }> {
  let answer: { expected: Expectation } | { code: string; message: string } | undefined;
  const pump = new BatchPump({
    order: 'completion',
    record: (batch, index) => {
      const digest = batch.digest(index, 'sha256');
      answer =
        digest === null
          ? (recordError(batch, index) ?? { code: 'EOTHER', message: 'it was not read' })
          : {
              expected: {
                form: 'second file',
                alternatives: [[{ algorithm: 'sha256', bytes: digest.slice() }]],
                size: batch.size(index),
                name: null,
                notes: [],
              },
            };
    },
    isFull: () => false,
    flush: async () => undefined,
    onFailure: () => undefined,
  });
  const spec = { algorithms: ['sha256'], order: 'completion', filesOnly: true, countAhead: false, feeds: 0 } as const;
  const totals = await steps.hash({ roots: [path], ...spec }, pump);
  await pump.finish(totals.files);
  return answer ?? { code: 'RESULTS_LOST', message: 'the engine gave no result; please report this' };
}
