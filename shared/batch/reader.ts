/**
 * Reads a result batch in place: no record becomes an object until somebody asks for its parts.
 *
 * `openBatch` checks everything that later reads rely on, so that no accessor can leave the batch
 * however hostile the bytes are; accessors then only read numbers at known offsets.
 */
import { type AlgorithmName, algorithms } from '../tables/algorithms.ts';
import { type ErrorCode, errorCodes } from '../tables/error-codes.ts';
import { type Status, statuses } from '../tables/statuses.ts';
import { crc32c } from './crc32c.ts';
import {
  batchHeader,
  batchHeaderBytes,
  batchLayoutVersion,
  batchMagic,
  hotRecord,
  hotRecordBytes,
  maxBatchBytes,
} from './layout.ts';

export class BatchError extends Error {
  readonly code: 'BATCH_TOO_LARGE' | 'BATCH_TRUNCATED' | 'BATCH_VERSION' | 'BATCH_CORRUPT';
  constructor(code: BatchError['code'], message: string) {
    super(message);
    this.name = 'BatchError';
    this.code = code;
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const hexPairs = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));

/** Bytes as lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at++) text += hexPairs[bytes[at]!];
  return text;
}

/** Where the digest of each algorithm lies within a record's digests, in bytes; in that order. */
type DigestPlaces = ReadonlyMap<AlgorithmName, { readonly offset: number; readonly length: number }>;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** An opened batch. Indices run from 0 to `count` − 1; strings are made anew on every call. */
export class BatchView {
  readonly bytes: Uint8Array;
  readonly jobId: number;
  readonly sequence: number;
  readonly count: number;
  /** In the order in which their digests lie in a record. */
  readonly algorithms: readonly AlgorithmName[];
  readonly #view: DataView;
  readonly #hot: number;
  readonly #digests: number;
  readonly #cold: number;
  readonly #places: DigestPlaces;

  /** Use `openBatch`. */
  constructor(bytes: Uint8Array, places: DigestPlaces) {
    const view = viewOf(bytes);
    this.bytes = bytes;
    this.#view = view;
    this.jobId = readU64(view, batchHeader.jobId[0]);
    this.sequence = view.getUint32(batchHeader.sequence[0], true);
    this.count = view.getUint32(batchHeader.recordCount[0], true);
    this.algorithms = [...places.keys()];
    this.#places = places;
    this.#hot = view.getUint32(batchHeader.hotOffset[0], true);
    this.#digests = view.getUint32(batchHeader.digestOffset[0], true);
    this.#cold = view.getUint32(batchHeader.coldOffset[0], true);
  }

