/** One part of the packaged app that others wrote. */
export interface Component {
  readonly kind: 'npm' | 'native' | 'runtime';
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
  /** Of the licence, with its copyright notices. */
  readonly text: string;
  /** https://github.com/package-url/purl-spec */
  readonly packageUrl: string;
  /** SHA-512 of the archive that it was installed from, in hex, where package-lock.json has it. */
  readonly sha512?: string;
}

/** What runs the program: Electron, Node.js inside the program, or a Node.js that is there already. */
export type Runtime = { readonly electron: string } | 'node' | 'none';
