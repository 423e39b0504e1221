/**
 * What browsers and Node have alike although the language does not define it. `shared` is compiled
 * without the types of either, so that it cannot use more than this.
 */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string;
}

/** Only the preload and the page look inside one. */
interface File {
  readonly name: string;
}
