/** Declared uploads: paths come from the page, so they are made relative and checked before they name anything. */
import { engineLimits } from '#shared/jobs/limits.ts';
import { Problem } from '../../base/problem.ts';
import type { DeclaredEntry } from '../../tasks/inputs.ts';

const maxPathBytes = engineLimits.nameBytes;

/** Throws Problem: FORBIDDEN (a path that leaves what was dropped, or names nothing), INPUT_TOO_LARGE. */
export function cleanUploadEntries(entries: readonly DeclaredEntry[]): DeclaredEntry[] {
  return entries.map(({ path, size }) => ({ path: cleanUploadPath(path), size }));
}

function cleanUploadPath(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (/* guard: paths of uploads */ segments.includes('..') || path.includes('\0')) {
    throw new Problem('FORBIDDEN', 'The path of an uploaded file must stay within what was dropped.');
  }
  if (segments.length === 0) throw new Problem('FORBIDDEN', 'An uploaded file needs a name.');
  const cleaned = segments.join('/');
  if (Buffer.byteLength(cleaned) > maxPathBytes) {
    throw new Problem('INPUT_TOO_LARGE', `The path of an uploaded file has more than ${maxPathBytes} bytes.`);
  }
  return cleaned;
}
