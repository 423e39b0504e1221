/** Links of file sharing: `ed2k://|file|…` and `magnet:?…`. */
import type { ExpectedDigest } from '../checksums/model.ts';
import { type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { fromHex } from '../text/decode.ts';
import { digestOf } from './bare.ts';
import { expectedOf, type Recognition, refused, unknown } from './expected.ts';

const encoder = new TextEncoder();

function percentDecoded(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  const decoded = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const pair = bytes[at] === 0x25 ? fromHex(String.fromCharCode(...bytes.subarray(at + 1, at + 3))) : null;
    decoded[length++] = pair?.length === 1 ? pair[0]! : bytes[at]!;
    if (pair?.length === 1) at += 2;
  }
  return decoded.slice(0, length);
}

function wholeNumber(text: string): number | null {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : null;
}

/** Either convention for files that end with a whole chunk: the link does not say which. */
const bothEd2k = (bytes: Uint8Array): ExpectedDigest[][] => [
  [{ algorithm: 'ed2k', bytes }],
  [{ algorithm: 'ed2k-blue', bytes }],
];

function ed2kLink(text: string): Recognition {
  const match = /^ed2k:\/\/\|file\|([^|]*)\|(\d+)\|([0-9a-f]{32})\|(.*)$/i.exec(text);
  if (match === null) return refused('This ed2k link names no file with its size and digest.');
  const [, name = '', size = '', digits = '', rest = ''] = match;
  const bytes = wholeNumber(size);
  if (bytes === null) return refused('The size in this ed2k link is no number of bytes.');
  const root = /(?:^|\|)h=([a-z2-7]{32})(?:\||$)/i.exec(rest)?.[1];
  const aich = root === undefined ? null : digestOf('aich', root);
  const alternatives = bothEd2k(fromHex(digits)!).map((digests) => (aich === null ? digests : [...digests, aich]));
  return expectedOf('ED2K link', alternatives, { size: bytes, name: percentDecoded(name) });
}

const topics: Readonly<Record<string, AlgorithmName>> = {
  'tree:tiger': 'tth',
  tiger: 'tiger',
  sha1: 'sha1',
  md5: 'md5',
  aich: 'aich',
  sha256: 'sha256',
  sha512: 'sha512',
  blake3: 'blake3',
};

function magnetLink(text: string): Recognition {
  const digests: ExpectedDigest[] = [];
  const notes: string[] = [];
  let ed2k: Uint8Array | null = null;
  let size: number | null = null;
  let name: Uint8Array | null = null;
  for (const part of text.slice(text.indexOf('?') + 1).split('&')) {
    const [key = '', value = ''] = part.split(/=(.*)/s);
    if (key === 'xl') size = wholeNumber(value);
    if (key === 'dn') name = percentDecoded(value.replaceAll('+', ' '));
    if (!/^xt(\.\d+)?$/.test(key)) continue;
    const [, topic = '', digits = ''] = /^urn:(.+):([^:]+)$/i.exec(value) ?? [];
    const kind = topic.toLowerCase();
    if (kind === 'btih' || kind === 'btmh') {
      notes.push('The BitTorrent part was not checked: it is of the pieces and the name, not of the file alone.');
    } else if (kind === 'ed2k' || kind === 'ed2khash') {
      ed2k = fromHex(digits);
      if (ed2k?.length !== 16) return refused('The ed2k digest in this magnet link has a wrong length.');
    } else {
      const called = topics[kind];
      const digest = called === undefined ? null : digestOf(called, digits);
      if (called !== undefined && digest === null) {
        return refused(`The ${algorithm(called).label} digest in this magnet link has a wrong length.`);
      }
      if (digest === null) notes.push(`The part urn:${topic} is not known here and was not checked.`);
      else digests.push(digest);
    }
  }
  const alternatives = ed2k === null ? [digests] : bothEd2k(ed2k).map((both) => [...both, ...digests]);
  if (alternatives[0]!.length === 0) {
    return refused(notes[0] ?? 'This magnet link names no digest.');
  }
  return expectedOf('magnet link', alternatives, { size, name, notes });
}

export function sharingLink(text: string): Recognition {
  if (/^ed2k:\/\//i.test(text)) return ed2kLink(text);
  if (/^magnet:\?/i.test(text)) return magnetLink(text);
  return unknown;
}
