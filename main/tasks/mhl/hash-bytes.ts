/** Digests of short runs of bytes, for the hashes of folders and the ids of manifests. */
import { createHash } from 'node:crypto';
import { c4OfSha512 } from '#shared/manifests/ascmhl/c4.ts';
import type { HashBytes } from '#shared/manifests/ascmhl/folder-hashes.ts';
import { xxh64 } from './xxh64.ts';

const ofNode = ['md5', 'sha1', 'sha512'];

/** Formats whose folder hashes can be computed; XXH3's need the engine, which hashes files. */
export const folderHashFormats = ['c4', 'md5', 'sha1', 'xxh64'] as const;

/** Throws RangeError for an algorithm outside `folderHashFormats`. */
export const hashBytes: HashBytes = (algorithm, bytes) => {
  if (algorithm === 'xxh64') return xxh64(bytes).toString(16).padStart(16, '0');
  if (!ofNode.includes(algorithm)) throw new RangeError(`${algorithm} of bytes is not computed here`);
  return createHash(algorithm).update(bytes).digest('hex');
};

export function c4Of(bytes: Uint8Array): string {
  return c4OfSha512(hashBytes('sha512', bytes));
}
