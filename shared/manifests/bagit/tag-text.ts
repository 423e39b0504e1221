/** The text of tag files in the encoding that bagit.txt declares. */

const bom = '\ufeff';

/** Latin-1 is decoded here: the runtime takes the name for Windows-1252. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

function decoderName(encoding: string, bytes: Uint8Array): string {
  const name = encoding.toLowerCase();
  if (name !== 'utf-16') return name;
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-16be';
}

/** Whether tag files in `encoding` can be read. */
export function knowsEncoding(encoding: string): boolean {
  if (/^(iso-8859-1|us-ascii|utf-16)$/i.test(encoding)) return true;
  try {
    new TextDecoder(encoding);
    return true;
  } catch {
    return false;
  }
}

/** `bytes` as text without a byte order mark. Throws TypeError where they are not in that encoding. */
export function decodeTagText(bytes: Uint8Array, encoding: string): string {
  if (/^iso-8859-1$/i.test(encoding)) return latin1(bytes);
  if (/^us-ascii$/i.test(encoding) && bytes.some((byte) => byte > 127)) throw new TypeError('not ASCII');
  const text = new TextDecoder(decoderName(encoding, bytes), { fatal: true, ignoreBOM: true }).decode(bytes);
  return text.startsWith(bom) ? text.slice(1) : text;
}

/** Lines ended by LF, CR or CRLF; what follows the last end counts only when it is not empty. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
