/** `sha256:…` as containers, GitHub and Nix write it, and the integrity lists of the web: `sha384-…`. */
import type { ExpectedDigest } from '../checksums/model.ts';
import { algorithmCalled } from '../tables/algorithm-alias.ts';
import { algorithm } from '../tables/algorithms.ts';
import { fromBase64 } from '../text/decode.ts';
import { digestOf } from './bare.ts';
import { expectedOf, type Recognition, refused, unknown } from './expected.ts';

const prefixed = /^([a-z][a-z0-9/_-]{1,20})\s*[:=]\s*(\S.*)$/i;

/** The algorithm, `:` or `=`, and the digest in any form. */
export function prefixedDigest(text: string): Recognition {
  const [, name = '', digits = ''] = prefixed.exec(text) ?? [];
  const called = algorithmCalled(name);
  if (called === null) return unknown;
  const digest = digestOf(called, digits.trim());
  if (digest === null)
    return refused(`This is no ${algorithm(called).label} digest: its length or its letters are wrong.`);
  return expectedOf(`${name}:`, [[digest]]);
}

const integrity = /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+={0,2})(\?\S*)?$/;
const order = ['sha256', 'sha384', 'sha512'];

/** Subresource Integrity: of several digests those of the strongest algorithm count, and any one of them is enough. */
export function integrityList(text: string): Recognition {
  const parts = text.split(/\s+/).map((part) => integrity.exec(part));
  if (parts.length === 0 || parts.some((part) => part === null)) return unknown;
  const digests: ExpectedDigest[] = [];
  for (const part of parts) {
    const called = algorithmCalled(part![1]!)!;
    const bytes = fromBase64(part![2]!)?.bytes;
    if (bytes === undefined || bytes.length !== algorithm(called).digestLength) {
      return refused(`The digest after ${part![1]}- has a wrong length.`);
    }
    digests.push({ algorithm: called, bytes });
  }
  const strongest = Math.max(...digests.map((digest) => order.indexOf(digest.algorithm)));
  const counting = digests.filter((digest) => order.indexOf(digest.algorithm) === strongest);
  return expectedOf(
    'SRI',
    counting.map((digest) => [digest]),
  );
}
