/** What EXPECTED on the command line is: a digest, a list, or a second file. */
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ManifestReaderOptions } from '#shared/checksums/model.ts';
import { createManifestReader } from '#shared/checksums/read.ts';
import type { Recognition } from '#shared/expected/expected.ts';
import { manifestText } from '#shared/expected/manifest-text.ts';
import { recognise, recogniseDigest } from '#shared/expected/recognise.ts';
import { decodeName } from '#shared/text/utf8.ts';
import { nameOfSingle } from '#shared/verify/single.ts';
import { nameBytes } from '../../../base/raw-names.ts';

/** A second file is compared as a whole; everything else is known per file. */
export type Given =
  | { readonly kind: 'file'; readonly path: Uint8Array }
  | { readonly kind: 'recognised'; readonly of: (file: string) => Recognition };

/** Beyond any doubt a digest, even where a file is called so. */
const unmistakable = /^\s*(([a-z0-9/_-]{2,20}[:=]|sha(256|384|512)-)\S|ed2k:|magnet:|[0-9a-f]{32,}\s*$)/i;

/** Lists that are read as one; a longer one is for `verify`. */
const maxListBytes = 16 << 20;

/** `text` in the form of `nameText`. Files are named as on the command line. */
export async function whatIsGiven(text: string, files: readonly string[]): Promise<Given> {
  const isDigest = recogniseDigest(text).kind === 'expected';
  if (!(isDigest && unmistakable.test(text)) && (await isFile(text))) return await fromFile(text, files);
  return {
    kind: 'recognised',
    of: (file) => recognise(text, { leaf: leafOf(file) }),
  };
}

/** A checksum file that names the file, or is called after it, says what it should be; any other file is a second one. */
async function fromFile(name: string, files: readonly string[]): Promise<Given> {
  const bytes = await readList(name);
  const options: ManifestReaderOptions = { fileName: path.basename(name) };
  const of = (file: string): Recognition => {
    const found = manifestText(bytes!, createManifestReader(options), leafOf(file));
    if (found.kind !== 'expected') return found;
    return namesFile(found, name, file) ? found : { kind: 'unknown' };
  };
  const isList = bytes !== null && files.every((file) => of(file).kind === 'expected');
  return isList ? { kind: 'recognised', of } : { kind: 'file', path: nameBytes(name) };
}

function namesFile(found: Recognition, list: string, file: string): boolean {
  if (found.kind !== 'expected') return false;
  const { name } = found.expected;
  if (name !== null) return leafOf(decodeName(name).text) === leafOf(file);
  const single = nameOfSingle(nameBytes(path.basename(list)));
  return single !== null && decodeName(single).text === leafOf(file);
}

async function isFile(name: string): Promise<boolean> {
  return await stat(Buffer.from(nameBytes(name))).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

/** Null for what is too long for a list, or cannot be read: the engine says why. */
async function readList(name: string): Promise<Uint8Array | null> {
  try {
    const file = await open(Buffer.from(nameBytes(name)), 'r');
    try {
      const { size } = await file.stat();
      return size > maxListBytes ? null : await file.readFile();
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

function leafOf(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
}
