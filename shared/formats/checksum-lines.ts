/**
 * The checksum files of GNU coreutils and of the BSDs, as `sha256sum --check` and its kin read them
 * back. The name's own bytes are written, whatever they are. A name that holds a backslash, line
 * feed or carriage return would break the line: such a line begins with a backslash and writes them
 * as `\\`, `\n` and `\r` (coreutils, "md5sum invocation").
 */
import type { BatchView } from '../batch/reader.ts';
import { type Algorithm, type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { toBase64 } from '../text/base64.ts';
import { digestText } from '../text/digest-text.ts';
import type { ByteBuilder } from './byte-builder.ts';
import { appendDigest } from './digest-bytes.ts';
import type { Format, FormatWriter, LineOptions } from './format.ts';
import { allBytesBut, isPlain } from './plain-bytes.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const backslash = 0x5c;
const encoder = new TextEncoder();

const plain = allBytesBut('\n\r\\');

function appendEscaped(out: ByteBuilder, source: Uint8Array, start: number, end: number): void {
  for (let at = start; at < end; at++) {
    const byte = source[at]!;
    if (byte === lineFeed) out.text('\\n');
    else if (byte === carriageReturn) out.text('\\r');
    else if (byte === backslash) out.text('\\\\');
    else out.byte(byte);
  }
}

/** What stands around name and digest in the lines of one algorithm. */
interface LineParts {
  readonly before: string;
  readonly between: string;
  readonly digestFirst: boolean;
}

function digestWriter(digits: LineOptions['digits']): typeof appendDigest {
  if (digits === undefined) return appendDigest;
  return (out, source, start, { digestLength, encoding }) => {
    const digest = source.subarray(start, start + digestLength);
    out.text(digits === 'base64' ? toBase64(digest) : digestText(digest, encoding).toUpperCase());
  };
}

/** One line per file and algorithm, algorithms in the order asked for. */
function lineWriter(
  names: readonly AlgorithmName[],
  { zero = false, digits }: LineOptions,
  partsOf: (chosen: Algorithm) => LineParts,
): FormatWriter {
  const append = digestWriter(digits);
  const lineEnd = zero ? 0 : lineFeed;
  const columns = names.map((name) => {
    const chosen = algorithm(name);
    const { before, between, digestFirst } = partsOf(chosen);
    return { chosen, before: encoder.encode(before), between: encoder.encode(between), digestFirst };
  });
  return {
    begin() {},
    record(out: ByteBuilder, batch: BatchView, index: number): void {
      const source = batch.bytes;
      const nameStart = batch.nameStart(index);
      const nameEnd = nameStart + batch.nameLength(index);
      const escaped = !zero && !isPlain(plain, source, nameStart, nameEnd);
      for (const { chosen, before, between, digestFirst } of columns) {
        const digestStart = batch.digestStart(index, chosen.name);
        if (digestStart < 0) continue;
        if (escaped) out.byte(backslash);
        out.bytes(before);
        if (digestFirst) {
          append(out, source, digestStart, chosen);
          out.bytes(between);
        }
        if (escaped) appendEscaped(out, source, nameStart, nameEnd);
        else out.bytes(source, nameStart, nameEnd);
        if (!digestFirst) {
          out.bytes(between);
          append(out, source, digestStart, chosen);
        }
        out.byte(lineEnd);
      }
    },
    end() {},
  };
}

/** `digest  name` */
export const gnu: Format = {
  name: 'gnu',
  label: 'GNU checksum file',
  extension: '.txt',
  mediaType: 'text/plain',
  carriesFailures: false,
  takesLineOptions: true,
  create: (names, options = {}) =>
    lineWriter(names, options, ({ name }) => ({
      // Sixteen digits alone mean XXH64 to xxhsum.
      before: name === 'xxh3-64' ? 'XXH3_' : '',
      between: '  ',
      digestFirst: true,
    })),
};

/** `SHA256 (name) = digest` */
export const bsd: Format = {
  name: 'bsd',
  label: 'BSD checksum file',
  extension: '.txt',
  mediaType: 'text/plain',
  carriesFailures: false,
  takesLineOptions: true,
  create: (names, options = {}) =>
    lineWriter(names, options, ({ tag }) => ({ before: `${tag} (`, between: ') = ', digestFirst: false })),
};
