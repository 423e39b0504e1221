/** Signs a manifest with a key of minisign or signify; what comes out is what these tools write and verify. */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { SignatureFormError } from '#shared/signatures/lines.ts';
import { checkComment, globallySigned, writeMinisign } from '#shared/signatures/minisign.ts';
import { writeSignify } from '#shared/signatures/signify.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { nameBytes, shownName } from '../../base/raw-names.ts';
import { createBlake2b } from './blake2b.ts';
import { ed25519Sign, ed25519Verify } from './ed25519.ts';
import { formFailure } from './key-files.ts';
import type { SigningKey } from './unlock.ts';

/** signify's signature has no digest of its own: the whole is signed at once. */
const maxWholeBytes = 1 << 30;

export interface SignOptions {
  readonly key: SigningKey;
  /** In the form of `nameText`. */
  readonly keyFile: string;
  /** The text comes behind its signature, in one file; of signify only. */
  readonly embedded: boolean;
  /** Of minisign only; absent: the time, the manifest's name and that it was hashed, as minisign writes it. */
  readonly trustedComment?: string;
  readonly now?: Date;
}

/** The signature's file, in pieces. `manifest` in the form of `nameText`. Rejects with FailedAttempt. */
export async function signManifest(manifest: string, options: SignOptions): Promise<Uint8Array[]> {
  const attempt = `cannot sign ${shownName(nameBytes(manifest))}`;
  try {
    return options.key.form === 'minisign'
      ? [await signMinisign(attempt, manifest, options)]
      : await signSignify(attempt, manifest, options);
  } catch (error) {
    throw error instanceof SignatureFormError ? formFailure(attempt, error) : error;
  }
}

async function signMinisign(
  attempt: string,
  manifest: string,
  { key, trustedComment, now = new Date() }: SignOptions,
): Promise<Uint8Array> {
  const seconds = Math.floor(now.getTime() / 1000);
  const name = shownName(nameBytes(path.basename(manifest)));
  const comment = new TextEncoder().encode(trustedComment ?? `timestamp:${seconds}\tfile:${name}\thashed`);
  checkComment(comment);
  const hash = createBlake2b();
  for await (const chunk of contentOf(attempt, manifest)) hash.update(chunk);
  const signature = signed(attempt, key, hash.digest());
  const parts = { keyNumber: key.keyNumber, signature, trustedComment: comment };
  const globalSignature = signed(attempt, key, globallySigned(parts));
  return writeMinisign({ ...parts, globalSignature }, 'signature from minisign secret key');
}

async function signSignify(
  attempt: string,
  manifest: string,
  { key, keyFile, embedded }: SignOptions,
): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of contentOf(attempt, manifest)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxWholeBytes) throw new SignatureFormError('TOO_LONG', 'is larger than 1 GiB; minisign signs that');
  }
  const signature = signed(attempt, key, Buffer.concat(chunks));
  const leaf = shownName(nameBytes(path.basename(keyFile).replace(/\.sec$/, '')));
  const head = writeSignify({ keyNumber: key.keyNumber, signature }, `verify with ${leaf}.pub`);
  return embedded ? [head, ...chunks] : [head];
}

async function* contentOf(attempt: string, manifest: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(Buffer.from(nameBytes(manifest)), { highWaterMark: 1 << 18 })) {
      yield chunk as Uint8Array;
    }
  } catch (error) {
    throw new FailedAttempt(attempt, error);
  }
}

/** One that does not verify, whatever went wrong, is not given away. */
function signed(attempt: string, { seed, publicKey }: SigningKey, message: Uint8Array): Uint8Array {
  const signature = ed25519Sign(seed, message);
  if (ed25519Verify(publicKey, message, signature)) return signature;
  throw new FailedAttempt(
    attempt,
    Object.assign(new Error('the signature does not verify'), { code: 'SIGNATURE_WRONG' }),
  );
}
