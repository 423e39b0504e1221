/**
 * Lists of checksums of other programs, written so that they read them back: Simple File Verification, hashdeep, corz
 * checksum, and lists of subresource integrity. None of them has an escape: a name with a line end is refused.
 */
import type { BatchView } from '../batch/reader.ts';
import { type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { toBase64 } from '../text/base64.ts';
import type { ByteBuilder } from './byte-builder.ts';
import { appendDigest } from './digest-bytes.ts';
import type { Format, FormatWriter } from './format.ts';
import { appendSize } from './size-text.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const semicolon = 0x3b;
const space = 0x20;
const tab = 0x09;

const breaksLine = 'its name has a line end, which this format cannot write';

function hasLineEnd(batch: BatchView, index: number): boolean {
  const end = batch.nameStart(index) + batch.nameLength(index);
  for (let at = batch.nameStart(index); at < end; at++) {
    const byte = batch.bytes[at]!;
    if (byte === lineFeed || byte === carriageReturn) return true;
  }
  return false;
}

const refuseLineEnds = (batch: BatchView, index: number): string | undefined =>
  hasLineEnd(batch, index) ? breaksLine : undefined;

function appendName(out: ByteBuilder, batch: BatchView, index: number): void {
  const start = batch.nameStart(index);
  out.bytes(batch.bytes, start, start + batch.nameLength(index));
}

/** `name digest`, comments after `;`. The digest is CRC-32. */
export const sfv: Format = {
  name: 'sfv',
  label: 'SFV checksum file',
  extension: '.sfv',
  mediaType: 'text/plain',
  carriesFailures: false,
  usual: ['crc32'],
  needs: 'crc32',
  create: (): FormatWriter => ({
    begin() {},
    refusal(batch, index) {
      if (batch.bytes[batch.nameStart(index)] === semicolon)
        return 'its name would be read as a comment; give it as ./;…';
      const last = batch.bytes[batch.nameStart(index) + batch.nameLength(index) - 1];
      if (last === space || last === tab) return 'its name ends with a space, which this format cannot write';
      return refuseLineEnds(batch, index);
    },
    record(out, batch, index) {
      const start = batch.digestStart(index, 'crc32');
      if (start < 0) return;
      appendName(out, batch, index);
      out.text(' ');
      appendDigest(out, batch.bytes, start, algorithm('crc32'));
      out.byte(lineFeed);
    },
    end() {},
  }),
};

/** hashdeep's own, format 1.0: `size,digest,…,name`. hashdeep reads md5, sha1, sha256, tiger and whirlpool. */
export const hashdeep: Format = {
  name: 'hashdeep',
  label: 'hashdeep list',
  extension: '.txt',
  mediaType: 'text/plain',
  carriesFailures: false,
  usual: ['md5', 'sha256'],
  create: (names): FormatWriter => {
    const columns = names.map((name) => algorithm(name));
    return {
      begin(out) {
        out.text(`%%%% HASHDEEP-1.0\n%%%% size,${names.join(',')},filename\n## written by Hashlane\n##\n`);
      },
      refusal: refuseLineEnds,
      record(out, batch, index) {
        if (names.every((name) => batch.digestStart(index, name) < 0)) return;
        appendSize(out, batch, index);
        for (const column of columns) {
          out.text(',');
          const start = batch.digestStart(index, column.name);
          if (start >= 0) appendDigest(out, batch.bytes, start, column);
        }
        out.text(',');
        appendName(out, batch, index);
        out.byte(lineFeed);
      },
      end() {},
    };
  },
};

const two = (value: number): string => String(value).padStart(2, '0');

/** `2010.03.01@12.34:56`, in UTC, so that it is the same everywhere. */
function corzTime(milliseconds: number): string {
  const time = new Date(milliseconds);
  const day = `${time.getUTCFullYear()}.${two(time.getUTCMonth() + 1)}.${two(time.getUTCDate())}`;
  return `${day}@${two(time.getUTCHours())}.${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`;
}

/** corz checksum: a comment with algorithm, name and time, then `digest *name`. */
export const corz: Format = {
  name: 'corz',
  label: 'corz checksum file',
  extension: '.hash',
  mediaType: 'text/plain',
  carriesFailures: false,
  usual: ['md5'],
  create: (names): FormatWriter => ({
    begin() {},
    refusal: refuseLineEnds,
    record(out, batch, index) {
      for (const name of names) {
        const start = batch.digestStart(index, name);
        if (start < 0) continue;
        out.text(`#${name}#`);
        appendName(out, batch, index);
        out.text(`#${corzTime(batch.modifiedMs(index))}\n`);
        appendDigest(out, batch.bytes, start, algorithm(name));
        out.text(' *');
        appendName(out, batch, index);
        out.byte(lineFeed);
      }
    },
    end() {},
  }),
};

const integrities: readonly AlgorithmName[] = ['sha256', 'sha384', 'sha512'];

/** `sha384-BASE64  name`: what `integrity` takes in a page (Subresource Integrity). */
export const sri: Format = {
  name: 'sri',
  label: 'Subresource integrity',
  extension: '.txt',
  mediaType: 'text/plain',
  carriesFailures: false,
  usual: ['sha384'],
  create: (names): FormatWriter => ({
    begin() {},
    refusal: refuseLineEnds,
    record(out, batch, index) {
      for (const name of names) {
        const digest = integrities.includes(name) ? batch.digest(index, name) : null;
        if (digest === null) continue;
        out.text(`${name}-${toBase64(digest)}  `);
        appendName(out, batch, index);
        out.byte(lineFeed);
      }
    },
    end() {},
  }),
};
