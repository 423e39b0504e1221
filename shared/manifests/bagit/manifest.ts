/** manifest-ALG.txt, tagmanifest-ALG.txt and fetch.txt. */
import { algorithms } from '../../tables/algorithms.ts';
import { encodeName } from './names.ts';
import { linesOf } from './tag-text.ts';

export interface ManifestLine {
  /** As written, still encoded. */
  readonly name: string;
  /** Lower-case hex. */
  readonly digest: string;
  /** From 1 on. */
  readonly line: number;
  /** What stood before the name and is no part of it. */
  readonly marker: '' | '*' | './';
}

/** Digest, white space, name. Trailing white space belongs to the name. `malformed`: numbers of lines. */
export function parseManifest(text: string, digestBytes: number): { lines: ManifestLine[]; malformed: number[] } {
  const lines: ManifestLine[] = [];
  const malformed: number[] = [];
  for (const [index, line] of linesOf(text).entries()) {
    if (line.trim() === '') continue;
    const parts = /^([0-9A-Fa-f]+)[ \t]+(\*|\.\/|\*\.\/)?(.+)$/s.exec(line);
    if (parts === null || parts[1]!.length !== digestBytes * 2) malformed.push(index + 1);
    else {
      const marker = parts[2] === undefined ? '' : parts[2] === './' ? './' : '*';
      lines.push({ digest: parts[1]!.toLowerCase(), name: parts[3]!, line: index + 1, marker });
    }
  }
  return { lines, malformed };
}

export interface ManifestFile {
  readonly path: string;
  /** Lower-case hex. */
  readonly digest: string;
}

/** In byte order of the names, so that the same files give the same bytes. */
export function writeManifest(files: readonly ManifestFile[]): string {
  return files.map(({ path, digest }) => `${digest}  ${encodeName(path)}\n`).join('');
}

export interface FetchLine {
  readonly url: string;
  /** Bytes, or null where it says `-`. */
  readonly size: number | null;
  /** As written, still encoded. */
  readonly name: string;
  readonly line: number;
}

export function parseFetch(text: string): { lines: FetchLine[]; malformed: number[] } {
  const lines: FetchLine[] = [];
  const malformed: number[] = [];
  for (const [index, line] of linesOf(text).entries()) {
    if (line.trim() === '') continue;
    const parts = /^(\S+)[ \t]+(-|\d{1,16})[ \t]+(\S.*)$/s.exec(line);
    if (parts === null) malformed.push(index + 1);
    else {
      const size = parts[2] === '-' ? null : Number(parts[2]);
      lines.push({ url: parts[1]!, size, name: parts[3]!, line: index + 1 });
    }
  }
  return { lines, malformed };
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const byPlainName = new Map(algorithms.filter((a) => a.encoding === 'hex').map((a) => [plain(a.name), a]));

/** Hashlane's algorithm behind a manifest's name (`sha256`, `SHA-256`, `sha3256`), or undefined. */
export function manifestAlgorithm(name: string): { name: string; digestLength: number } | undefined {
  return byPlainName.get(plain(name));
}

/** An algorithm's name in the name of a manifest: lower case, letters and digits only. */
export function manifestFileName(kind: 'manifest' | 'tagmanifest', algorithm: string): string {
  return `${kind}-${plain(algorithm)}.txt`;
}
