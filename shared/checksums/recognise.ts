/** Which dialect a manifest is in, by its beginning and its name. */
import { algorithmCalled } from '../tables/algorithm-alias.ts';
import type { AlgorithmName } from '../tables/algorithms.ts';
import { CsvReader, isCsvHeading } from './dialects/csv.ts';
import { asText, type DialectReader, type ReadingContext } from './dialects/dialect.ts';
import { HashdeepReader, hashdeepHeading } from './dialects/hashdeep.ts';
import { isRcloneObject, ObjectReader } from './dialects/objects.ts';
import { isS3Listing, S3ListingReader } from './dialects/s3-listing.ts';
import { SfvReader } from './dialects/sfv.ts';
import { TextLinesReader } from './dialects/text-lines.ts';
import { isReversed } from './dialects/untagged.ts';
import { type Envelope, envelopeOf } from './input/envelope.ts';
import type { DialectName, ManifestReaderOptions, Recognised } from './model.ts';

/** Bytes of a manifest that decide. */
export const sampleBytes = 1 << 16;

export interface Recognition {
  readonly dialect: DialectName;
  readonly cut: 'lines' | 'zero' | 'elements' | 'contents';
  readonly lineEnding: Recognised['lineEnding'];
  readonly envelope: Envelope;
  createReader(): DialectReader;
}

/** What the file's own name says of digests without a tag: `SHA512SUMS`, `x.iso.md5`, `b2sums.txt`. */
function algorithmOfName(fileName: string): AlgorithmName | null {
  const leaf = fileName.toLowerCase().replace(/\.(txt|asc|sig|minisig|gpg)$/, '');
  const extension = /\.([a-z0-9-]+)$/.exec(leaf)?.[1] ?? '';
  const words = [...leaf.split(/[^a-z0-9]+/).filter((word) => word !== ''), leaf];
  const sums = words.map((word) => /^(.+?)sums?$/.exec(word)?.[1] ?? '');
  for (const candidate of [extension, extension.replace(/sums?$/, ''), ...sums]) {
    const called = candidate === '' ? null : (short.get(candidate) ?? algorithmCalled(candidate));
    if (called !== null) return called;
  }
  return null;
}

const short = new Map<string, AlgorithmName>([
  ['b2', 'blake2b'],
  ['b3', 'blake3'],
  ['b2s', 'blake2s'],
  ['sha', 'sha1'],
]);

export function recognise(sample: Uint8Array, options: ManifestReaderOptions): Recognition {
  const context = { hint: options.algorithm ?? algorithmOfName(options.fileName ?? '') };
  const isZero = options.dialect === 'gnu-zero' || (options.dialect === undefined && endsWithZeros(sample, context));
  const lineEnding = isZero ? '\0' : mostlyReturns(sample) ? '\r\n' : '\n';
  if (isZero) {
    const createReader = (): DialectReader => new TextLinesReader('gnu-zero', context);
    return { dialect: 'gnu-zero', cut: 'zero', lineEnding, envelope: 'none', createReader };
  }
  const lines = asText(sample).split(/\r?\n/, 400);
  const envelope = envelopeOf(lines[0] ?? '');
  const dialect = options.dialect ?? dialectOf(sample, lines, options.fileName ?? '', context, envelope);
  const cut = cutOf(dialect, lines[0] ?? '');
  return { dialect, cut, lineEnding, envelope, createReader: () => readerOf(dialect, context) };
}

/**
 * Whether records end with NUL. They may hold line feeds; but where every line before the first NUL is an entry or a
 * comment, and none begins behind it, the lines are the records and the NUL is damage.
 */
function endsWithZeros(sample: Uint8Array, context: ReadingContext): boolean {
  const zero = sample.indexOf(0);
  if (zero < 0) return false;
  const reader = new TextLinesReader('gnu', context);
  const isEntry = (bytes: Uint8Array): boolean => reader.read(bytes).kind === 'entry';
  const next = sample.subarray(zero + 1, nextOf(sample, zero + 1));
  const lines = sample.subarray(0, zero);
  if (lines.indexOf(0x0a) < 0 || isEntry(next)) return true;
  for (let start = 0; start < lines.length; ) {
    const end = lineEnd(lines, start);
    if (reader.read(lines.subarray(start, end)).kind === 'malformed') return true;
    start = end + 1;
  }
  return false;
}

