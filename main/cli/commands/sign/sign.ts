/** `hashlane sign`: opens the key, signs, and writes the signature beside the manifest. */
import { createReadStream } from 'node:fs';
import { keyIdText, SignatureFormError } from '#shared/signatures/lines.ts';
import type { SecretKey } from '#shared/signatures/secret-key.ts';
import { replaceFile } from '../../../base/output/output.ts';
import { nameBytes, shownName } from '../../../base/raw-names.ts';
import { formFailure, readSecretKey } from '../../../tasks/signatures/key-files.ts';
import { signManifest } from '../../../tasks/signatures/sign.ts';
import { isEncrypted, type SigningKey, unlock } from '../../../tasks/signatures/unlock.ts';
import { FailedAttempt, UsageError } from '../../errors.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import type { World } from '../../world.ts';

/** As the option parser gives them; names in the form of `nameText`. */
export interface SignCommandOptions {
  readonly key: string;
  readonly embed?: true;
  readonly trustedComment?: string;
  readonly passphraseFile?: string;
  readonly output?: string;
}

/** No passphrase is longer, and no tool takes one. */
const maxPassphraseBytes = 1024;
const feed = 0x0a;

export async function sign(manifest: string, options: SignCommandOptions, world: World): Promise<ExitStatus> {
  if (manifest === '' || manifest === '-') throw new UsageError('the manifest to sign is a file');
  const secret = await readSecretKey(options.key);
  if (secret.form === 'minisign' && options.embed) throw new UsageError('--embed takes a key of signify');
  if (secret.form === 'signify' && options.trustedComment !== undefined) {
    throw new UsageError('--trusted-comment takes a key of minisign');
  }
  const key = await opened(secret, options, world);
  const { trustedComment } = options;
  const pieces = await signManifest(manifest, {
    key,
    keyFile: options.key,
    embedded: options.embed === true,
    ...(trustedComment === undefined ? {} : { trustedComment }),
  });
  const output = options.output ?? `${manifest}${key.form === 'minisign' ? '.minisig' : '.sig'}`;
  await replaceFile(output, pieces, { signal: world.interruption });
  const [shown, shownOutput] = [manifest, output].map((name) => shownName(nameBytes(name)));
  world.messages.write(`hashlane: ${shown} is signed by the key ${keyIdText(key.keyNumber)}: ${shownOutput}\n`);
  return exitStatus.ok;
}

async function opened(secret: SecretKey, options: SignCommandOptions, world: World): Promise<SigningKey> {
  const name = shownName(nameBytes(options.key));
  try {
    const passphrase = isEncrypted(secret) ? await passphraseOf(name, options, world) : new Uint8Array(0);
    return await unlock(secret, passphrase);
  } catch (error) {
    throw error instanceof SignatureFormError ? formFailure(`cannot use the secret key ${name}`, error) : error;
  }
}

async function passphraseOf(key: string, { passphraseFile }: SignCommandOptions, world: World): Promise<Uint8Array> {
  if (passphraseFile === undefined) return await world.askPassphrase(`Passphrase of ${key}: `);
  const input = passphraseFile === '-' ? world.openInput() : createReadStream(Buffer.from(nameBytes(passphraseFile)));
  try {
    return await firstLine(input as AsyncIterable<Uint8Array>);
  } catch (error) {
    throw new FailedAttempt(`cannot read the passphrase in ${shownName(nameBytes(passphraseFile))}`, error);
  }
}

async function firstLine(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of input) {
    bytes = Buffer.concat([bytes, chunk]);
    if (bytes.includes(feed) || bytes.length > maxPassphraseBytes) break;
  }
  const end = bytes.indexOf(feed);
  const line = end < 0 ? bytes : bytes.subarray(0, end);
  if (line.length > maxPassphraseBytes) {
    throw Object.assign(new Error('it is longer than any passphrase'), { code: 'TOO_LONG', errno: 0 });
  }
  return line.at(-1) === 0x0d ? line.subarray(0, -1) : line;
}
