/**
 * What every output format is. A writer sees one record of a batch at a time and appends bytes;
 * whoever drives it takes the bytes in chunks of the size that suits him:
 *
 *     const writer = formats[name].create(algorithms);
 *     writer.begin(out);
 *     for each record, in the order wanted: writer.record(out, batch, index);
 *     writer.end(out);
 */
import type { BatchView } from '../batch/reader.ts';
import type { ExportFormat } from '../contract/models.ts';
import type { AlgorithmName } from '../tables/algorithms.ts';
import type { ByteBuilder } from './byte-builder.ts';

export interface FormatWriter {
  begin(out: ByteBuilder): void;
  /** Appends what the format has to say of the record, which may be nothing. */
  record(out: ByteBuilder, batch: BatchView, index: number): void;
  /** Why the format cannot carry the record, which has digests; undefined when it can. Completes a sentence. */
  refusal?(batch: BatchView, index: number): string | undefined;
  /** Completes the document; also after an interruption, so that what was written stays readable. */
  end(out: ByteBuilder): void;
}

/** For formats of lines, `takesLineOptions`. */
export interface LineOptions {
  /** Lines end with NUL, and names are written as they are. */
  readonly zero?: boolean;
  /** Default: hexadecimal in lower case, or what the custom of the algorithm is. */
  readonly digits?: 'upper' | 'base64';
}

export interface Format {
  readonly name: ExportFormat;
  /** For people. */
  readonly label: string;
  /** With the dot, for a suggested file name. */
  readonly extension: string;
  readonly mediaType: string;
  /** False when only files that were hashed have a place in it: the rest must be told elsewhere. */
  readonly carriesFailures: boolean;
  /** What is computed for it where nobody chose algorithms; undefined: what is usual everywhere. */
  readonly usual?: readonly AlgorithmName[];
  /** Without this algorithm the format has nothing to say of a file. */
  readonly needs?: AlgorithmName;
  readonly takesLineOptions?: true;
  /** `algorithms` in the order in which their digests shall stand. */
  create(algorithms: readonly AlgorithmName[], options?: LineOptions): FormatWriter;
}
