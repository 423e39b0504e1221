/** A reader of GNU and BSD lines for tests of what comes after reading. */
import type { ManifestItem, ManifestReader, Recognised } from '#shared/checksums/model.ts';
import { algorithms } from '#shared/tables/algorithms.ts';

const gnu = /^([0-9a-f]+) [ *](.+)$/is;
const bsd = /^([A-Z0-9-]+) \((.+)\) = ([0-9a-f]+)$/s;
const byLength = new Map([
  [8, 'crc32'],
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
  [128, 'sha512'],
] as const);

export class SimpleReader implements ManifestReader {
  recognised: Recognised | null = null;
  #rest = '';
  #line = 0;

  push(chunk: Uint8Array): ManifestItem[] {
    const lines = (this.#rest + Buffer.from(chunk).toString('latin1')).split('\n');
    this.#rest = lines.pop()!;
    return lines.flatMap((line) => this.#read(line));
  }

  end(): ManifestItem[] {
    this.recognised ??= {
      dialect: 'gnu',
      explanation: 'GNU',
      lineEnding: '\n',
      encoding: 'utf-8',
      envelope: 'none',
    };
    return this.#rest === '' ? [] : this.#read(this.#rest);
  }

  #read(text: string): ManifestItem[] {
    const line = ++this.#line;
    const bytes = Buffer.from(text, 'latin1');
    if (text === '') return [];
    if (text.startsWith('#')) return [{ kind: 'comment', line, text: bytes }];
    const tagged = bsd.exec(text);
    const plain = gnu.exec(text);
    const hex = tagged?.[3] ?? plain?.[1] ?? '';
    const algorithm =
      algorithms.find(({ tag }) => tag === tagged?.[1])?.name ?? byLength.get(hex.length as 8 | 32 | 40 | 64 | 128);
    const name = tagged?.[2] ?? plain?.[2];
    if (algorithm === undefined || name === undefined)
      return [{ kind: 'malformed', line, text: bytes, reason: 'not-in-dialect' }];
    const digest = { algorithm, bytes: Buffer.from(hex, 'hex') };
    return [{ kind: 'entry', line, name: Buffer.from(name, 'latin1'), digests: [digest], size: null }];
  }
}
