/**
 * Keys that a person trusted once: a small file for each, called by the key itself, so that two programs that add or
 * remove keys at once do not undo what the other did.
 */
import { mkdir, readdir, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { SignatureFormError } from '#shared/signatures/lines.ts';
import { type PublicKey, parsePublicKey, publicKeyText } from '#shared/signatures/public-key.ts';
import { toHex } from '#shared/text/hex.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { replaceFile } from '../../base/output/output.ts';
import { systemCode } from '../../base/system-error.ts';
import type { KnownKey } from './known-key.ts';

export interface TrustedKey extends KnownKey {
  readonly trusted: string;
}

const maxNameLength = 100;
const extension = '.json';

export class TrustedKeys {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** By their names. Rejects with FailedAttempt for a file that cannot be read: no key is left out in silence. */
  async list(): Promise<TrustedKey[]> {
    const files = await readdir(this.folder).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return [];
      throw new FailedAttempt(`cannot read the trusted keys in ${this.folder}`, error);
    });
    const keys = await Promise.all(files.filter((file) => file.endsWith(extension)).map((file) => this.#read(file)));
    return keys.filter((key) => key !== null).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Adds the key, or gives one that is there already another name. Rejects with FailedAttempt. */
  async add(key: PublicKey, name: string, now = new Date()): Promise<TrustedKey> {
    const attempt = `cannot trust the key ${key.keyId}`;
    if (name === '' || name.length > maxNameLength || makeVisible(name) !== name) {
      refuse(attempt, 'BAD_NAME', `a name has 1 to ${maxNameLength} characters, none of which controls anything`);
    }
    const others = await this.list();
    const before = others.find((other) => isSame(other, key));
    // guard: names of keys
    if (others.some((other) => other.name === name && other !== before)) {
      refuse(attempt, 'NAME_TAKEN', `another key is called ${name}`);
    }
    const trusted = before?.trusted ?? now.toISOString();
    const text = `${JSON.stringify({ name, trusted, key: publicKeyText(key) })}\n`;
    await mkdir(this.folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw new FailedAttempt(attempt, error);
    });
    await replaceFile(this.#fileOf(key), [new TextEncoder().encode(text)], { mode: 0o600, replaceChanged: true });
    return { ...key, name, trusted };
  }

  async remove(key: PublicKey): Promise<void> {
    await unlink(this.#fileOf(key)).catch((error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw new FailedAttempt(`cannot remove the key ${key.keyId}`, error);
    });
  }

  #fileOf({ key }: PublicKey): string {
    return path.join(this.folder, `${toHex(key)}${extension}`);
  }

  async #read(file: string): Promise<TrustedKey | null> {
    const attempt = `cannot read the trusted key ${path.join(this.folder, file)}`;
    try {
      const stored: unknown = JSON.parse(await readFile(path.join(this.folder, file), 'utf8'));
      const { name, trusted, key } = stored as Record<string, unknown>;
      if (typeof name !== 'string' || typeof trusted !== 'string' || typeof key !== 'string') throw new SyntaxError();
      return { ...parsePublicKey(new TextEncoder().encode(key)), name, trusted };
    } catch (error) {
      // Removed since the folder was listed.
      if (systemCode(error) === 'ENOENT') return null;
      if (!(error instanceof SyntaxError || error instanceof SignatureFormError))
        throw new FailedAttempt(attempt, error);
      return refuse(attempt, 'KEY_DAMAGED', 'it is damaged; remove the file and trust the key again');
    }
  }
}

function isSame(a: PublicKey, b: PublicKey): boolean {
  return Buffer.compare(a.key, b.key) === 0 && a.keyId === b.keyId;
}

function refuse(attempt: string, code: string, message: string): never {
  throw new FailedAttempt(attempt, Object.assign(new Error(message), { code, errno: 0 }));
}
