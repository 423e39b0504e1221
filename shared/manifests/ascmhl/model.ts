/** ASC MHL 2.0 as objects. Paths are relative to the history's root, `/` between segments. */

/** In the order that the schema demands. */
export const mhlFormats = ['c4', 'md5', 'sha1', 'xxh128', 'xxh3', 'xxh64'] as const;
export type MhlFormat = (typeof mhlFormats)[number];
export type MhlAction = 'original' | 'verified' | 'failed';

/** Hashlane's algorithm behind a format; `c4` is SHA-512 in other letters. */
export const algorithmOf: Readonly<Record<MhlFormat, string>> = {
  c4: 'sha512',
  md5: 'md5',
  sha1: 'sha1',
  xxh128: 'xxh3-128',
  xxh3: 'xxh3-64',
  xxh64: 'xxh64',
};

export interface MhlHash {
  readonly format: MhlFormat;
  /** Hex, or a C4 id. */
  readonly digest: string;
  readonly action?: MhlAction;
  /** xs:dateTime. */
  readonly hashDate?: string;
}

export interface MhlFile {
  readonly kind: 'file';
  readonly path: string;
  readonly size?: number;
  readonly created?: string;
  readonly modified?: string;
  readonly hashes: readonly MhlHash[];
  readonly previousPath?: string;
}

export interface MhlFolder {
  readonly kind: 'folder';
  readonly path: string;
  readonly created?: string;
  readonly modified?: string;
  readonly content: readonly MhlHash[];
  readonly structure: readonly MhlHash[];
  readonly previousPath?: string;
}

export interface MhlReference {
  readonly path: string;
  readonly c4: string;
}

export interface MhlManifest {
  readonly creationDate: string;
  readonly hostname: string;
  readonly tool: string;
  readonly toolVersion?: string;
  readonly authors: readonly {
    readonly name: string;
    readonly email?: string;
    readonly phone?: string;
    readonly role?: string;
  }[];
  readonly location?: string;
  readonly comment?: string;
  readonly process: 'in-place' | 'transfer' | 'flatten';
  readonly rootHash?: { readonly content: readonly MhlHash[]; readonly structure: readonly MhlHash[] };
  readonly ignore: readonly string[];
  readonly records: readonly (MhlFile | MhlFolder)[];
  /** Manifests of nested histories. */
  readonly references: readonly MhlReference[];
}

export class MhlError extends Error {
  readonly code: 'mhl-malformed' | 'mhl-version';
  constructor(code: MhlError['code'], message: string) {
    super(message);
    this.name = 'MhlError';
    this.code = code;
  }
}
