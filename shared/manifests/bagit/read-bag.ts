/** Reads a bag's listing and tag files into a model, and reports what is wrong on the way. */
import type { Tree } from '../tree.ts';
import { type BagInfoField, parseBagInfo } from './bag-info.ts';
import { type Declaration, parseDeclaration } from './declaration.ts';
import type { Report } from './findings.ts';
import { BagListing } from './listing.ts';
import { type FetchLine, type ManifestLine, manifestAlgorithm, parseFetch, parseManifest } from './manifest.ts';
import { decodeTagText, knowsEncoding } from './tag-text.ts';

/** Larger tag files are refused: a manifest of ten million files with SHA-512 stays below. */
const maxTagFileBytes = 2 ** 31 - 1;

export interface BagManifest {
  readonly file: string;
  readonly kind: 'manifest' | 'tagmanifest';
  readonly algorithm: string;
  readonly lines: readonly ManifestLine[];
}

export interface Bag {
  readonly listing: BagListing;
  readonly declaration: Declaration;
  readonly info: readonly BagInfoField[];
  readonly infoFile: string | null;
  readonly manifests: readonly BagManifest[];
  readonly fetch: readonly FetchLine[];
}

/** `withManifests`: false leaves manifests and fetch.txt unread. Rejects only when the folder cannot be listed. */
export async function readBag(tree: Tree, withManifests: boolean, report: Report): Promise<Bag> {
  const listing = new BagListing();
  for await (const entry of tree.list()) listing.add(entry);

  const bytesOf = async (path: string): Promise<Uint8Array | null> => {
    try {
      if (listing.entries.get(path)?.kind !== 'file') throw new Error('not a file');
      return await tree.read(path, maxTagFileBytes);
    } catch (error) {
      report({ code: 'tag-file-unreadable', severity: 'error', path, detail: String(error) });
      return null;
    }
  };

  let declaration: Declaration = { version: '1.0', encoding: 'UTF-8' };
  if (!listing.entries.has('bagit.txt')) report({ code: 'declaration-missing', severity: 'error', path: 'bagit.txt' });
  else {
    const bytes = await bytesOf('bagit.txt');
    if (bytes !== null) {
      const parsed = parseDeclaration(bytes);
      declaration = parsed.declaration;
      for (const problem of parsed.problems) report({ ...problem, severity: 'error', path: 'bagit.txt' });
    }
  }
  if (!knowsEncoding(declaration.encoding)) {
    report({ code: 'encoding-unsupported', severity: 'error', path: 'bagit.txt', detail: declaration.encoding });
    declaration = { ...declaration, encoding: 'UTF-8' };
  }

  const textOf = async (path: string): Promise<string> => {
    const bytes = await bytesOf(path);
    if (bytes === null) return '';
    try {
      return decodeTagText(bytes, declaration.encoding);
    } catch {
      report({ code: 'text-malformed', severity: 'error', path, detail: `not ${declaration.encoding}` });
      return '';
    }
  };
  const malformed = (source: string, lines: readonly number[]) => {
    for (const line of lines) report({ code: 'line-malformed', severity: 'error', source, line });
  };

  const infoFile = ['bag-info.txt', 'package-info.txt'].find((name) => listing.entries.has(name)) ?? null;
  const info = infoFile === null ? { fields: [], malformed: [] } : parseBagInfo(await textOf(infoFile));
  for (const line of info.malformed)
    report({ code: 'metadata-malformed', severity: 'error', source: infoFile ?? '', line });

  const manifests: BagManifest[] = [];
  for (const path of [...listing.entries.keys()].sort()) {
    const parts = /^(tag)?manifest-([^/]+)\.txt$/i.exec(path);
    if (parts === null) continue;
    const kind = parts[1] === undefined ? 'manifest' : 'tagmanifest';
    const algorithm = manifestAlgorithm(parts[2]!);
    if (algorithm === undefined) {
      report({ code: 'algorithm-unsupported', severity: 'error', path, algorithm: parts[2]! });
      continue;
    }
    const parsed = withManifests
      ? parseManifest(await textOf(path), algorithm.digestLength)
      : { lines: [], malformed: [] };
    malformed(path, parsed.malformed);
    manifests.push({ file: path, kind, algorithm: algorithm.name, lines: parsed.lines });
  }

  let fetch: FetchLine[] = [];
  if (withManifests && listing.entries.has('fetch.txt')) {
    const parsed = parseFetch(await textOf('fetch.txt'));
    malformed('fetch.txt', parsed.malformed);
    fetch = parsed.lines;
  }
  return { listing, declaration, info: info.fields, infoFile, manifests, fetch };
}