function nextOf(sample: Uint8Array, start: number): number {
  const zero = sample.indexOf(0, start);
  return zero < 0 ? sample.length : zero;
}

function lineEnd(bytes: Uint8Array, start: number): number {
  const feed = bytes.indexOf(0x0a, start);
  return feed < 0 ? bytes.length : feed;
}

/** Whether more lines end with a carriage return than do not: a name may end with one, a comment come from elsewhere. */
function mostlyReturns(sample: Uint8Array): boolean {
  let balance = 0;
  for (let feed = sample.indexOf(0x0a); feed >= 0; feed = sample.indexOf(0x0a, feed + 1)) {
    balance += sample[feed - 1] === 0x0d ? 1 : -1;
  }
  return balance > 0;
}

function dialectOf(
  sample: Uint8Array,
  lines: readonly string[],
  fileName: string,
  context: ReadingContext,
  envelope: Envelope,
): DialectName {
  const start = asText(sample.subarray(0, 4096)).trimStart();
  if (isS3Listing(start)) return 's3-listing';
  if (start.startsWith('[')) return isRcloneObject(start) ? 'rclone-lsjson' : 'json';
  if (start.startsWith('{')) return 'jsonl';
  if (start.startsWith(hashdeepHeading)) return 'hashdeep';
  if (isCsvHeading(lines[0] ?? '')) return 'csv';
  if (isSfv(lines, fileName)) return 'sfv';
  return envelope === 'none' && isReversedThroughout(sample, context) ? 'bsd-reversed' : 'gnu';
}

function cutOf(dialect: DialectName, firstLine: string): Recognition['cut'] {
  if (dialect === 's3-listing') return firstLine.trimStart().startsWith('[') ? 'elements' : 'contents';
  return dialect === 'json' || dialect === 'rclone-lsjson' ? 'elements' : 'lines';
}

function isSfv(lines: readonly string[], fileName: string): boolean {
  if (/\.sfv$/i.test(fileName)) return true;
  const entries = lines.filter((line) => line.trim() !== '' && !line.startsWith(';'));
  const fits = entries.filter((line) => /^\S.*[ \t][0-9a-f]{8}[ \t]*$/i.test(line));
  // A digest that comes first, or a tag, belongs to another dialect whose last word happens to be eight digits.
  const others = entries.filter((line) => {
    const tag = /^\\?([\w/-]+) ?\(.*\) ?= /.exec(line)?.[1];
    return /^\\?[0-9a-f]{8,}[ \t]/i.test(line) || (tag !== undefined && algorithmCalled(tag) !== null);
  });
  return entries.length > 0 && others.length === 0 && fits.length >= entries.length / 2;
}

function isReversedThroughout(sample: Uint8Array, context: ReadingContext): boolean {
  let start = 0;
  let found = 0;
  while (start < sample.length) {
    const feed = sample.indexOf(0x0a, start);
    // The last line of a sample that was cut off decides nothing.
    if (feed < 0 && sample.length >= sampleBytes) break;
    const end = feed < 0 ? sample.length : feed;
    const line = sample.subarray(start, end);
    if (line.length > 1 && line[0] !== 0x23) {
      if (!isReversed(line, context)) return false;
      found++;
    }
    start = end + 1;
  }
  return found > 0;
}

function readerOf(dialect: DialectName, context: ReadingContext): DialectReader {
  switch (dialect) {
    case 'sfv':
      return new SfvReader();
    case 'hashdeep':
      return new HashdeepReader();
    case 'csv':
      return new CsvReader();
    case 'json':
    case 'jsonl':
    case 'rclone-lsjson':
      return new ObjectReader(dialect);
    case 's3-listing':
      return new S3ListingReader();
    case 'bsd-reversed':
    case 'gnu-zero':
      return new TextLinesReader(dialect, context);
    default:
      return new TextLinesReader('gnu', context);
  }
}
