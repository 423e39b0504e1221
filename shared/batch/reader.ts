/**
 * Reads a result batch in place: no record becomes an object until somebody asks for its parts.
 *
 * `openBatch` checks everything that later reads rely on, so that no accessor can leave the batch
 * however hostile the bytes are; accessors then only read numbers at known offsets.
 */
import type { AlgorithmName } from '../tables/algorithms.ts';
import { type ErrorCode, errorCodes } from '../tables/error-codes.ts';
import { type Status, statuses } from '../tables/statuses.ts';
import { toHex } from '../text/hex.ts';
import { BatchError, corrupt } from './batch-error.ts';
import { hotRecordWords, wordsOf } from './batch-words.ts';
import { crc32c } from './crc32c.ts';
import { type DigestLayout, layoutOfMask } from './digest-layout.ts';
import {
  batchHeader,
  batchHeaderBytes,
  batchLayoutVersion,
  batchMagic,
  hotRecord,
  hotRecordBytes,
  identityBytes,
  maxBatchBytes,
  recordFlags,
} from './layout.ts';

export { BatchError } from './batch-error.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const wordAt = ([offset]: readonly [offset: number, type: string]): number => offset / 4;

// Constants, not members of the table: the compiler puts them into the code.
const firstRecord = batchHeaderBytes / 4;
const entryIdWord = wordAt(hotRecord.entryId);
const sizeWord = wordAt(hotRecord.size);
const modifiedWord = wordAt(hotRecord.modifiedNs);
const nameOffsetWord = wordAt(hotRecord.nameOffset);
const nameLengthWord = wordAt(hotRecord.nameLength);
const leafOffsetWord = wordAt(hotRecord.leafOffset);
const errorTextOffsetWord = wordAt(hotRecord.errorTextOffset);
const errorTextLengthWord = wordAt(hotRecord.errorTextLength);
const digestOffsetWord = wordAt(hotRecord.digestOffset);
const hashTimeWord = wordAt(hotRecord.hashTimeNs);
/** Status, flags and root together, from the lowest byte on. */
const statusWord = wordAt(hotRecord.status);
const flagsShift = (hotRecord.flags[0] - hotRecord.status[0]) * 8;
const rootShift = (hotRecord.root[0] - hotRecord.status[0]) * 8;
const errorNumberWord = wordAt(hotRecord.errorNumber);

const statusCount = statuses.length;
const errorCount = errorCodes.length;

/** An opened batch. Indices run from 0 to `count` − 1; strings are made anew on every call. */
export class BatchView {
  readonly bytes: Uint8Array;
  readonly jobId: number;
  readonly sequence: number;
  readonly count: number;
  readonly #words: Uint32Array;
  readonly #digests: number;
  readonly #cold: number;
  readonly #layout: DigestLayout;

  /** Use `openBatch`. */
  constructor(bytes: Uint8Array, words: Uint32Array, layout: DigestLayout) {
    this.bytes = bytes;
    this.#words = words;
    this.#layout = layout;
    this.jobId = this.#u64(wordAt(batchHeader.jobId));
    this.sequence = words[wordAt(batchHeader.sequence)]!;
    this.count = words[wordAt(batchHeader.recordCount)]!;
    this.#digests = words[wordAt(batchHeader.digestOffset)]!;
    this.#cold = words[wordAt(batchHeader.coldOffset)]!;
  }

  /** In the order in which their digests lie in a record. */
  get algorithms(): readonly AlgorithmName[] {
    return this.#layout.algorithms;
  }

