/** Verifies manifests of several folders, one folder after the other. */
import { isWithin } from '../../base/within.ts';
import { inFolder } from '../folder/folder-names.ts';
import type { Steps } from '../pipeline/stepped-task.ts';
import type { Read } from './read-manifests.ts';
import { type Verified, type VerifyOptions, verifyPart } from './verify.ts';

export interface PartsOptions extends Omit<VerifyOptions, 'judged'> {
  /** See `VerifyOptions.judged`. */
  readonly judged?: (part: Read, entries: readonly number[]) => Promise<void>;
}

/** Where folders lie in one another, what one manifest lists is unlisted for none. */
export async function verifyParts(parts: readonly Read[], options: PartsOptions, steps: Steps): Promise<Verified[]> {
  const own = [...options.own, ...parts.flatMap((part) => part.own)];
  const { judged, ...rest } = options;
  const verified: Verified[] = [];
  for (const part of parts) {
    const hand = judged === undefined ? {} : { judged: (entries: readonly number[]) => judged(part, entries) };
    verified.push(await verifyPart(part, { ...rest, own, ...hand }, steps));
  }
  return verified.map((part) => ({
    ...part,
    unlisted: part.unlisted.filter((path) => !isToldElsewhere(part, path, verified)),
  }));
}

function isToldElsewhere({ entries, root }: Verified, path: number, all: readonly Verified[]): boolean {
  return all.some((other) => {
    if (other.entries === entries) return false;
    const whole = inFolder(root, entries.paths.bytes(path));
    if (!isWithin(whole, other.root)) return false;
    // What lies in the inner folder is told with that one.
    if (other.root.length > root.length) return true;
    const start = other.root.at(-1) === 0x2f ? other.root.length : other.root.length + 1;
    const found = other.entries.paths.find(whole, start);
    return found >= 0 && other.entries.isListed(found);
  });
}
