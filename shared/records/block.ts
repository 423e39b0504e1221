/**
 * Results of kinds other than hashing: records of JSON, many to a block. Blocks lie in the journal beside the
 * result batches and travel over the byte channel like them; the first four bytes tell them apart.
 *
 * Little endian. Header of 32 bytes: magic `HLR1`, block length, job id (64 bits), number of the block in its
 * journal, number of records, CRC-32C of the block with this field 0, zero. Then the records: a 32-bit length
 * and as many bytes of UTF-8 JSON each. A block has at most 1 MiB, and so has a record.
 */
import { crc32c } from '../batch/crc32c.ts';

export const recordsMagic = 0x31524c48;
export const recordsHeaderBytes = 32;
export const maxRecordsBytes = 1 << 20;

const at = { magic: 0, length: 4, jobId: 8, sequence: 16, count: 20, checksum: 24 } as const;

/** Where the CRC-32C of a block lies. */
export const recordsChecksumAt = at.checksum;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The bytes are no block of records, or a record is too long for one. */
export class RecordsError extends Error {
  readonly code = 'RECORDS_CORRUPT';
  constructor(message: string) {
    super(message);
    this.name = 'RecordsError';
  }
}

/** Gathers records until a block is full. */
export class RecordsBuilder {
  #records: Uint8Array[] = [];
  #bytes = recordsHeaderBytes;

  get count(): number {
    return this.#records.length;
  }

  /** False, and nothing is added, when the block has no more room. Throws RecordsError for a record that fits no block. */
  add(record: unknown): boolean {
    const bytes = encoder.encode(JSON.stringify(record));
    if (recordsHeaderBytes + 4 + bytes.length > maxRecordsBytes)
      throw new RecordsError('A record has more than 1 MiB.');
    if (this.#bytes + 4 + bytes.length > maxRecordsBytes) return false;
    this.#records.push(bytes);
    this.#bytes += 4 + bytes.length;
    return true;
  }

  /** The block; the builder is empty afterwards. */
  take(jobId: number, sequence: number): Uint8Array<ArrayBuffer> {
    const block = new Uint8Array(this.#bytes);
    const view = new DataView(block.buffer);
    view.setUint32(at.magic, recordsMagic, true);
    view.setUint32(at.length, block.length, true);
    view.setBigUint64(at.jobId, BigInt(jobId), true);
    view.setUint32(at.sequence, sequence, true);
    view.setUint32(at.count, this.#records.length, true);
    let end = recordsHeaderBytes;
    for (const record of this.#records) {
      view.setUint32(end, record.length, true);
      block.set(record, end + 4);
      end += 4 + record.length;
    }
    view.setUint32(at.checksum, crc32c(block), true);
    this.#records = [];
    this.#bytes = recordsHeaderBytes;
    return block;
  }
}

export interface RecordsBlock {
  readonly jobId: number;
  readonly sequence: number;
  readonly records: readonly unknown[];
}

/** Whether `bytes` begin like a block of records. */
export function holdsRecords(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true) === recordsMagic;
}

/** A block whose records are read when they are wanted. */
export interface RecordsView {
  readonly jobId: number;
  readonly sequence: number;
  /** A copy of the block: nobody else writes to it. */
  readonly bytes: Uint8Array;
  readonly count: number;
  /** Where a record's JSON begins and where it ends. */
  start(record: number): number;
  end(record: number): number;
  /** Throws RecordsError when it is no JSON. */
  read(record: number): unknown;
}

/** Throws RecordsError. The values are JSON and no more: whoever reads a kind's records checks them by its schema. */
export function openRecords(given: Uint8Array): RecordsView {
  const sound =
    given.length >= recordsHeaderBytes &&
    given.length <= maxRecordsBytes &&
    holdsRecords(given) &&
    new DataView(given.buffer, given.byteOffset, given.length).getUint32(at.length, true) === given.length;
  if (!sound) throw new RecordsError('This is no block of records.');
  const bytes = given.slice();
  const view = new DataView(bytes.buffer);
  const checksum = view.getUint32(at.checksum, true);
  view.setUint32(at.checksum, 0, true);
  if (crc32c(bytes) !== checksum) throw new RecordsError('A block of records is damaged.');
  // A record has its length before it, so there are no more of them than words.
  const count = view.getUint32(at.count, true);
  if (count > (bytes.length - recordsHeaderBytes) / 4) throw new RecordsError('A record reaches beyond its block.');
  const starts = new Uint32Array(count + 1);
  let next = recordsHeaderBytes;
  for (let record = 0; record < count; record++) {
    starts[record] = next + 4;
    if (next + 4 > bytes.length) throw new RecordsError('A record reaches beyond its block.');
    next += 4 + view.getUint32(next, true);
    if (next > bytes.length) throw new RecordsError('A record reaches beyond its block.');
  }
  starts[count] = next + 4;
  return {
    jobId: Number(view.getBigUint64(at.jobId, true)),
    sequence: view.getUint32(at.sequence, true),
    bytes,
    count,
    start: (record) => starts[record]!,
    end: (record) => starts[record + 1]! - 4,
    read: (record) => parse(bytes.subarray(starts[record]!, starts[record + 1]! - 4)),
  };
}

/** All records of a block, read. Throws RecordsError, as `openRecords` does. */
export function readRecords(bytes: Uint8Array): RecordsBlock {
  const { jobId, sequence, count, read } = openRecords(bytes);
  return { jobId, sequence, records: Array.from({ length: count }, (_, record) => read(record)) };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch {
    throw new RecordsError('A record is not JSON.');
  }
}
