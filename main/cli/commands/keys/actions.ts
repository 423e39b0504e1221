/** What `hashlane keys` does: each action resolves to the exit status. */
import { publicKeyText } from '#shared/signatures/public-key.ts';
import { escapeControlsInJson, makeVisible } from '#shared/text/visible.ts';
import { readPublicKey } from '../../../tasks/signatures/key-files.ts';
import type { TrustedKey } from '../../../tasks/signatures/trusted-keys.ts';
import { FailedAttempt } from '../../errors.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import type { World } from '../../world.ts';
import { trustedKeys } from './trusted-keys.ts';

export async function list(options: { readonly json?: true }, world: World): Promise<ExitStatus> {
  const keys = await trustedKeys(world).list();
  await world.output.write(new TextEncoder().encode(keys.map(options.json ? jsonLine : textLine).join('')));
  return exitStatus.ok;
}

export async function add(file: string, { name }: { readonly name?: string }, world: World): Promise<ExitStatus> {
  const key = await readPublicKey(file);
  const added = await trustedKeys(world).add(key, name ?? key.name);
  world.messages.write(`hashlane: the key ${added.keyId} is trusted as ${added.name}\n`);
  return exitStatus.ok;
}

export async function rename(key: string, name: string, world: World): Promise<ExitStatus> {
  const keys = trustedKeys(world);
  await keys.add(named(await keys.list(), key), name);
  return exitStatus.ok;
}

export async function remove(given: readonly string[], world: World): Promise<ExitStatus> {
  const keys = trustedKeys(world);
  const all = await keys.list();
  for (const key of given.map((each) => named(all, each))) await keys.remove(key);
  return exitStatus.ok;
}

/** Throws FailedAttempt where there is none, or more than one. */
function named(keys: readonly TrustedKey[], given: string): TrustedKey {
  const byName = keys.filter(({ name }) => name === given);
  const found = byName.length > 0 ? byName : keys.filter(({ keyId }) => keyId === given.toUpperCase());
  if (found.length === 1) return found[0]!;
  const reason = found.length === 0 ? 'it is not trusted' : 'several have this number; give the name';
  throw new FailedAttempt(`cannot find the key ${makeVisible(given)}`, new Error(reason));
}

function textLine({ keyId, trusted, name }: TrustedKey): string {
  return `${keyId}  ${trusted.slice(0, 10)}  ${makeVisible(name)}\n`;
}

function jsonLine(key: TrustedKey): string {
  const { keyId, name, trusted } = key;
  return `${escapeControlsInJson(JSON.stringify({ key: keyId, name, trusted, publicKey: publicKeyText(key) }))}\n`;
}
