/** What was pasted or typed, as an expectation: every form that is known, the unmistakable ones first. */
import { createManifestReader } from '../checksums/read.ts';
import { bareDigest } from './bare.ts';
import { type Recognition, unknown } from './expected.ts';
import { githubRelease } from './github.ts';
import { contentIdentity } from './identities.ts';
import { sharingLink } from './links.ts';
import { manifestText } from './manifest-text.ts';
import { contentIdentifier } from './multihash.ts';
import { integrityList, prefixedDigest } from './prefixed.ts';

/** No more is looked at: characters. */
const maxExpectedLength = 16 << 20;

export interface RecogniseOptions {
  /** What the file is called, without its folder: lists are searched for it. */
  readonly leaf: string;
}

/** Forms that no name of a file has by chance. */
export function recogniseDigest(text: string): Recognition {
  const plain = text
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim();
  if (plain === '' || plain.length > maxExpectedLength) return unknown;
  for (const form of [sharingLink, contentIdentity, integrityList, contentIdentifier, prefixedDigest, bareDigest]) {
    const found = form(plain);
    if (found.kind !== 'unknown') return found;
  }
  return unknown;
}

export function recognise(text: string, { leaf }: RecogniseOptions): Recognition {
  if (text.length > maxExpectedLength) return unknown;
  const digest = recogniseDigest(text);
  if (digest.kind === 'expected') return digest;
  const release = githubRelease(text, leaf);
  if (release.kind !== 'unknown') return release;
  const list = manifestText(new TextEncoder().encode(text), createManifestReader(), leaf);
  return list.kind === 'unknown' ? digest : list;
}
