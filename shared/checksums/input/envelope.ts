/**
 * A signature around a list of lines: PGP's clear-signed text (RFC 9580, section 7) or signify's embedded form. It is not
 * checked here. Lines outside of it are not what was signed, and are refused.
 */
import type { Recognised } from '../model.ts';

export type Envelope = Recognised['envelope'];

const begin = '-----BEGIN PGP SIGNED MESSAGE-----';
const signature = '-----BEGIN PGP SIGNATURE-----';
const dash = 0x2d;
const space = 0x20;

export function envelopeOf(firstLine: string): Envelope {
  if (firstLine.trimEnd() === begin) return 'pgp-clearsigned';
  return firstLine.startsWith('untrusted comment: ') ? 'signify' : 'none';
}

/** `outside`: of no signed text. `frame`: of the signature itself. */
export type Unwrapped = Uint8Array | 'outside' | 'frame';

export class EnvelopeReader {
  readonly #envelope: Envelope;
  #lines = 0;
  #part: 'headers' | 'text' | 'signature' | 'after' = 'headers';

  constructor(envelope: Envelope) {
    this.#envelope = envelope;
  }

  unwrap(record: Uint8Array): Unwrapped {
    if (this.#envelope === 'none') return record;
    this.#lines++;
    if (this.#envelope === 'signify') return this.#lines <= 2 ? 'frame' : record;
    return this.#unwrapPgp(record);
  }

  #unwrapPgp(record: Uint8Array): Unwrapped {
    switch (this.#part) {
      case 'headers':
        // The headers end with an empty line.
        if (this.#lines > 1 && record.every((byte) => byte === space)) this.#part = 'text';
        return 'frame';
      case 'text':
        if (record[0] !== dash) return record;
        if (record[1] === space) return record.subarray(2);
        this.#part = textOf(record) === signature ? 'signature' : 'after';
        return this.#part === 'signature' ? 'frame' : 'outside';
      case 'signature':
        if (textOf(record).startsWith('-----END PGP SIGNATURE')) this.#part = 'after';
        return 'frame';
      case 'after':
        return record.length === 0 ? 'frame' : 'outside';
    }
  }
}

const textOf = (record: Uint8Array): string => new TextDecoder().decode(record.subarray(0, 64)).trimEnd();
