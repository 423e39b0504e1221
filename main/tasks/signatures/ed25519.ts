/**
 * Ed25519 by Node's own crypto, which OpenSSL and Electron's BoringSSL both have. Raw keys become the structures that
 * it takes by fixed prefixes (RFC 8410).
 */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const secretPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** `key`: 32 bytes. Never throws: what is no signature does not verify. */
export function ed25519Verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const whole = createPublicKey({ key: Buffer.concat([publicPrefix, key]), format: 'der', type: 'spki' });
    return verify(null, message, whole, signature);
  } catch {
    return false;
  }
}

/** `seed`: 32 bytes. */
export function ed25519Sign(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return sign(null, message, secretKey(seed));
}

export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  const der = createPublicKey(secretKey(seed)).export({ format: 'der', type: 'spki' });
  return new Uint8Array(der.subarray(-32));
}

function secretKey(seed: Uint8Array) {
  return createPrivateKey({ key: Buffer.concat([secretPrefix, seed]), format: 'der', type: 'pkcs8' });
}
