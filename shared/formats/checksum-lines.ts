/**
 * The checksum files of GNU coreutils and of the BSDs, as `sha256sum --check` and its kin read them
 * back. The name's own bytes are written, whatever they are. A name that holds a backslash, line
 * feed or carriage return would break the line: such a line begins with a backslash and writes them
 * as `\\`, `\n` and `\r` (coreutils, "md5sum invocation").
 */
import type { BatchView } from '../batch/reader.ts';
import { type Algorithm, type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { digestText } from '../text/digest-text.ts';
import type { ByteBuilder } from './byte-builder.ts';
import type { Format, FormatWriter } from './format.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const backslash = 0x5c;

function breaksLine(name: Uint8Array): boolean {
  for (let at = 0; at < name.length; at++) {
    const byte = name[at]!;
    if (byte === lineFeed || byte === carriageReturn || byte === backslash) return true;
  }
  return false;
}

function appendEscaped(out: ByteBuilder, name: Uint8Array): void {
  for (const byte of name) {
    if (byte === lineFeed) out.text('\\n');
    else if (byte === carriageReturn) out.text('\\r');
    else if (byte === backslash) out.text('\\\\');
    else out.byte(byte);
  }
}

function appendDigest(out: ByteBuilder, digest: Uint8Array, encoding: Algorithm['encoding']): void {
  if (encoding === 'hex') out.hex(digest);
  else out.text(digestText(digest, encoding));
}

type Line = (out: ByteBuilder, name: () => void, digest: () => void, chosen: Algorithm) => void;

/** One line per file and algorithm, algorithms in the order asked for. */
function lineWriter(names: readonly AlgorithmName[], line: Line): FormatWriter {
  const chosen: readonly (Algorithm & { name: AlgorithmName })[] = names.map(algorithm);
  return {
    begin() {},
    record(out: ByteBuilder, batch: BatchView, index: number): void {
      const name = batch.nameBytes(index);
      const escaped = breaksLine(name);
      const appendName = escaped ? () => appendEscaped(out, name) : () => out.bytes(name);
      for (const one of chosen) {
        const digest = batch.digest(index, one.name);
        if (digest === null) continue;
        if (escaped) out.byte(backslash);
        line(out, appendName, () => appendDigest(out, digest, one.encoding), one);
        out.byte(lineFeed);
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
  create: (names) =>
    lineWriter(names, (out, name, digest) => {
      digest();
      out.text('  ');
      name();
    }),
};

/** `SHA256 (name) = digest` */
export const bsd: Format = {
  name: 'bsd',
  label: 'BSD checksum file',
  extension: '.txt',
  mediaType: 'text/plain',
  carriesFailures: false,
  create: (names) =>
    lineWriter(names, (out, name, digest, { tag }) => {
      out.text(`${tag} (`);
      name();
      out.text(') = ');
      digest();
    }),
};
