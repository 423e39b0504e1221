/** The files that outputs are written to before they get their name, and what killed runs left of them. */
import { randomBytes } from 'node:crypto';
import { lstat, opendir, unlink } from 'node:fs/promises';
import { nameText } from '../raw-names.ts';
import { type Target, within } from './target.ts';

/** Matches every name of `temporaryName` in a walk: they are never hashed. */
export const leftoverPattern = `.hashlane-${'[0-9a-f]'.repeat(16)}.part`;
const leftover = /^\.hashlane-[0-9a-f]{16}\.part$/;

/** Whether `name`, of a file without its folder, matches `leftoverPattern`. */
export function leftoverMatch(name: Uint8Array): boolean {
  return name[0] === 0x2e && leftover.test(nameText(name));
}

/** No output is written for this long without a byte. */
const staleMs = 7 * 24 * 60 * 60 * 1000;
/** A folder is not listed any further. */
const maxListed = 10_000;

export function temporaryName(): string {
  return `.hashlane-${randomBytes(8).toString('hex')}.part`;
}

/** Removes what runs of this user left in the folder a week ago or longer. Never throws: it is a courtesy. */
export async function removeStale(target: Target, now = Date.now()): Promise<void> {
  try {
    const folder = within(target, '.');
    let listed = 0;
    for await (const entry of await opendir(folder, { encoding: 'buffer' as BufferEncoding })) {
      if (++listed > maxListed) break;
      const name = nameText(entry.name as unknown as Uint8Array);
      if (!leftover.test(name)) continue;
      const stats = await lstat(within(target, name));
      const isOurs = stats.isFile() && stats.uid === (process.geteuid?.() ?? stats.uid);
      if (isOurs && now - stats.mtimeMs > staleMs) await unlink(within(target, name));
    }
  } catch {
    // Another run may tidy up at the same time, or the folder cannot be listed.
  }
}
