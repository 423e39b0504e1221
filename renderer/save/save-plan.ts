/** What a saved file will be: its name, the digests in it, its first lines, and what has no place in it. */

import { walkComparer } from '#shared/batch/walk-compare.ts';
import type { ExportFormat, SomeResults } from '#shared/contract/models.ts';
import { ByteBuilder } from '#shared/formats/byte-builder.ts';
import { formats } from '#shared/formats/registry.ts';
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';
import { toBase64 } from '#shared/text/base64.ts';
import { makeVisible } from '#shared/text/visible.ts';
import type { ResultTable } from '../results/result-table.ts';
import type { Sliced } from '../results/sliced.ts';

/** Formats whose lines do not name their algorithm: with several a program could not tell which is which. */
const nameless: ReadonlySet<ExportFormat> = new Set(['gnu']);

export function takesOneAlgorithm(format: ExportFormat): boolean {
  return nameless.has(format);
}

/** Formats that are about one algorithm, whatever else was computed. */
export function fixedAlgorithm(format: ExportFormat): AlgorithmName | undefined {
  return formats[format].needs;
}

/** The name that people give such a file: `SHA256SUMS`, `photos.sfv`, `image.iso.sha256`. */
export function suggestedName(
  format: ExportFormat,
  algorithms: readonly AlgorithmName[],
  root: string,
  isOne: boolean,
): string {
  const [name] = algorithms;
  if (format === 'gnu' && name !== undefined && algorithms.length === 1) {
    return isOne ? `${root}.${name}` : `${algorithm(name).tag.replace(/[^A-Z0-9]/g, '')}SUMS`;
  }
  if (format === 'bsd') return isOne ? `${root}.sums` : 'CHECKSUMS';
  const { extension } = formats[format];
  // Links of any kind are text, and which kind is worth a word.
  return format === 'ed2k' || format === 'magnet' ? `${root}.${format}${extension}` : `${root}${extension}`;
}

export interface LeftOut {
  /** Files that could not be hashed. */
  readonly failed: number;
  /** Hashed, but without a digest that the format could take. */
  readonly noDigest: number;
  /** Their names cannot be written in the format. */
  readonly refused: number;
}

export interface SavePlan {
  readonly written: number;
  readonly leftOut: LeftOut;
  /** The first lines, as they will stand in the file but for control characters. */
  readonly preview: readonly string[];
}

const previewRows = 3;

/** `jobs`: in the order in which they are written. */
export function* planSave(
  table: ResultTable,
  rows: Uint32Array,
  format: ExportFormat,
  algorithms: readonly AlgorithmName[],
  jobs: readonly number[] = [],
): Sliced<SavePlan> {
  const { carriesFailures, create } = formats[format];
  const writer = create(algorithms);
  const out = new ByteBuilder();
  writer.begin(out);
  let written = 0;
  let failed = 0;
  let noDigest = 0;
  let refused = 0;
  const early: number[] = [];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    if (at % 0x1000 === 0) yield;
    const batch = table.batch(row);
    const record = table.record(row);
    const isHashed = table.group(row) === 'ok';
    if (!isHashed && !carriesFailures) failed++;
    else if (isHashed && !carriesFailures && algorithms.every((name) => batch.digestStart(record, name) < 0))
      noDigest++;
    else if (isHashed && writer.refusal?.(batch, record) !== undefined) refused++;
    else {
      written++;
      takeEarly(table, jobs, early, row);
    }
  }
  for (const row of early) {
    const batch = table.batch(row);
    const record = table.record(row);
    // A copy, for its name is made relative in place.
    const copy = batch.copyTo(new Uint8Array(batch.bytes.length));
    copy.shortenName(record, table.nameStart(row) - batch.nameStart(record));
    writer.record(out, copy, record);
  }
  const text = new TextDecoder().decode(out.take());
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  return { written, leftOut: { failed, noDigest, refused }, preview: lines.slice(0, previewRows).map(makeVisible) };
}

/** Keeps in `early` the first rows of the file, in their order: jobs as they began, and each one's results as it walked. */
function takeEarly(table: ResultTable, jobs: readonly number[], early: number[], row: number): void {
  let at = early.length;
  while (at > 0 && comesBefore(table, jobs, row, early[at - 1]!)) at--;
  if (at >= previewRows) return;
  early.splice(at, 0, row);
  early.length = Math.min(early.length, previewRows);
}

const compareWalk = walkComparer(false);

function comesBefore(table: ResultTable, jobs: readonly number[], a: number, b: number): boolean {
  const [first, second] = [table.batch(a), table.batch(b)];
  if (first.jobId !== second.jobId) return jobs.indexOf(first.jobId) < jobs.indexOf(second.jobId);
  return compareWalk({ batch: first, index: table.record(a) }, { batch: second, index: table.record(b) }) < 0;
}

/** The rows as the host takes them. */
export function chosenRows(table: ResultTable, rows: Uint32Array): SomeResults[] {
  const bits = new Map<number, Uint8Array>();
  for (const row of rows) {
    const batch = table.batch(row);
    const entry = batch.entryId(table.record(row));
    const byte = Math.floor(entry / 8);
    let ofJob = bits.get(batch.jobId) ?? new Uint8Array(1024);
    if (byte >= ofJob.length) {
      const larger = new Uint8Array(Math.max(ofJob.length * 2, byte + 1));
      larger.set(ofJob);
      ofJob = larger;
    }
    ofJob[byte]! |= 1 << (entry % 8);
    bits.set(batch.jobId, ofJob);
  }
  return Array.from(bits, ([job, entries]) => ({ job, entries: toBase64(entries) }));
}
