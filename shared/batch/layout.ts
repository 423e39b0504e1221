/**
 * Result batch, layout version 1, little endian: the same bytes in memory, over IPC and in the
 * journal. This table is the one source of the layout; `native/contract/contract.h` is generated
 * from it (`npm run contract`), and `batch-contract.test.ts` proves that both sides agree.
 *
 *     header  64 bytes
 *     hot     64 bytes per record, 64-byte aligned: what sorting, filtering and totals need
 *     digest  digestStride bytes per record: digests in ascending algorithm id, zeros where none
 *     cold    names and error texts, read only when a row is drawn
 *
 * Sections follow one another in this order without gaps.
 */

export const batchLayoutVersion = 1;

/** The bytes `HLB1`. */
export const batchMagic = 0x31424c48;

/** No batch is longer (bytes); whatever claims more is refused. */
export const maxBatchBytes = 1 << 20;

export const batchHeaderBytes = 64;
export const hotRecordBytes = 64;

export type FieldType = 'u8' | 'u16' | 'u32' | 'u64' | 'i64';
export type FieldTable = Readonly<Record<string, readonly [offset: number, type: FieldType]>>;

/** Offsets in the header. Section offsets and lengths are in bytes from the start of the batch. */
export const batchHeader = {
  magic: [0, 'u32'],
  version: [4, 'u16'],
  headerLength: [6, 'u16'],
  jobId: [8, 'u64'],
  /** Bit n is set when the algorithm with id n was computed. */
  algorithms: [16, 'u64'],
  /** Number of the batch within its job, from 0 without gaps. */
  sequence: [24, 'u32'],
  recordCount: [28, 'u32'],
  digestStride: [32, 'u32'],
  hotOffset: [36, 'u32'],
  hotLength: [40, 'u32'],
  digestOffset: [44, 'u32'],
  digestLength: [48, 'u32'],
  coldOffset: [52, 'u32'],
  coldLength: [56, 'u32'],
  /** CRC-32C of the whole batch with this field as zero. */
  crc32c: [60, 'u32'],
} as const satisfies FieldTable;

/** Offsets in a hot record. */
export const hotRecord = {
  /** Number of the entry within its job; in walk order when the job was started so. */
  entryId: [0, 'u64'],
  /** Bytes; what was hashed when the status is ok, else what the file system said, or 0. */
  size: [8, 'u64'],
  /** Modification time, nanoseconds since 1970; 0 where unknown. */
  modifiedNs: [16, 'i64'],
  /** Bytes from the start of the cold section. */
  nameOffset: [24, 'u32'],
  nameLength: [28, 'u32'],
  /** Bytes from the start of the name to its last segment. */
  leafOffset: [32, 'u32'],
  /** The system's own words, only for EOTHER; bytes from the start of the cold section. */
  errorTextOffset: [36, 'u32'],
  errorTextLength: [40, 'u32'],
  /** Bytes from the start of the digest section. */
  digestOffset: [44, 'u32'],
  /** Time spent reading and hashing this entry, nanoseconds. */
  hashTimeNs: [48, 'u64'],
  /** Index in the list of statuses. */
  status: [56, 'u8'],
  flags: [57, 'u8'],
  /** Index of the root that the entry was found under. */
  root: [58, 'u16'],
  /** Index in the list of error codes. */
  errorNumber: [60, 'u32'],
} as const satisfies FieldTable;

/** Bytes behind the name of a record with the flag `identity`. */
export const identityBytes = 16;

/** With size and modification time before them, 8 bytes each: `BatchView.identityInto`. */
export const fullIdentityBytes = 16 + identityBytes;

/** Bits of a hot record's flags. */
export const recordFlags = {
  /** Every byte of the name is below 0x80. */
  asciiName: 1,
  /** The digests were known from an earlier reading, as from another name of the file; it was not read for this record. */
  fromCache: 2,
  /** The file has more than one link: a job reads it once, for all its names. */
  hardLink: 4,
  /** The file changed while it was read. */
  changed: 8,
  /**
   * In the cold section 16 bytes follow the name: change time (i64, ns since 1970) and inode (u64). They tell whether
   * the file is still the one that was read; only where the job wants them and the file's times can be relied on.
   */
  identity: 16,
  /** Another program has the file open for writing; what it writes through a mapping need not show in the file's times. */
  openForWriting: 32,
} as const;
