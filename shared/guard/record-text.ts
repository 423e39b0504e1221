/**
 * The record as text, format 1 (docs/guard.md): comments that Hashlane reads, and lines that `sha256sum --check` and its
 * kin read.
 *
 *     # Hashlane guard, format 1
 *     # id 01JDXV7Q…
 *     # algorithm sha256
 *     # root /home/ana/photos
 *     # device 66306 inode 2 born 1700000000000000000 volume 1600000000000000000
 *     # created 1764600000000
 *     #@ SIZE MODIFIED-NS CHECKED-MS ok|damaged
 *     DIGEST  PATH
 *     # end COUNT SHA-256-OF-ALL-BEFORE
 */
import { type AlgorithmName, findAlgorithm } from '../tables/algorithms.ts';
import { fromHex } from '../text/decode.ts';
import { toHex } from '../text/hex.ts';
import { GuardRecord, type RecordEntry, type RecordHeader } from './record.ts';

const recordTitle = '# Hashlane guard, format 1';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const backslash = 0x5c;
const hash = 0x23;

/** A record that cannot be read; nothing of it is used. */
export class RecordError extends Error {
  readonly code = 'GUARD_RECORD';
  constructor(problem: string, line: number) {
    super(`the record is damaged or of another program: ${problem} in line ${line}`);
    this.name = 'RecordError';
  }
}

/** The lines before the entries. */
export function headerText({ id, root, algorithm, identity, createdMs }: RecordHeader): Uint8Array {
  const { device, inode, bornNs, volumeNs } = identity;
  const lines = `${recordTitle}\n# id ${id}\n# algorithm ${algorithm}\n# root `;
  const more = `\n# device ${device} inode ${inode} born ${bornNs} volume ${volumeNs}\n# created ${createdMs}\n`;
  return joined([encoder.encode(lines), escapeName(root).bytes, encoder.encode(more)]);
}

/** The two lines of an entry. */
export function entryText({ path, size, modifiedNs, checkedMs, isDamaged, digest }: RecordEntry): Uint8Array {
  const name = escapeName(path);
  const facts = `#@ ${size} ${modifiedNs} ${checkedMs} ${isDamaged ? 'damaged' : 'ok'}\n`;
  const mark = name.isEscaped ? '\\' : '';
  return joined([encoder.encode(`${facts}${mark}${toHex(digest)}  `), name.bytes, Uint8Array.of(lineFeed)]);
}

