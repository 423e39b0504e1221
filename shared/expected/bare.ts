/** A digest without a word about its algorithm: hex, base64, base32 or Nix's base 32, by form and length. */
import type { ExpectedDigest } from '../checksums/model.ts';
import { type AlgorithmName, algorithm, algorithms } from '../tables/algorithms.ts';
import { fromCustom, isCustom } from '../text/custom-digests.ts';
import { fromBase32, fromBase64, fromGroupedHex, fromNix32 } from '../text/decode.ts';
import { expectedOf, type Recognition, unknown } from './expected.ts';

/** What no content alone has: the name of the file goes in too. */
const notOfContent: ReadonlySet<string> = new Set(['btih']);

/** Shorter digests look like words unless they are hex or padded. */
const wordBytes = 16;

interface Reading {
  readonly form: string;
  readonly bytes: Uint8Array;
}

function readings(text: string): Reading[] {
  const found: Reading[] = [];
  const hex = fromGroupedHex(text.replace(/^0x/i, ''));
  if (hex !== null) found.push({ form: 'hexadecimal', bytes: hex });
  const base64 = fromBase64(text);
  if (base64 !== null && (base64.isPadded || base64.bytes.length >= wordBytes)) {
    found.push({ form: /[-_]/.test(text) ? 'base64url' : 'base64', bytes: base64.bytes });
  }
  const base32 = fromBase32(text);
  if (base32 !== null && base32.length >= wordBytes) found.push({ form: 'base32', bytes: base32 });
  const nix = fromNix32(text);
  if (nix !== null && nix.length >= wordBytes) found.push({ form: 'Nix base32', bytes: nix });
  return found;
}

/**
 * Every algorithm whose digest has the length. Where the text fits as hex it is hex: so many letters of any other form
 * are never by chance digits alone. All other forms that it may be are tried.
 */
export function bareDigest(text: string): Recognition {
  const alternatives: ExpectedDigest[][] = [];
  const forms: string[] = [];
  for (const { form, bytes } of readings(text)) {
    const fitting = algorithms.filter(
      ({ name, digestLength, encoding }) =>
        digestLength === bytes.length && !notOfContent.has(name) && !isCustom(encoding),
    );
    if (fitting.length === 0) continue;
    if (form !== 'hexadecimal' && forms.includes('hexadecimal')) break;
    forms.push(form);
    alternatives.push(...fitting.map(({ name }) => [{ algorithm: name, bytes }]));
  }
  return alternatives.length === 0 ? unknown : expectedOf(forms.join(' or '), alternatives);
}

/** The digest of a known algorithm in any of the forms; null where the text is none of its length. */
export function digestOf(name: AlgorithmName, text: string): ExpectedDigest | null {
  const { digestLength, encoding } = algorithm(name);
  const custom = fromCustom(encoding, text);
  if (custom !== null) return { algorithm: name, bytes: custom };
  // An ETag's digits say nothing without the number of parts.
  if (encoding === 's3-etag') return null;
  // What fits as hex is hex: 64 digits are also some base64, but of no such length.
  const fitting = allReadings(text).find(({ bytes }) => bytes.length === digestLength);
  return fitting === undefined ? null : { algorithm: name, bytes: fitting.bytes };
}

function allReadings(text: string): Reading[] {
  const forms = [
    ['hexadecimal', fromGroupedHex(text)],
    ['base64', fromBase64(text)?.bytes ?? null],
    ['base32', fromBase32(text)],
    ['Nix base32', fromNix32(text)],
  ] as const;
  return forms.flatMap(([form, bytes]) => (bytes === null ? [] : [{ form, bytes }]));
}
