const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The two letters of each byte, as they lie in memory, in one number. */
const pairs = new Uint16Array(
  encoder.encode(Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join('')).buffer,
);

/** Longest digest that there is; what is longer is taken in parts. */
const partBytes = 64;
const scratch = new Uint16Array(partBytes);
/** By bytes: the letters of the first so many. */
const letters = Array.from({ length: partBytes + 1 }, (_, bytes) => new Uint8Array(scratch.buffer, 0, bytes * 2));

/** The bytes from `start` to before `end` as lower-case hex. One decoded text is made faster than it is joined of pairs. */
export function toHex(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  for (let from = start; from < end; from += partBytes) {
    const length = Math.min(end - from, partBytes);
    for (let at = 0; at < length; at++) scratch[at] = pairs[bytes[from + at]!]!;
    text += decoder.decode(letters[length]);
  }
  return text;
}
