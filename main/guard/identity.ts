/** Whether a root is the folder on record, and not what lies below an unmounted disk. */
import { lstat } from 'node:fs/promises';
import type { RootIdentity } from '#shared/guard/record.ts';
import { systemCode } from '../base/system-error.ts';

export type RootLook =
  | { readonly kind: 'folder'; readonly identity: RootIdentity }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** `root`: absolute. Never rejects. */
export async function lookAtRoot(root: Uint8Array): Promise<RootLook> {
  try {
    const stats = await lstat(Buffer.from(root), { bigint: true });
    if (!stats.isDirectory()) return { kind: 'unavailable', reason: 'it is not a folder' };
    const born = stats.birthtimeNs > 0n ? stats.birthtimeNs : 0n;
    const identity = { device: String(stats.dev), inode: String(stats.ino), bornNs: String(born) };
    return { kind: 'folder', identity };
  } catch (error) {
    const code = systemCode(error) ?? 'EIO';
    return { kind: 'unavailable', reason: code === 'ENOENT' ? 'it is not there' : `it cannot be looked at (${code})` };
  }
}

/**
 * The number of a device may change whenever a disk is mounted anew; which folder it is and when that was made do not.
 * The folder may be replaced on the same device, as a restore does. Both at once is another disk.
 */
export function isSameRoot(found: RootIdentity, known: RootIdentity): boolean {
  if (found.device === known.device) return true;
  return found.inode === known.inode && found.bornNs === known.bornNs && found.bornNs !== '0';
}
