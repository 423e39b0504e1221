/** Whether a root is the folder on record, and not what lies below an unmounted disk. */
import type { BigIntStats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import type { RootIdentity } from '#shared/guard/record.ts';
import { systemCode } from '../base/system-error.ts';

export type RootLook =
  | { readonly kind: 'folder'; readonly identity: RootIdentity }
  | { readonly kind: 'unavailable'; readonly reason: string };

const slash = 0x2f;

/** `root`: absolute. Never rejects. */
export async function lookAtRoot(root: Uint8Array): Promise<RootLook> {
  try {
    const stats = await lstat(Buffer.from(root), { bigint: true });
    if (!stats.isDirectory()) return { kind: 'unavailable', reason: 'it is not a folder' };
    const { dev, ino } = stats;
    const volumeNs = await volumeOf(root, stats);
    return {
      kind: 'folder',
      identity: { device: String(dev), inode: String(ino), bornNs: bornOf(stats), volumeNs },
    };
  } catch (error) {
    const code = systemCode(error) ?? 'EIO';
    return { kind: 'unavailable', reason: code === 'ENOENT' ? 'it is not there' : `it cannot be looked at (${code})` };
  }
}

const bornOf = ({ birthtimeNs }: BigIntStats): string => String(birthtimeNs > 0n ? birthtimeNs : 0n);

/** When the topmost folder was made that lies on the same file system: the file system itself was made then. */
async function volumeOf(root: Uint8Array, stats: BigIntStats): Promise<string> {
  let topmost = stats;
  for (let at = root.lastIndexOf(slash); at >= 0 && root.length > 1; at = root.lastIndexOf(slash, at - 1)) {
    const parent = await lstat(Buffer.from(root.subarray(0, Math.max(at, 1))), { bigint: true }).catch(() => undefined);
    if (parent === undefined || parent.dev !== stats.dev) break;
    topmost = parent;
    if (at === 0) break;
  }
  return bornOf(topmost);
}

/**
 * The very folder is known by its inode and the time it was made, however its disk is called now. A folder that was
 * replaced, as a restore does, has to be on the same disk. The number of a device changes whenever a disk is mounted anew,
 * and may then be another disk's: when the disk was formatted decides where that is known.
 */
export function isSameRoot(found: RootIdentity, known: RootIdentity): boolean {
  if (found.inode === known.inode && found.bornNs === known.bornNs && found.bornNs !== '0') return true;
  if (found.volumeNs !== '0' && known.volumeNs !== '0') return found.volumeNs === known.volumeNs;
  return found.device === known.device;
}
