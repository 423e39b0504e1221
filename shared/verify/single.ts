/** The file that a digest without a name belongs to: `disk.iso.sha256` holds that of `disk.iso`. */
import { algorithmNames } from '../tables/algorithms.ts';

const extensions: ReadonlySet<string> = new Set([
  ...algorithmNames.flatMap((name) => [name, name.replaceAll('-', ''), `${name.replaceAll('-', '')}sum`]),
  'sfv',
  'hash',
  'sum',
  'checksum',
  'digest',
  'b2',
  'b3',
  'b3sum',
  'b2sum',
]);

/** Null where the manifest's own name does not say. */
export function nameOfSingle(manifest: Uint8Array): Uint8Array | null {
  const dot = manifest.lastIndexOf(0x2e);
  if (dot <= 0) return null;
  const extension = String.fromCharCode(...manifest.subarray(dot + 1, dot + 32)).toLowerCase();
  return extensions.has(extension) ? manifest.subarray(0, dot) : null;
}
