const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

export interface DecodedName {
  readonly text: string;
  /** False when the bytes are not UTF-8: `text` then holds U+FFFD where they could not be read. */
  readonly exact: boolean;
}

/** The bytes of a name as text. */
export function decodeName(bytes: Uint8Array): DecodedName {
  try {
    return { text: strict.decode(bytes), exact: true };
  } catch {
    return { text: lenient.decode(bytes), exact: false };
  }
}

/** Whether `bytes` are well-formed UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  return decodeName(bytes).exact;
}
