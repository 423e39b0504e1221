/** What people call lists of checksums: `SHA256SUMS`, `md5sum.txt`, `CHECKSUMS.sha256`, `list.sfv`. */
import { nameOfSingle } from './single.ts';

const named = /(^|[._-])([a-z0-9-]*sums?|checksums?|digests?)([._-][a-z0-9.-]*)?$/i;
const encoder = new TextEncoder();

/** Whether a file of this name is likely to be a checksum file; its content decides. */
export function isListName(fileName: string): boolean {
  return named.test(fileName) || nameOfSingle(encoder.encode(fileName)) !== null;
}
