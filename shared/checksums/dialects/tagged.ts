/**
 * `SHA256 (name) = digest`, as the BSDs, `--tag` of coreutils and xxhsum write it, and `SHA256(name)= digest` of
 * `openssl dgst`. The name may hold anything: the last `) = ` ends it. A backslash before the tag announces escapes.
 */
import { algorithmCalled } from '../../tables/algorithm-alias.ts';
import { asText, malformed, type Reading, unescapeName } from './dialect.ts';
import { digestFromText } from './digest.ts';

const open = 0x28;
const close = 0x29;
const space = 0x20;
const equals = 0x3d;
const backslash = 0x5c;
const maxTagBytes = 32;
const maxDigestBytes = 256;

interface Parts {
  readonly tag: string;
  readonly name: Uint8Array;
  readonly digest: string;
  readonly isOpenssl: boolean;
  readonly isEscaped: boolean;
}

/** Null when the record has no tag before a parenthesis: it is of another dialect. */
function partsOf(record: Uint8Array): Parts | null | 'no-digest' {
  const isEscaped = record[0] === backslash;
  let opens = 1;
  const furthest = Math.min(record.length, maxTagBytes + 2);
  while (opens < furthest && record[opens] !== open) opens++;
  if (opens >= furthest) return null;
  const tag = asText(record.subarray(isEscaped ? 1 : 0, opens)).trimEnd();
  if (!/^[A-Za-z][\w/-]*$/.test(tag)) return null;
  const isOpenssl = record[opens - 1] !== space;
  for (let at = record.length - 1; at > opens; at--) {
    if (record[at] !== close) continue;
    const equal = isOpenssl ? at + 1 : at + 2;
    if (record[equal] !== equals || (!isOpenssl && record[at + 1] !== space)) continue;
    const digest = record.subarray(equal + 1);
    if (digest.length > maxDigestBytes) return 'no-digest';
    return { tag, name: record.subarray(opens + 1, at), digest: asText(digest).trim(), isOpenssl, isEscaped };
  }
  return 'no-digest';
}

const isLittleEndian = (tag: string): boolean => /_LE$/i.test(tag);

export function readTagged(record: Uint8Array): Reading | null {
  const parts = partsOf(record);
  if (parts === null) return null;
  if (parts === 'no-digest') return malformed('no-digest');
  const called = algorithmCalled(parts.tag.replace(/_LE$/i, ''));
  if (called === null) return malformed('unknown-algorithm');
  const digest = digestFromText(called, parts.digest);
  if (digest === null) return malformed(parts.digest === '' ? 'no-digest' : 'digest-length');
  const bytes = isLittleEndian(parts.tag) ? digest.bytes.slice().reverse() : digest.bytes;
  const name = parts.isEscaped ? unescapeName(parts.name) : parts.name.slice();
  if (name === null) return malformed('bad-escape');
  if (name.length === 0) return malformed('no-name');
  const style = parts.isOpenssl ? 'OpenSSL' : 'BSD';
  const label = isLittleEndian(parts.tag) ? `${style}, little endian` : style;
  const dialect = parts.isOpenssl ? 'openssl' : /^XXH/i.test(parts.tag) ? 'xxhsum' : 'bsd';
  return { kind: 'entry', name, digests: [{ algorithm: called, bytes }], size: null, dialect, label };
}