  /** The same batch in the first bytes of `target`, which must be long enough; it was checked already. */
  copyTo(target: Uint8Array): BatchView {
    target.set(this.bytes);
    return new BatchView(target.subarray(0, this.bytes.length), this.#places);
  }

  #record(index: number): number {
    return this.#hot + index * hotRecordBytes;
  }
  entryId(index: number): number {
    return readU64(this.#view, this.#record(index) + hotRecord.entryId[0]);
  }
  /** Bytes. */
  size(index: number): number {
    return readU64(this.#view, this.#record(index) + hotRecord.size[0]);
  }
  /** Nanoseconds since 1970. */
  modifiedNs(index: number): bigint {
    return this.#view.getBigInt64(this.#record(index) + hotRecord.modifiedNs[0], true);
  }
  hashTimeNs(index: number): number {
    return readU64(this.#view, this.#record(index) + hotRecord.hashTimeNs[0]);
  }
  statusNumber(index: number): number {
    return this.#view.getUint8(this.#record(index) + hotRecord.status[0]);
  }
  status(index: number): Status {
    return statuses[this.statusNumber(index)]!;
  }
  flags(index: number): number {
    return this.#view.getUint8(this.#record(index) + hotRecord.flags[0]);
  }
  root(index: number): number {
    return this.#view.getUint16(this.#record(index) + hotRecord.root[0], true);
  }
  errorCode(index: number): ErrorCode {
    return errorCodes[this.#view.getUint32(this.#record(index) + hotRecord.errorNumber[0], true)]!.code;
  }
  /** The system's own words, or ''. */
  errorText(index: number): string {
    return decoder.decode(this.#text(index, hotRecord.errorTextOffset[0], hotRecord.errorTextLength[0]));
  }
  /** Where in `bytes` the name begins. */
  nameStart(index: number): number {
    return this.#cold + this.#view.getUint32(this.#record(index) + hotRecord.nameOffset[0], true);
  }
  /** Bytes. */
  nameLength(index: number): number {
    return this.#view.getUint32(this.#record(index) + hotRecord.nameLength[0], true);
  }
  /** The name as it is on the disk; a view, not a copy. */
  nameBytes(index: number): Uint8Array {
    return this.#text(index, hotRecord.nameOffset[0], hotRecord.nameLength[0]);
  }
  /** The name for people: what is not UTF-8 becomes U+FFFD. */
  name(index: number): string {
    return decoder.decode(this.nameBytes(index));
  }
  /** Bytes from the start of the name to its last segment. */
  leafOffset(index: number): number {
    return this.#view.getUint32(this.#record(index) + hotRecord.leafOffset[0], true);
  }
  /** Where in `bytes` the digest begins, or −1 when the entry has none or the algorithm was not computed. */
  digestStart(index: number, algorithm: AlgorithmName): number {
    const place = this.#places.get(algorithm);
    if (place === undefined || this.statusNumber(index) !== 0) return -1;
    const offset = this.#view.getUint32(this.#record(index) + hotRecord.digestOffset[0], true);
    return this.#digests + offset + place.offset;
  }
  /** The digest's bytes (a view), or null when the entry has none or the algorithm was not computed. */
  digest(index: number, algorithm: AlgorithmName): Uint8Array | null {
    const start = this.digestStart(index, algorithm);
    return start < 0 ? null : this.bytes.subarray(start, start + this.#places.get(algorithm)!.length);
  }
  /** The digest in lower-case hex, or null. */
  digestText(index: number, algorithm: AlgorithmName): string | null {
    const digest = this.digest(index, algorithm);
    return digest && toHex(digest);
  }
  #text(index: number, offsetField: number, lengthField: number): Uint8Array {
    const record = this.#record(index);
    const start = this.#cold + this.#view.getUint32(record + offsetField, true);
    return this.bytes.subarray(start, start + this.#view.getUint32(record + lengthField, true));
  }
}

function readU64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

function corrupt(what: string): never {
  throw new BatchError('BATCH_CORRUPT', `The result batch is damaged: ${what}.`);
}

/** The algorithms of a header's mask in the order of their digests; throws on an unknown bit. */
export function algorithmsOfMask(mask: bigint): AlgorithmName[] {
  const names = algorithms.filter((a) => (mask >> BigInt(a.id)) & 1n);
  if (names.reduce((sum, a) => sum | (1n << BigInt(a.id)), 0n) !== mask) corrupt('it names an unknown algorithm');
  return names.map((a) => a.name);
}

/** Bytes of digests per record: the sum of the lengths, rounded up to 8. */
export function digestStride(names: readonly AlgorithmName[]): number {
  const sum = algorithms.reduce((total, a) => total + (names.includes(a.name) ? a.digestLength : 0), 0);
  return (sum + 7) & ~7;
}

/**
 * Opens `bytes` as a batch; they are read in place and must not change while the view is used.
 * Throws BatchError: too large, truncated, of another version, or damaged. The checksum costs
 * about a millisecond per MiB; leave it out only for bytes that never left the engine.
 */
export function openBatch(bytes: Uint8Array, { checksum = true } = {}): BatchView {
  if (bytes.length > maxBatchBytes) {
    throw new BatchError(
      'BATCH_TOO_LARGE',
      `A result batch of ${bytes.length} bytes exceeds the limit of ${maxBatchBytes}.`,
    );
  }
  if (bytes.length < batchHeaderBytes)
    throw new BatchError('BATCH_TRUNCATED', 'The result batch is shorter than its header.');
  const view = viewOf(bytes);
  const u32 = (field: keyof typeof batchHeader): number => view.getUint32(batchHeader[field][0], true);
  if (u32('magic') !== batchMagic) corrupt('it does not begin with HLB1');
  const version = view.getUint16(batchHeader.version[0], true);
  if (version !== batchLayoutVersion) {
    throw new BatchError(
      'BATCH_VERSION',
      `The result batch has layout version ${version}; this program reads ${batchLayoutVersion}.`,
    );
  }
  const names = algorithmsOfMask(view.getBigUint64(batchHeader.algorithms[0], true));
  const count = u32('recordCount');
  const stride = u32('digestStride');
  if (view.getUint16(batchHeader.headerLength[0], true) !== batchHeaderBytes) corrupt('the header has another length');
  if (stride !== digestStride(names)) corrupt('the digest stride does not fit its algorithms');
  if (u32('hotOffset') !== batchHeaderBytes || u32('hotLength') !== count * hotRecordBytes)
    corrupt('the hot section is out of place');
  if (u32('digestOffset') !== u32('hotOffset') + u32('hotLength') || u32('digestLength') !== count * stride) {
    corrupt('the digest section is out of place');
  }
  const cold = u32('coldLength');
  const total = u32('digestOffset') + u32('digestLength') + cold;
  if (u32('coldOffset') !== u32('digestOffset') + u32('digestLength')) corrupt('the cold section is out of place');
  if (total > bytes.length)
    throw new BatchError('BATCH_TRUNCATED', `The result batch claims ${total} bytes and has ${bytes.length}.`);
  if (total < bytes.length) corrupt('bytes follow its end');
  checkRecords(view, count, cold, count * stride, stride);
  if (checksum && batchChecksum(bytes) !== u32('crc32c')) corrupt('the checksum does not match');
  return new BatchView(bytes, digestPlaces(names));
}

function digestPlaces(names: readonly AlgorithmName[]): DigestPlaces {
  const places = new Map<AlgorithmName, { offset: number; length: number }>();
  let offset = 0;
  for (const { name, digestLength } of algorithms) {
    if (!names.includes(name)) continue;
    places.set(name, { offset, length: digestLength });
    offset += digestLength;
  }
  return places;
}

function checkRecords(view: DataView, count: number, cold: number, digests: number, stride: number): void {
  for (let index = 0; index < count; index++) {
    const record = batchHeaderBytes + index * hotRecordBytes;
    const nameLength = view.getUint32(record + hotRecord.nameLength[0], true);
    if (view.getUint32(record + hotRecord.nameOffset[0], true) + nameLength > cold) corrupt('a name lies outside');
    if (view.getUint32(record + hotRecord.leafOffset[0], true) > nameLength)
      corrupt('a last segment lies outside its name');
    const errorEnd =
      view.getUint32(record + hotRecord.errorTextOffset[0], true) +
      view.getUint32(record + hotRecord.errorTextLength[0], true);
    if (errorEnd > cold) corrupt('an error text lies outside');
    if (view.getUint32(record + hotRecord.digestOffset[0], true) + stride > digests) corrupt('a digest lies outside');
    if (view.getUint8(record + hotRecord.status[0]) >= statuses.length) corrupt('a status is unknown');
    if (view.getUint32(record + hotRecord.errorNumber[0], true) >= errorCodes.length)
      corrupt('an error number is unknown');
  }
}

const zero = new Uint8Array(4);

/** CRC-32C of a batch with its checksum field taken as zero. */
export function batchChecksum(bytes: Uint8Array): number {
  const at = batchHeader.crc32c[0];
  return crc32c(bytes.subarray(at + 4), crc32c(zero, crc32c(bytes.subarray(0, at))));
}
