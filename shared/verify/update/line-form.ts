/**
 * A line of a checksum file taken apart, so that it can be written again with another name or digest and is otherwise as
 * it was: marks, spaces, tags and the case of digits stay.
 */
import type { DialectName } from '../../checksums/model.ts';
import { fromHex } from '../../text/decode.ts';
import { toHex } from '../../text/hex.ts';

/** Text in which each character stands for one byte. */
type ByteText = string;

export interface LineForm {
  readonly shape: Shape;
  readonly name: Uint8Array;
  readonly digest: Uint8Array;
  /** What stands before, between and after name and digest. */
  readonly between: readonly [ByteText, ByteText, ByteText];
  readonly isUpperCase: boolean;
}

interface Shape {
  readonly pattern: RegExp;
  readonly nameFirst: boolean;
  /** Whether a backslash at the beginning says that the name has escapes. */
  readonly escapes: boolean;
}

const digestFirst = /^()([0-9a-fA-F]+)( [ *]?)(.+)()$/s;
const tagged = /^([A-Za-z0-9/_-]+ ?\()(.+)(\) ?= )([0-9a-fA-F]+)()$/s;
const nameFirst = /^()(.+?)( +)([0-9a-fA-F]{8})()$/s;

const shapes: Readonly<Partial<Record<DialectName, Shape>>> = {
  gnu: { pattern: digestFirst, nameFirst: false, escapes: true },
  'gnu-zero': { pattern: digestFirst, nameFirst: false, escapes: false },
  'bsd-reversed': { pattern: digestFirst, nameFirst: false, escapes: false },
  bsd: { pattern: tagged, nameFirst: true, escapes: true },
  openssl: { pattern: tagged, nameFirst: true, escapes: false },
  sfv: { pattern: nameFirst, nameFirst: true, escapes: false },
};

/** Whether lines of the dialect can be changed one by one. */
export function canEdit(dialect: DialectName): boolean {
  return shapes[dialect] !== undefined;
}

const toText = (bytes: Uint8Array): ByteText => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const toBytes = (text: ByteText): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

const escapes: readonly (readonly [string, string])[] = [
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
];

function unescaped(text: ByteText): ByteText {
  return text.replace(/\\([\\nr])/g, (whole) => escapes.find(([, written]) => written === whole)![0]);
}

/** `line` without its end. Null for a line of another form. */
export function parseLine(dialect: DialectName, line: Uint8Array): LineForm | null {
  const shape = shapes[dialect];
  if (shape === undefined) return null;
  const text = toText(line);
  const isEscaped = shape.escapes && text.startsWith('\\');
  const match = shape.pattern.exec(isEscaped ? text.slice(1) : text);
  if (match === null) return null;
  const [, before = '', first = '', middle = '', second = '', after = ''] = match;
  const [name, digits] = shape.nameFirst ? [first, second] : [second, first];
  const digest = fromHex(digits);
  if (digest === null) return null;
  return {
    shape,
    name: toBytes(isEscaped ? unescaped(name) : name),
    digest,
    between: [before, middle, after],
    isUpperCase: /[A-F]/.test(digits),
  };
}

/** Null where the dialect cannot carry the name. `endsWithNul`: lines end with NUL, so that line ends belong to names. */
export function writeLine(
  { shape, name, digest, between, isUpperCase }: LineForm,
  endsWithNul: boolean,
): Uint8Array | null {
  const text = toText(name);
  const isSpecial = /[\\\n\r]/.test(text);
  const hasLineEnd = /[\n\r]/.test(text);
  if (hasLineEnd && !shape.escapes && !endsWithNul) return null;
  const escaped = shape.escapes && isSpecial;
  const written = escaped
    ? text.replace(/[\\\n\r]/g, (character) => escapes.find(([plain]) => plain === character)![1])
    : text;
  const digits = isUpperCase ? toHex(digest).toUpperCase() : toHex(digest);
  const [before, middle, after] = between;
  const [first, second] = shape.nameFirst ? [written, digits] : [digits, written];
  return toBytes(`${escaped ? '\\' : ''}${before}${first}${middle}${second}${after}`);
}
