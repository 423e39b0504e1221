/**
 * File names are bytes, but a command line arrives as strings: Node replaces every byte that is not
 * UTF-8 by U+FFFD, and the file cannot be found again. So names travel through the option parser as
 * text in which byte 0xNN stands as the lone surrogate U+DCNN (the way of Python's
 * `surrogateescape`, PEP 383), and become bytes again on the other side.
 */
import { decodeName } from '#shared/text/utf8.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { splitBytes } from './split-bytes.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** With the `u` flag only surrogates without a partner match. */
const escapedByte = /([\udc80-\udcff])/u;

function strictText(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The length of the UTF-8 sequence that `lead` begins; 1 for what begins none. */
function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}

/** `bytes` as text from which `nameBytes` makes the same bytes again. */
export function nameText(bytes: Uint8Array): string {
  const whole = strictText(bytes);
  if (whole !== undefined) return whole;
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at]!);
    const character = strictText(bytes.subarray(at, at + length));
    text += character ?? String.fromCharCode(0xdc00 + bytes[at]!);
    at += character === undefined ? 1 : length;
  }
  return text;
}

/** The bytes of a name; ordinary text becomes UTF-8. */
export function nameBytes(text: string): Uint8Array {
  if (!escapedByte.test(text)) return encoder.encode(text);
  const parts = text
    .split(escapedByte)
    .map((part) => (escapedByte.test(part) ? Uint8Array.of(part.charCodeAt(0) & 0xff) : encoder.encode(part)));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * `argv`, with what Node decoded lossily taken from the process's own command line (`/proc/self/cmdline`:
 * NUL after each argument, Node's options and the script before ours). Where that cannot be read, `argv` as it is.
 */
export function exactArguments(argv: readonly string[], readCommandLine: () => Uint8Array): readonly string[] {
  if (!argv.some((argument) => argument.includes('\ufffd'))) return argv;
  let raw: Uint8Array[];
  try {
    raw = splitBytes(readCommandLine(), 0).slice(-argv.length);
  } catch {
    return argv;
  }
  return argv.map((argument, index) => {
    const bytes = raw[index];
    return bytes !== undefined && lenient.decode(bytes) === argument ? nameText(bytes) : argument;
  });
}

/** A name for people: what is not UTF-8 becomes U+FFFD, what is a control character becomes visible. */
export function shownName(name: Uint8Array): string {
  return makeVisible(decodeName(name).text);
}
