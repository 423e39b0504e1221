/**
 * Writes a result batch from plain records: the readable twin of the engine's writer. Tests hold
 * the two against each other; the engine's is the one that runs.
 */
import { type AlgorithmName, algorithms } from '../tables/algorithms.ts';
import { type ErrorCode, errorNumber } from '../tables/error-codes.ts';
import { type Status, statuses } from '../tables/statuses.ts';
import { digestLayout } from './digest-layout.ts';
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
import { BatchError, batchChecksum } from './reader.ts';

export interface RecordInput {
  readonly entryId: number;
  readonly name: Uint8Array | string;
  readonly size?: number;
  readonly modifiedNs?: bigint;
  readonly status?: Status;
  readonly error?: ErrorCode;
  readonly errorText?: string;
  /** Further flags; the ASCII flag is set from the name. */
  readonly flags?: number;
  readonly root?: number;
  readonly hashTimeNs?: number;
  /** Change time and inode; sets the flag. */
  readonly identity?: { readonly changedNs: bigint; readonly inode: bigint };
  readonly digests?: Partial<Record<AlgorithmName, Uint8Array>>;
}

export interface BatchInput {
  readonly jobId: number;
  readonly sequence: number;
  readonly algorithms: readonly AlgorithmName[];
  readonly records: readonly RecordInput[];
}

/** Throws BatchError BATCH_TOO_LARGE when the records do not fit in one batch. */
export function writeBatch(input: BatchInput): Uint8Array {
  const encoder = new TextEncoder();
  const { stride } = digestLayout(input.algorithms);
  const texts = input.records.map((record) => ({
    name: typeof record.name === 'string' ? encoder.encode(record.name) : record.name,
    identity: record.identity === undefined ? 0 : identityBytes,
    error: encoder.encode(record.errorText ?? ''),
  }));
  const count = input.records.length;
  const digestOffset = batchHeaderBytes + count * hotRecordBytes;
  const coldOffset = digestOffset + count * stride;
  const coldLength = texts.reduce((sum, text) => sum + text.name.length + text.identity + text.error.length, 0);
  if (coldOffset + coldLength > maxBatchBytes)
    throw new BatchError('BATCH_TOO_LARGE', 'The records do not fit in one batch.');
  const bytes = new Uint8Array(coldOffset + coldLength);
  const view = new DataView(bytes.buffer);
  const u32 = (at: number, value: number): void => view.setUint32(at, value, true);
  const u64 = (at: number, value: number | bigint): void => view.setBigUint64(at, BigInt(value), true);

  u32(batchHeader.magic[0], batchMagic);
  view.setUint16(batchHeader.version[0], batchLayoutVersion, true);
  view.setUint16(batchHeader.headerLength[0], batchHeaderBytes, true);
  u64(batchHeader.jobId[0], input.jobId);
  const chosen = algorithms.filter((a) => input.algorithms.includes(a.name));
  u64(
    batchHeader.algorithms[0],
    chosen.reduce((mask, a) => mask | (1n << BigInt(a.id)), 0n),
  );
  u32(batchHeader.sequence[0], input.sequence);
  u32(batchHeader.recordCount[0], count);
  u32(batchHeader.digestStride[0], stride);
  u32(batchHeader.hotOffset[0], batchHeaderBytes);
  u32(batchHeader.hotLength[0], count * hotRecordBytes);
  u32(batchHeader.digestOffset[0], digestOffset);
  u32(batchHeader.digestLength[0], count * stride);
  u32(batchHeader.coldOffset[0], coldOffset);
  u32(batchHeader.coldLength[0], coldLength);

  let cold = 0;
  input.records.forEach((record, index) => {
    const at = batchHeaderBytes + index * hotRecordBytes;
    const { name, identity, error } = texts[index]!;
    u64(at + hotRecord.entryId[0], record.entryId);
    u64(at + hotRecord.size[0], record.size ?? 0);
    view.setBigInt64(at + hotRecord.modifiedNs[0], record.modifiedNs ?? 0n, true);
    u32(at + hotRecord.nameOffset[0], cold);
    u32(at + hotRecord.nameLength[0], name.length);
    u32(at + hotRecord.leafOffset[0], name.lastIndexOf(0x2f) + 1);
    u32(at + hotRecord.errorTextOffset[0], error.length === 0 ? 0 : cold + name.length + identity);
    u32(at + hotRecord.errorTextLength[0], error.length);
    u32(at + hotRecord.digestOffset[0], index * stride);
    u64(at + hotRecord.hashTimeNs[0], record.hashTimeNs ?? 0);
    view.setUint8(at + hotRecord.status[0], statuses.indexOf(record.status ?? 'ok'));
    const ascii = name.every((byte) => byte < 0x80) ? recordFlags.asciiName : 0;
    view.setUint8(at + hotRecord.flags[0], ascii | (record.flags ?? 0) | (identity > 0 ? recordFlags.identity : 0));
    view.setUint16(at + hotRecord.root[0], record.root ?? 0, true);
    u32(at + hotRecord.errorNumber[0], errorNumber(record.error ?? 'NONE'));
    bytes.set(name, coldOffset + cold);
    if (record.identity !== undefined) {
      view.setBigInt64(coldOffset + cold + name.length, record.identity.changedNs, true);
      u64(coldOffset + cold + name.length + 8, record.identity.inode);
    }
    bytes.set(error, coldOffset + cold + name.length + identity);
    cold += name.length + identity + error.length;
    let digestAt = digestOffset + index * stride;
    for (const a of chosen) {
      const digest = record.digests?.[a.name];
      if (digest) bytes.set(digest.subarray(0, a.digestLength), digestAt);
      digestAt += a.digestLength;
    }
  });
  u32(batchHeader.crc32c[0], batchChecksum(bytes));
  return bytes;
}
