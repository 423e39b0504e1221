/**
 * Reads a checksum file of any dialect: bytes in, entries out. The beginning is kept until it shows what it is; after that
 * no more than a record is held. See `model.ts` for what comes out.
 */
import { comment, type DialectReader, malformed, type Reading } from './dialects/dialect.ts';
import { TextLinesReader } from './dialects/text-lines.ts';
import { explain } from './dialects/untagged.ts';
import { ContentsSplitter } from './input/contents.ts';
import { EncodedInput, join } from './input/encoding.ts';
import { EnvelopeReader } from './input/envelope.ts';
import {
  ElementSplitter,
  type InputRecord,
  LineSplitter,
  type RecordSplitter,
  type TakeRecord,
} from './input/records.ts';
import {
  type ManifestItem,
  type ManifestReader,
  type ManifestReaderOptions,
  maxQuotedBytes,
  type Recognised,
} from './model.ts';
import { type Recognition, recognise, sampleBytes } from './recognise.ts';

export function createManifestReader(options: ManifestReaderOptions = {}): ManifestReader {
  return new Reader(options);
}

class Reader implements ManifestReader {
  readonly #options: ManifestReaderOptions;
  readonly #input = new EncodedInput();
  #sample = new Uint8Array(0);
  #recognition: Recognition | null = null;
  #splitter: RecordSplitter | null = null;
  #dialect: DialectReader | null = null;
  #envelope = new EnvelopeReader('none');
  #explanation: string | null = null;
  #dialectName: Recognised['dialect'] | null = null;
  #items: ManifestItem[] = [];
  /** A digest alone in its line, as long as nothing else has come. */
  #single: { readonly record: InputRecord; readonly bytes: Uint8Array } | null = null;
  #hasSaidAnything = false;
  #last: InputRecord = { bytes: new Uint8Array(0), line: 1, isTooLong: false, isEnded: true };

  constructor(options: ManifestReaderOptions) {
    this.#options = options;
  }

  get recognised(): Recognised | null {
    if (this.#recognition === null) return null;
    const { dialect, lineEnding, envelope } = this.#recognition;
    return {
      dialect: this.#dialectName ?? dialect,
      explanation: this.#explanation ?? 'nothing that is known',
      lineEnding,
      encoding: this.#input.encoding,
      envelope,
    };
  }

  push(chunk: Uint8Array): ManifestItem[] {
    this.#take(this.#input.push(chunk));
    return this.#taken();
  }

  end(): ManifestItem[] {
    this.#take(this.#input.push(new Uint8Array(0), true));
    if (this.#recognition === null) this.#begin();
    this.#splitter!.end();
    const open = this.#dialect!.end?.();
    if (open !== undefined) this.#add(this.#last, this.#last.bytes, open);
    this.#endSingle();
    return this.#taken();
  }

  #taken(): ManifestItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #take(bytes: Uint8Array): void {
    if (this.#splitter !== null) {
      this.#splitter.push(bytes);
      return;
    }
    this.#sample = join(this.#sample, bytes).slice();
    if (this.#sample.length >= sampleBytes) this.#begin();
  }

  #begin(): void {
    const recognition = recognise(this.#sample.subarray(0, sampleBytes), this.#options);
    this.#recognition = recognition;
    this.#dialect = recognition.createReader();
    this.#envelope = new EnvelopeReader(recognition.envelope);
    const take = (record: InputRecord): void => this.#read(record);
    this.#splitter = splitterOf(recognition, take);
    const sample = this.#sample;
    this.#sample = new Uint8Array(0);
    this.#splitter.push(sample);
  }

  #read(record: InputRecord): void {
    this.#last = { ...record, bytes: record.bytes.slice(0, maxQuotedBytes) };
    const unwrapped = this.#envelope.unwrap(record.bytes);
    if (typeof unwrapped === 'string' || record.isTooLong) {
      const refusal = record.isTooLong ? malformed('too-long') : malformed('not-in-dialect');
      this.#add(record, record.bytes, unwrapped === 'frame' ? comment : refusal);
      return;
    }
    // A list whose records end otherwise has no name with it, and no system has.
    if (this.#isText && unwrapped.includes(0)) {
      this.#add(record, record.bytes, malformed('not-in-dialect'));
      return;
    }
    const reading = this.#dialect!.read(unwrapped);
    if (this.#isBareDigest(reading, unwrapped)) {
      this.#endSingleAsNameless();
      this.#single = { record, bytes: unwrapped.slice() };
      return;
    }
    const isCut = !record.isEnded && this.#recognition!.cut !== 'lines' && this.#recognition!.cut !== 'zero';
    this.#add(record, unwrapped, isCut ? malformed('truncated') : reading);
  }

  get #isText(): boolean {
    return this.#recognition!.cut === 'lines';
  }

  #isBareDigest(reading: Reading, bytes: Uint8Array): boolean {
    if (reading.kind !== 'malformed' || reading.reason !== 'no-name') return false;
    return this.#dialect instanceof TextLinesReader && this.#dialect.bareDigest(bytes) !== null;
  }

  #add(record: InputRecord, bytes: Uint8Array, reading: Reading): void {
    const { line } = record;
    switch (reading.kind) {
      case 'nothing':
        return;
      case 'comment':
        this.#items.push({ kind: 'comment', line, text: bytes.slice(0, maxQuotedBytes) });
        return;
      case 'malformed':
        this.#endSingleAsNameless();
        this.#hasSaidAnything = true;
        this.#items.push({ ...reading, line, text: bytes.slice(0, maxQuotedBytes) });
        return;
      case 'entry':
        this.#endSingleAsNameless();
        this.#hasSaidAnything = true;
        this.#explanation ??= explain(reading.digests, reading.label);
        this.#dialectName ??= reading.dialect;
        this.#items.push({ kind: 'entry', line, name: reading.name, digests: reading.digests, size: reading.size });
    }
  }

  /** Something else is in the list as well: the digest alone lacks its name. */
  #endSingleAsNameless(): void {
    const single = this.#single;
    if (single === null) return;
    this.#single = null;
    this.#hasSaidAnything = true;
    const { line } = single.record;
    this.#items.push({ kind: 'malformed', line, text: single.bytes.slice(0, maxQuotedBytes), reason: 'no-name' });
  }

  #endSingle(): void {
    const single = this.#single;
    if (single === null || this.#hasSaidAnything) {
      this.#endSingleAsNameless();
      return;
    }
    const digest = (this.#dialect as TextLinesReader).bareDigest(single.bytes)!;
    this.#explanation = explain([digest], 'a digest alone');
    this.#dialectName = 'single';
    const { line } = single.record;
    this.#items.push({ kind: 'entry', line, name: new Uint8Array(0), digests: [digest], size: null });
  }
}

/** Lines may end differently in one list, which several systems wrote to: a carriage return is of the end, as for coreutils. */
function splitterOf({ cut, dialect }: Recognition, take: TakeRecord): RecordSplitter {
  if (cut === 'elements') return new ElementSplitter(take);
  if (cut === 'contents') return new ContentsSplitter(take);
  return new LineSplitter(cut === 'zero' ? 0 : 0x0a, cut === 'lines' && dialect !== 'csv', take);
}
