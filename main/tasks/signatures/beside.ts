/** The files beside a manifest that may hold its signature. */
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { maxSignatureBytes, SignatureFormError } from '#shared/signatures/lines.ts';
import { type MinisignSignature, parseMinisign } from '#shared/signatures/minisign.ts';
import { isPgp } from '#shared/signatures/public-key.ts';
import {
  beginsLikeSignify,
  embeddedTextStart,
  parseSignify,
  type SignifySignature,
} from '#shared/signatures/signify.ts';
import type { SignatureReport } from '#shared/verify/report/signature-report.ts';
import { nameBytes, shownName } from '../../base/raw-names.ts';
import { systemCode } from '../../base/system-error.ts';

export const signatureExtensions = ['.minisig', '.sig', '.asc', '.sign', '.gpg'];

/** A signature that can be verified, or what is to be said of one that cannot. */
export type FoundSignature =
  | { readonly file?: string; readonly signature: MinisignSignature | SignifySignature }
  | SignatureReport;

/** `manifest` in the form of `nameText`. */
export async function signaturesBeside(manifest: string): Promise<FoundSignature[]> {
  const found: FoundSignature[] = [];
  for (const extension of signatureExtensions) {
    const name = `${manifest}${extension}`;
    const file = shownName(nameBytes(name));
    try {
      const bytes = await readStart(name);
      if (bytes !== null) found.push(readSignature(bytes, extension, file));
    } catch (error) {
      found.push({ status: 'not-checked', file, reason: `${file} cannot be read (${systemCode(error) ?? 'unknown'})` });
    }
  }
  return found;
}

const absentCodes: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

/** Null where there is no such file. */
async function readStart(name: string): Promise<Uint8Array | null> {
  const path = Buffer.from(nameBytes(name));
  try {
    // A pipe would wait for whoever writes into it.
    if (!(await stat(path)).isFile()) throw Object.assign(new Error(''), { code: 'it is no file' });
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const bytes = Buffer.alloc(maxSignatureBytes + 1);
      let length = 0;
      for (;;) {
        const { bytesRead } = await file.read(bytes, length, bytes.length - length, null);
        length += bytesRead;
        if (bytesRead === 0 || length === bytes.length) return bytes.subarray(0, length);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    if (absentCodes.has(systemCode(error))) return null;
    throw error;
  }
}

function readSignature(bytes: Uint8Array, extension: string, file: string): FoundSignature {
  if (extension !== '.minisig' && isPgp(bytes)) {
    return { status: 'not-checked', form: 'pgp', file, reason: 'PGP signatures are not checked here' };
  }
  if (extension !== '.minisig' && (extension !== '.sig' || !beginsLikeSignify(bytes))) {
    return { status: 'not-checked', file, reason: `${file} is of a form that is not known here` };
  }
  try {
    return { file, signature: extension === '.minisig' ? parseMinisign(bytes) : eitherForm(bytes) };
  } catch (error) {
    if (!(error instanceof SignatureFormError)) throw error;
    return { status: 'bad', file, reason: `${file} ${error.message}` };
  }
}

/** `.sig` is what signify writes, with the text behind it or without; what it signs is compared with the manifest. */
function eitherForm(bytes: Uint8Array): MinisignSignature | SignifySignature {
  const start = embeddedTextStart(bytes);
  if (start === null) return parseSignify(bytes);
  const rest = new TextDecoder('latin1').decode(bytes.subarray(start, start + 17));
  return rest.startsWith('trusted comment: ') ? parseMinisign(bytes) : parseSignify(bytes.subarray(0, start));
}