/** `sha256`: lower-case hex, of everything before this line. */
export function endText(count: number, sha256: string): Uint8Array {
  return encoder.encode(`# end ${count} ${sha256}\n`);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Line ends and backslashes are written as coreutils writes them. */
function escapeName(name: Uint8Array): { readonly bytes: Uint8Array; readonly isEscaped: boolean } {
  const isEscaped = name.some((byte) => byte === lineFeed || byte === carriageReturn || byte === backslash);
  if (!isEscaped) return { bytes: name, isEscaped };
  const bytes: number[] = [];
  for (const byte of name) {
    if (byte === lineFeed) bytes.push(backslash, 0x6e);
    else if (byte === carriageReturn) bytes.push(backslash, 0x72);
    else if (byte === backslash) bytes.push(backslash, backslash);
    else bytes.push(byte);
  }
  return { bytes: Uint8Array.from(bytes), isEscaped };
}

/** Undefined for an escape that means nothing. */
function unescapeName(name: Uint8Array): Uint8Array | undefined {
  const bytes: number[] = [];
  for (let at = 0; at < name.length; at++) {
    if (name[at] !== backslash) {
      bytes.push(name[at]!);
      continue;
    }
    const next = name[++at];
    if (next === 0x6e) bytes.push(lineFeed);
    else if (next === 0x72) bytes.push(carriageReturn);
    else if (next === backslash) bytes.push(backslash);
    else return undefined;
  }
  return Uint8Array.from(bytes);
}

interface Facts {
  readonly size: number;
  readonly modifiedNs: bigint;
  readonly checkedMs: number;
  readonly isDamaged: boolean;
}

/** Takes a record line by line. */
export class RecordReader {
  readonly #sha256: () => string;
  readonly #header: string[] = [];
  #root: Uint8Array | undefined;
  #record: GuardRecord | undefined;
  #facts: Facts | undefined;
  #line = 0;
  #ended = false;

  /** `sha256`: of all lines that were taken before the present one, lower-case hex. */
  constructor(sha256: () => string) {
    this.#sha256 = sha256;
  }

  /** Once it was read. */
  get header(): RecordHeader | undefined {
    return this.#record?.header;
  }

  /** `line` without its line feed. Throws RecordError. */
  push(line: Uint8Array): void {
    this.#line++;
    if (this.#ended) this.#fail('something follows the end');
    if (line[0] === hash) this.#comment(line);
    else this.#entry(line);
  }

  /** Throws RecordError where the end is missing. */
  finish(): GuardRecord {
    if (!this.#ended || this.#record === undefined) return this.#fail('the end is missing');
    return this.#record;
  }

  #fail(problem: string): never {
    throw new RecordError(problem, this.#line);
  }

  #comment(line: Uint8Array): void {
    const rootPrefix = encoder.encode('# root ');
    if (this.#record === undefined && this.#header.length === 3 && rootPrefix.every((byte, at) => line[at] === byte)) {
      this.#root = unescapeName(line.subarray(rootPrefix.length)) ?? this.#fail('the root');
      this.#header.push('root');
      return;
    }
    const text = this.#text(line);
    if (text.startsWith('#@ ')) this.#facts = this.#factsOf(text);
    else if (text.startsWith('# end ')) this.#end(text);
    else if (this.#record === undefined) this.#headerLine(text);
    else this.#fail('an unknown comment');
  }

  #text(line: Uint8Array): string {
    try {
      return decoder.decode(line);
    } catch {
      return this.#fail('a comment that is not UTF-8');
    }
  }

  #headerLine(text: string): void {
    if (this.#header.length === 0 && text !== recordTitle) this.#fail('another format');
    this.#header.push(text);
    if (this.#header.length < 6) return;
    const [, id, algorithm, , device, created] = this.#header as [string, string, string, string, string, string];
    const name = findAlgorithm(/^# algorithm (\S+)$/.exec(algorithm)?.[1] ?? '')?.name as AlgorithmName | undefined;
    const given = /^# device (\d+) inode (\d+) born (\d+) volume (\d+)$/.exec(device);
    const createdMs = Number(/^# created (\d{1,16})$/.exec(created)?.[1] ?? Number.NaN);
    const idText = /^# id ([0-9A-Za-z-]{1,64})$/.exec(id)?.[1];
    if (name === undefined || given === null || Number.isNaN(createdMs) || !idText || this.#root === undefined) {
      this.#fail('the header');
    }
    const identity = { device: given[1]!, inode: given[2]!, bornNs: given[3]!, volumeNs: given[4]! };
    this.#record = new GuardRecord({ id: idText, root: this.#root, algorithm: name, identity, createdMs });
  }

  #factsOf(text: string): Facts {
    const match = /^#@ (\d{1,20}) (-?\d{1,20}) (\d{1,16}) (ok|damaged)$/.exec(text);
    if (match === null || this.#facts !== undefined || this.#record === undefined) return this.#fail('the facts');
    const [, size, modified, checked, state] = match;
    return {
      size: Number(size),
      modifiedNs: BigInt(modified!),
      checkedMs: Number(checked),
      isDamaged: state === 'damaged',
    };
  }

  #entry(line: Uint8Array): void {
    const facts = this.#facts;
    const record = this.#record;
    if (facts === undefined || record === undefined) this.#fail('an entry without its facts');
    this.#facts = undefined;
    const isEscaped = line[0] === backslash;
    const start = isEscaped ? 1 : 0;
    let space = start;
    while (space < line.length && line[space] !== 0x20) space++;
    const digest = fromHex(this.#text(line.subarray(start, space)));
    const raw = line.subarray(space + 2);
    const path = isEscaped ? unescapeName(raw) : raw;
    if (digest === null || digest.length !== record.digestBytes || line[space + 1] !== 0x20 || !path?.length) {
      this.#fail('an entry');
    }
    if (record.find(path) >= 0) this.#fail('a path that is there twice');
    record.set({ ...facts, digest, path });
  }

  #end(text: string): void {
    const record = this.#record;
    const [, count, sha256] = /^# end (\d+) ([0-9a-f]{64})$/.exec(text) ?? [];
    if (record === undefined || this.#facts !== undefined || Number(count) !== record.count) this.#fail('the count');
    // guard: digest of a guard record
    if (sha256 !== this.#sha256()) this.#fail('the digest of what comes before does not match');
    this.#ended = true;
  }
}
