/** Verifies manifests of several folders, one folder after the other. */
import { isWithin } from '../../base/within.ts';
import { inFolder } from '../folder/folder-names.ts';
import type { Steps } from '../pipeline/stepped-task.ts';
import { type Read, type ReadOptions, readManifests } from './read-manifests.ts';
import { Verification, type Verified, type VerifyOptions, verifyPart } from './verify.ts';

export interface PartsOptions extends Omit<VerifyOptions, 'judged'> {
  /** See `VerifyOptions.judged`. */
  readonly judged?: (part: Read, entries: readonly number[]) => Promise<void>;
}

/** Where folders lie in one another, what one manifest lists is unlisted for none. Rejects with FailedAttempt. */
export async function verifyManifests(
  { manifests, root, keys = [] }: Pick<ReadOptions, 'manifests' | 'root' | 'keys'>,
  options: PartsOptions,
  steps: Steps,
): Promise<Verified[]> {
  const { judged, ...rest } = options;
  const optionsOf = (part: Read, own: readonly Uint8Array[]): VerifyOptions => ({
    ...rest,
    own,
    ...(judged === undefined ? {} : { judged: (entries: readonly number[]) => judged(part, entries) }),
  });
  let begun: Verification | undefined;
  const parts = await readManifests({
    manifests,
    root,
    keys,
    signal: steps.signal,
    // With several manifests it is not known before the last one what is wanted of a file, which is read once.
    async reading(part) {
      if (manifests.length > 1) return;
      begun ??= new Verification(part, optionsOf(part, options.own), steps);
      await begun.begin();
    },
  });
  const own = [...options.own, ...parts.flatMap((part) => part.own)];
  const verified: Verified[] = [];
  for (const part of parts) verified.push(await verifyPart(part, optionsOf(part, own), steps, begun));
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
