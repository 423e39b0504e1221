/** Hashes of folders: of what is in them (content), and of that and their names (structure). */
import { c4OfSha512, sha512OfC4 } from './c4.ts';
import { algorithmOf, type MhlFormat } from './model.ts';

/** The digest of bytes in lower-case hex, by Hashlane's name of the algorithm. */
export type HashBytes = (algorithm: string, bytes: Uint8Array) => string;

export interface FolderHash {
  readonly content: string;
  readonly structure: string;
}

const encoder = new TextEncoder();

function bytesOf(format: MhlFormat, digest: string): Uint8Array {
  const hex = format === 'c4' ? (sha512OfC4(digest) ?? '') : digest;
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Sorted as text, which for C4 is not the order of the bytes. */
const inOrder = (digests: readonly string[]): string[] => [...digests].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/** `files`: digests by path. `folders`: every folder, empty ones too. The root is the empty path. */
export function folderHashes(
  files: ReadonlyMap<string, string>,
  folders: Iterable<string>,
  format: MhlFormat,
  hashBytes: HashBytes,
): Map<string, FolderHash> {
  const hash = (bytes: Uint8Array): string => {
    const hex = hashBytes(algorithmOf[format], bytes);
    return format === 'c4' ? c4OfSha512(hex) : hex;
  };
  const content = new Map<string, string[]>([['', []]]);
  const structure = new Map<string, string[]>([['', []]]);
  for (const folder of folders) {
    content.set(folder, []);
    structure.set(folder, []);
  }
  const add = (path: string, ofContent: string, ofStructure: string): void => {
    const cut = path.lastIndexOf('/');
    const above = cut === -1 ? '' : path.slice(0, cut);
    content.get(above)?.push(ofContent);
    structure.get(above)?.push(hash(concat([encoder.encode(path.slice(cut + 1)), bytesOf(format, ofStructure)])));
  };
  for (const [path, digest] of files) add(path, digest, digest);
  const results = new Map<string, FolderHash>();
  const depth = (path: string): number => (path === '' ? 0 : path.split('/').length);
  for (const folder of [...content.keys()].sort((a, b) => depth(b) - depth(a))) {
    const list = (digests: readonly string[]) =>
      hash(concat(inOrder(digests).map((digest) => bytesOf(format, digest))));
    const own = { content: list(content.get(folder)!), structure: list(structure.get(folder)!) };
    results.set(folder, own);
    if (folder !== '') add(folder, own.content, own.structure);
  }
  return results;
}
