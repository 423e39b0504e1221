/**
 * Names in a manifest may be hostile. A name becomes a key: relative, `/` between its segments, nothing that climbs.
 * What is outside by its words alone is never looked for on the disk.
 */
import { decodeName } from '../text/utf8.ts';

const slash = 0x2f;
const backslash = 0x5c;
const dot = 0x2e;
const colon = 0x3a;

export type NameKind = 'inside' | 'outside' | 'impossible';

export interface KeyedName {
  readonly kind: NameKind;
  /** The key for `inside`; otherwise the name as it was. May be the bytes that were given. */
  readonly key: Uint8Array;
}

/** Names that lead to a device on Windows, with any extension. */
const devices = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])[ .]*([.:].*)?$/i;

const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

/** Whether surely nothing has to be taken out of the name: no NUL, no empty segment, none that begins with a dot. */
function isPlain(name: Uint8Array): boolean {
  let before = slash;
  for (let at = 0; at < name.length; at++) {
    const byte = name[at]!;
    if (byte === 0 || (before === slash && (byte === slash || byte === dot))) return false;
    before = byte;
  }
  return before !== slash;
}

/** Whether the name begins with `./`. */
export function startsWithDot(name: Uint8Array): boolean {
  return name.length > 2 && name[0] === dot && name[1] === slash;
}

/** By the rules of POSIX: only `/` separates, and `\` belongs to a name like any letter. */
function posixName(name: Uint8Array): KeyedName {
  if (isPlain(name)) return { kind: 'inside', key: name };
  // As `find .` gives them.
  if (startsWithDot(name)) {
    const rest = name.subarray(2);
    if (isPlain(rest)) return { kind: 'inside', key: rest };
  }
  if (name.length === 0 || name.includes(0)) return { kind: 'impossible', key: name };
  // guard: absolute names in manifests
  if (name[0] === slash) return { kind: 'outside', key: name };
  const key = new Uint8Array(name.length);
  let length = 0;
  for (let start = 0; start <= name.length; ) {
    const found = name.indexOf(slash, start);
    const end = found < 0 ? name.length : found;
    const segment = name.subarray(start, end);
    start = end + 1;
    // guard: names that climb in manifests
    if (segment.length === 2 && segment[0] === dot && segment[1] === dot) return { kind: 'outside', key: name };
    if (segment.length === 0 || (segment.length === 1 && segment[0] === dot)) continue;
    if (length > 0) key[length++] = slash;
    key.set(segment, length);
    length += segment.length;
  }
  // Of `.` nothing is left: it names the root itself, which is no file.
  return length === 0 ? { kind: 'impossible', key: name } : { kind: 'inside', key: key.subarray(0, length) };
}

/** By the rules of Windows: `\` separates too; drives, shares and devices are outside. */
export function windowsName(name: Uint8Array): KeyedName {
  if (name[0] === slash || name[0] === backslash) return { kind: 'outside', key: name };
  // guard: drives in manifests
  if (name.length >= 2 && name[1] === colon && isLetter(name[0]!)) return { kind: 'outside', key: name };
  const turned = name.includes(backslash) ? name.map((byte) => (byte === backslash ? slash : byte)) : name;
  const keyed = posixName(turned);
  if (keyed.kind !== 'inside') return { kind: keyed.kind, key: name };
  for (let start = 0; start < turned.length; ) {
    const found = turned.indexOf(slash, start);
    const end = found < 0 ? turned.length : found;
    // guard: devices in manifests
    if (isDevice(turned.subarray(start, end))) return { kind: 'outside', key: name };
    start = end + 1;
  }
  return keyed;
}

/** The longest has `CONOUT$` and an extension; longer segments are looked at by their beginning. */
function isDevice(segment: Uint8Array): boolean {
  return segment.length >= 3 && devices.test(decodeName(segment.subarray(0, 64)).text);
}

/** Whether the rules of Windows see more in the name than those of POSIX. */
export function differsOnWindows(name: Uint8Array): boolean {
  const keyed = windowsName(name);
  return keyed.kind === 'outside' || name.includes(backslash);
}

/** What a name is by the system's rules. */
export function keyOf(name: Uint8Array, windows: boolean): KeyedName {
  return windows ? windowsName(name) : posixName(name);
}
