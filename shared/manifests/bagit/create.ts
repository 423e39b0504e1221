/** What is written into a new or updated bag. Always BagIt 1.0 in UTF-8. */
import { type BagInfoField, writeBagInfo } from './bag-info.ts';
import { writeDeclaration } from './declaration.ts';
import { manifestAlgorithm, manifestFileName, writeManifest } from './manifest.ts';

export type BagErrorCode =
  | 'algorithm-unsupported'
  | 'name-not-utf8'
  | 'names-differ-in-normalisation'
  | 'not-a-file'
  | 'already-a-bag'
  | 'not-a-bag'
  | 'target-exists'
  | 'unreadable'
  | 'copy-differs'
  | 'not-valid'
  | 'plan-malformed';

export class BagError extends Error {
  readonly code: BagErrorCode;
  readonly path: string | undefined;
  constructor(code: BagErrorCode, message: string, path?: string) {
    super(message);
    this.name = 'BagError';
    this.code = code;
    this.path = path;
  }
}

export interface PayloadFile {
  /** From the bag's root: `data/…`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** By algorithm, lower-case hex: every algorithm of the bag. */
  readonly digests: Readonly<Partial<Record<string, string>>>;
}

export interface TagFile {
  readonly name: string;
  readonly text: string;
}

const encoder = new TextEncoder();

function byBytes(a: { readonly path: string }, b: { readonly path: string }): number {
  if (a.path === b.path) return 0;
  const [left, right] = [encoder.encode(a.path), encoder.encode(b.path)];
  const at = left.findIndex((byte, index) => byte !== right[index]);
  return at === -1 ? -1 : left[at]! - (right[at] ?? -1);
}

/** Throws BagError where two names would be one on a system that normalises. */
export function checkPayloadNames(paths: Iterable<string>): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const normal = path.normalize('NFC');
    const other = seen.get(normal);
    if (other !== undefined && other !== path)
      throw new BagError(
        'names-differ-in-normalisation',
        `two names differ only in Unicode normalisation: ${path}`,
        path,
      );
    seen.set(normal, path);
  }
}

/** Every algorithm's own name; throws BagError where one has no manifest. */
export function checkBagAlgorithms(names: readonly string[]): string[] {
  return names.map((name) => {
    const algorithm = manifestAlgorithm(name);
    if (algorithm === undefined) throw new BagError('algorithm-unsupported', `no BagIt manifest for ${name}`);
    return algorithm.name;
  });
}

/**
 * bagit.txt, bag-info.txt and the payload manifests. `Payload-Oxum` is computed whatever `info` holds;
 * throws BagError for names that cannot stand beside each other, and for an absent digest.
 */
export function payloadTagFiles(
  files: readonly PayloadFile[],
  algorithms: readonly string[],
  info: readonly BagInfoField[],
): TagFile[] {
  checkPayloadNames(files.map(({ path }) => path));
  const sorted = [...files].sort(byBytes);
  const octets = files.reduce((sum, { size }) => sum + size, 0);
  const fields = info.filter(({ label }) => label.toLowerCase() !== 'payload-oxum');
  const manifests = algorithms.map((algorithm) => ({
    name: manifestFileName('manifest', algorithm),
    text: writeManifest(
      sorted.map(({ path, digests }) => {
        const digest = digests[algorithm];
        if (digest === undefined) throw new BagError('unreadable', `no ${algorithm} of ${path}`, path);
        return { path, digest };
      }),
    ),
  }));
  return [
    { name: 'bagit.txt', text: writeDeclaration() },
    {
      name: 'bag-info.txt',
      text: writeBagInfo([...fields, { label: 'Payload-Oxum', value: `${octets}.${files.length}` }]),
    },
    ...manifests,
  ];
}

/** The tag manifests over `tagFiles`: all tag files of the bag but the tag manifests themselves. */
export function tagManifests(
  tagFiles: readonly { readonly path: string; readonly digests: Readonly<Partial<Record<string, string>>> }[],
  algorithms: readonly string[],
): TagFile[] {
  const sorted = [...tagFiles].sort(byBytes);
  return algorithms.map((algorithm) => ({
    name: manifestFileName('tagmanifest', algorithm),
    text: writeManifest(
      sorted.map(({ path, digests }) => {
        const digest = digests[algorithm];
        if (digest === undefined) throw new BagError('unreadable', `no ${algorithm} of ${path}`, path);
        return { path, digest };
      }),
    ),
  }));
}
