/** What a report says of each entry: made when it is written, and gone afterwards. */
import type { Recognised } from '../../checksums/model.ts';
import { type AlgorithmName, algorithm } from '../../tables/algorithms.ts';
import { type ErrorCode, errorCodes } from '../../tables/error-codes.ts';
import { toBase64 } from '../../text/base64.ts';
import { digestText } from '../../text/digest-text.ts';
import { decodeName } from '../../text/utf8.ts';
import { digestBytes } from '../algorithm-lists.ts';
import type { Entries } from '../entries.ts';
import { type EntryStatus, noteTexts } from '../statuses.ts';
import type { Judged, Summary } from '../summary.ts';
import type { SignatureReport } from './signature-report.ts';

export interface ReportManifest {
  /** Its number in the entries. */
  readonly number: number;
  readonly shown: string;
  readonly recognised: Recognised;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly signature: SignatureReport;
}

export interface ReportPart extends Omit<Judged, 'manifests'> {
  readonly manifests: readonly ReportManifest[];
  readonly root: Uint8Array;
  /** Folders that could not be listed. */
  readonly unreadable: readonly { readonly path: Uint8Array; readonly code: ErrorCode; readonly text: string }[];
}

export interface VerifyReport {
  readonly parts: readonly ReportPart[];
  readonly summary: Summary;
  readonly signature: SignatureReport;
  /** What was changed in the manifest; absent where nothing should be. */
  readonly updated?: ReportUpdates;
}

export interface ReportUpdates {
  readonly added: number;
  readonly dropped: number;
  readonly renamed: number;
  readonly accepted: number;
}

export interface DigestRow {
  readonly algorithm: AlgorithmName;
  readonly expected: string;
  readonly actual: string | null;
}

/** An entry of a manifest, or a file that none has. Members that are undefined are left out of a document. */
export interface Row {
  /** As the manifest has it; of what is not listed, below the root. Null for a malformed line. */
  readonly path: string | null;
  /** Exact, where the path is not UTF-8. */
  readonly pathBase64?: string;
  readonly algorithm: AlgorithmName | null;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly status: EntryStatus;
  readonly manifest: string | null;
  readonly line?: number;
  /** Where the content of a moved entry is. */
  readonly foundAt?: string;
  /** Where the content of a missing entry also is: there are fewer copies than the list has. */
  readonly existsAt?: string;
  /** All of them, where there are several. */
  readonly digests?: DigestRow[];
  readonly note?: string;
  readonly error?: { readonly code: string; readonly message: string };
  /** Of a malformed line. */
  readonly reason?: string;
  readonly text?: string;
}

/** Entries in the order of the manifests, then folders that could not be listed, then files that none lists. */
export function* rowsOf(
  report: VerifyReport,
  wanted: (status: EntryStatus) => boolean = () => true,
): Generator<Row, void> {
  for (const part of report.parts) {
    const manifests = new Map(part.manifests.map(({ number, shown }) => [number, shown]));
    for (let entry = 0; entry < part.entries.count; entry++) {
      if (wanted(part.entries.status(entry))) yield entryRow(part.entries, entry, manifests);
    }
    for (const row of restRows(part)) if (wanted(row.status)) yield row;
  }
}

/** Of some entries; `manifests`: their names by their numbers. */
export function* entryRows(
  entries: Entries,
  numbers: Iterable<number>,
  manifests: ReadonlyMap<number, string>,
): Generator<Row, void> {
  for (const entry of numbers) yield entryRow(entries, entry, manifests);
}

/** What no manifest says: folders that could not be listed, files that none lists. */
export function* restRows({ entries, unreadable, unlisted }: ReportPart): Generator<Row, void> {
  for (const { path, code, text } of unreadable) {
    yield { ...pathOf(path), ...nothing, status: 'unreadable', error: errorRow(code, text) };
  }
  for (const path of unlisted) yield { ...pathOf(entries.paths.bytes(path)), ...nothing, status: 'unlisted' };
}

const nothing = { algorithm: null, expected: null, actual: null, manifest: null } as const;

function pathOf(bytes: Uint8Array): Pick<Row, 'path' | 'pathBase64'> {
  const { text, exact } = decodeName(bytes);
  return exact ? { path: text } : { path: text, pathBase64: toBase64(bytes) };
}

function entryRow(entries: Entries, entry: number, manifests: ReadonlyMap<number, string>): Row {
  const status = entries.status(entry);
  const manifest = manifests.get(entries.manifest(entry)) ?? null;
  const line = entries.line(entry);
  if (status === 'malformed') {
    const text = decodeName(entries.name(entry)).text;
    return { path: null, ...nothing, status, manifest, line, reason: entries.reason(entry), text };
  }
  const digests = digestRows(entries, entry);
  const chosen =
    digests.length === 0
      ? nothing
      : (digests.find(({ expected, actual }) => actual !== null && actual !== expected) ?? strongest(digests));
  const elsewhere = entries.elsewhere(entry);
  const place = elsewhere < 0 ? undefined : decodeName(entries.paths.bytes(elsewhere)).text;
  const note = noteTexts[entries.noteOf(entry)];
  const error = entries.error(entry);
  return {
    ...pathOf(entries.name(entry)),
    algorithm: chosen.algorithm,
    expected: chosen.expected,
    actual: chosen.actual,
    status,
    manifest,
    line,
    ...(place === undefined ? {} : status === 'moved' ? { foundAt: place } : { existsAt: place }),
    ...(digests.length > 1 ? { digests } : {}),
    ...(note === '' ? {} : { note }),
    ...(error === null ? {} : { error: errorRow(error.code, error.text) }),
  };
}

function digestRows(entries: Entries, entry: number): DigestRow[] {
  const names = entries.algorithms(entry);
  const expected = entries.expected(entry);
  const actual = entries.status(entry) === 'ok' ? expected : entries.actual(entry);
  return names.map((name, at) => {
    const start = digestBytes(names.slice(0, at));
    const { digestLength, encoding } = algorithm(name);
    const textAt = (bytes: Uint8Array): string => digestText(bytes.subarray(start, start + digestLength), encoding);
    return { algorithm: name, expected: textAt(expected), actual: actual === null ? null : textAt(actual) };
  });
}

const fits = ['checksum', 'broken', 'secure'];

function strongest(digests: readonly DigestRow[]): DigestRow {
  const rank = ({ algorithm: name }: DigestRow): number =>
    fits.indexOf(algorithm(name).fit) * 1000 + algorithm(name).digestLength;
  return digests.reduce((best, next) => (rank(next) > rank(best) ? next : best));
}

function errorRow(code: ErrorCode, text: string): { code: string; message: string } {
  return { code, message: text || (errorCodes.find((each) => each.code === code)?.message ?? '') };
}
