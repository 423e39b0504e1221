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

/** Throws RecordsError. The values are JSON and no more: whoever reads a kind's records checks them by its schema. */
export function readRecords(bytes: Uint8Array): RecordsBlock {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const sound =
    bytes.length >= recordsHeaderBytes &&
    bytes.length <= maxRecordsBytes &&
    holdsRecords(bytes) &&
    view.getUint32(at.length, true) === bytes.length;
  if (!sound) throw new RecordsError('This is no block of records.');
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(at.checksum, 0, true);
  if (crc32c(copy) !== view.getUint32(at.checksum, true)) throw new RecordsError('A block of records is damaged.');
  const records: unknown[] = [];
  let next = recordsHeaderBytes;
  for (let left = view.getUint32(at.count, true); left > 0; left--) {
    if (next + 4 > copy.length) throw new RecordsError('A record reaches beyond its block.');
    const start = next + 4;
    next = start + view.getUint32(next, true);
    if (next > copy.length) throw new RecordsError('A record reaches beyond its block.');
    records.push(parse(copy.subarray(start, next)));
  }
  return { jobId: Number(view.getBigUint64(at.jobId, true)), sequence: view.getUint32(at.sequence, true), records };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch {
    throw new RecordsError('A record is not JSON.');
  }
}