  /** The same batch in the first bytes of `target`, which must be long enough; it was checked already. */
  copyTo(target: Uint8Array): BatchView {
    target.set(this.bytes);
    const bytes = target.subarray(0, this.bytes.length);
    return new BatchView(bytes, wordsOf(bytes), this.#layout);
  }

  #u64(at: number): number {
    return this.#words[at]! + this.#words[at + 1]! * 2 ** 32;
  }
  /** A number of a record. */
  #u32(index: number, word: number): number {
    return this.#words[firstRecord + index * hotRecordWords + word]!;
  }
  entryId(index: number): number {
    return this.#u64(firstRecord + index * hotRecordWords + entryIdWord);
  }
  /** Bytes. */
  size(index: number): number {
    return this.#u64(firstRecord + index * hotRecordWords + sizeWord);
  }
  /** The same beyond 2^53, where `size` is rounded. */
  exactSize(index: number): bigint {
    return (BigInt(this.#u32(index, sizeWord + 1)) << 32n) | BigInt(this.#u32(index, sizeWord));
  }
  /** Nanoseconds since 1970. */
  modifiedNs(index: number): bigint {
    const high = BigInt(this.#u32(index, modifiedWord + 1) | 0);
    return (high << 32n) | BigInt(this.#u32(index, modifiedWord));
  }
  /** Milliseconds since 1970, exact to a microsecond; many times cheaper than `modifiedNs`. */
  modifiedMs(index: number): number {
    const at = firstRecord + index * hotRecordWords + modifiedWord;
    return ((this.#words[at + 1]! | 0) * 2 ** 32 + this.#words[at]!) / 1e6;
  }
  hashTimeNs(index: number): number {
    return this.#u64(firstRecord + index * hotRecordWords + hashTimeWord);
  }
  statusNumber(index: number): number {
    return this.#u32(index, statusWord) & 0xff;
  }
  status(index: number): Status {
    return statuses[this.statusNumber(index)]!;
  }
  flags(index: number): number {
    return (this.#u32(index, statusWord) >>> flagsShift) & 0xff;
  }
  root(index: number): number {
    return this.#u32(index, statusWord) >>> rootShift;
  }
  errorCode(index: number): ErrorCode {
    return errorCodes[this.#u32(index, errorNumberWord)]!.code;
  }
  /** The system's own words, or ''. */
  errorText(index: number): string {
    const length = this.#u32(index, errorTextLengthWord);
    if (length === 0) return '';
    const start = this.#cold + this.#u32(index, errorTextOffsetWord);
    return decoder.decode(this.bytes.subarray(start, start + length));
  }
  /** Where in `bytes` the name begins. */
  nameStart(index: number): number {
    return this.#cold + this.#u32(index, nameOffsetWord);
  }
  /** Bytes. */
  nameLength(index: number): number {
    return this.#u32(index, nameLengthWord);
  }
  /** The name as it is on the disk; a view, not a copy. */
  nameBytes(index: number): Uint8Array {
    const start = this.nameStart(index);
    return this.bytes.subarray(start, start + this.nameLength(index));
  }
  /** Leaves out the first `skip` bytes of the name from now on. Only for a view over memory of one's own. */
  shortenName(index: number, skip: number): void {
    const at = firstRecord + index * hotRecordWords;
    this.#words[at + nameOffsetWord]! += skip;
    this.#words[at + nameLengthWord]! -= skip;
    this.#words[at + leafOffsetWord] = Math.max(0, this.#words[at + leafOffsetWord]! - skip);
  }
  /** Size, modification time, change time and inode, 8 bytes each; only for a record with the flag `identity`. */
  identityInto(index: number, target: Uint8Array): void {
    const at = batchHeaderBytes + index * hotRecordBytes + hotRecord.size[0];
    for (let byte = 0; byte < 16; byte++) target[byte] = this.bytes[at + byte]!;
    const behind = this.nameStart(index) + this.nameLength(index);
    for (let byte = 0; byte < identityBytes; byte++) target[16 + byte] = this.bytes[behind + byte]!;
  }
  /** The name for people: what is not UTF-8 becomes U+FFFD. */
  name(index: number): string {
    return decoder.decode(this.nameBytes(index));
  }
  /** Bytes from the start of the name to its last segment. */
  leafOffset(index: number): number {
    return this.#u32(index, leafOffsetWord);
  }
  /** Where in `bytes` the digest begins, or −1 when the entry has none or the algorithm was not computed. */
  digestStart(index: number, algorithm: AlgorithmName): number {
    const place = this.#layout.places.get(algorithm);
    if (place === undefined || this.statusNumber(index) !== 0) return -1;
    return this.#digests + this.#u32(index, digestOffsetWord) + place.offset;
  }
  /** The digest's bytes (a view), or null when the entry has none or the algorithm was not computed. */
  digest(index: number, algorithm: AlgorithmName): Uint8Array | null {
    const start = this.digestStart(index, algorithm);
    return start < 0 ? null : this.bytes.subarray(start, start + this.#lengthOf(algorithm));
  }
  /** The digest in lower-case hex, or null. */
  digestText(index: number, algorithm: AlgorithmName): string | null {
    const start = this.digestStart(index, algorithm);
    return start < 0 ? null : toHex(this.bytes, start, start + this.#lengthOf(algorithm));
  }
  #lengthOf(algorithm: AlgorithmName): number {
    return this.#layout.places.get(algorithm)!.length;
  }
}

/**
 * Opens `bytes` as a batch; they are read in place and must not change while the view is used.
 * Throws BatchError: too large, truncated, of another version, or damaged. The checksum costs
 * some 0.4 milliseconds per MiB; leave it out only for bytes that never left the engine.
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
  const words = wordsOf(bytes);
  const u32 = (field: keyof typeof batchHeader): number => words[batchHeader[field][0] >>> 2]!;
  if (u32('magic') !== batchMagic) corrupt('it does not begin with HLB1');
  // Two numbers of 16 bits.
  const version = u32('version') & 0xffff;
  if (version !== batchLayoutVersion) {
    throw new BatchError(
      'BATCH_VERSION',
      `The result batch has layout version ${version}; this program reads ${batchLayoutVersion}.`,
    );
  }
  if (u32('version') >>> 16 !== batchHeaderBytes) corrupt('the header has another length');
  const layout = layoutOfMask(u32('algorithms'), words[wordAt(batchHeader.algorithms) + 1]!);
  const count = u32('recordCount');
  const { stride } = layout;
  if (stride !== u32('digestStride')) corrupt('the digest stride does not fit its algorithms');
  if (u32('hotOffset') !== batchHeaderBytes || u32('hotLength') !== count * hotRecordBytes)
    corrupt('the hot section is out of place');
  const digests = u32('digestLength');
  if (u32('digestOffset') !== u32('hotOffset') + u32('hotLength') || digests !== count * stride) {
    corrupt('the digest section is out of place');
  }
  const cold = u32('coldLength');
  const total = u32('digestOffset') + digests + cold;
  if (u32('coldOffset') !== u32('digestOffset') + digests) corrupt('the cold section is out of place');
  if (total > bytes.length)
    throw new BatchError('BATCH_TRUNCATED', `The result batch claims ${total} bytes and has ${bytes.length}.`);
  if (total < bytes.length) corrupt('bytes follow its end');
  checkRecords(words, count, cold, digests - stride);
  if (checksum && batchChecksum(bytes) !== u32('crc32c')) corrupt('the checksum does not match');
  return new BatchView(bytes, words, layout);
}

/** `lastDigest`: where the last record's digests may begin. */
function checkRecords(words: Uint32Array, count: number, cold: number, lastDigest: number): void {
  const end = firstRecord + count * hotRecordWords;
  for (let at = firstRecord; at < end; at += hotRecordWords) {
    const nameLength = words[at + nameLengthWord]!;
    const identity = (words[at + statusWord]! >>> flagsShift) & recordFlags.identity ? identityBytes : 0;
    if (words[at + nameOffsetWord]! + nameLength + identity > cold) corrupt('a name lies outside');
    if (words[at + leafOffsetWord]! > nameLength) corrupt('a last segment lies outside its name');
    if (words[at + errorTextOffsetWord]! + words[at + errorTextLengthWord]! > cold)
      corrupt('an error text lies outside');
    if (words[at + digestOffsetWord]! > lastDigest) corrupt('a digest lies outside');
    if ((words[at + statusWord]! & 0xff) >= statusCount) corrupt('a status is unknown');
    if (words[at + errorNumberWord]! >= errorCount) corrupt('an error number is unknown');
  }
}

const zero = new Uint8Array(4);

/** CRC-32C of a batch with its checksum field taken as zero. */
export function batchChecksum(bytes: Uint8Array): number {
  const at = batchHeader.crc32c[0];
  return crc32c(bytes.subarray(at + 4), crc32c(zero, crc32c(bytes.subarray(0, at))));
}
