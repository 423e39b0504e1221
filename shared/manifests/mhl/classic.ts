/** Classic MHL 1.0 and 1.1. `xxhash64` is the little-endian, deprecated form; `xxhash64be` is written. */
import { MhlError } from '../ascmhl/model.ts';
import { readXml } from '../xml/read-xml.ts';
import { XmlWriter } from '../xml/write-xml.ts';

/** Hashlane's names by element; the value of `xxhash64` has its bytes turned round on reading. */
const algorithmByElement: Readonly<Record<string, { readonly name: string; readonly digits: number }>> = {
  md5: { name: 'md5', digits: 32 },
  sha1: { name: 'sha1', digits: 40 },
  xxhash: { name: 'xxh32', digits: 8 },
  xxhash64: { name: 'xxh64', digits: 16 },
  xxhash64be: { name: 'xxh64', digits: 16 },
};
/** In the order of the schema. */
const elementByAlgorithm: readonly (readonly [name: string, element: string])[] = [
  ['md5', 'md5'],
  ['sha1', 'sha1'],
  ['xxh64', 'xxhash64be'],
];

export interface ClassicEntry {
  /** Relative to the list's folder, `/` between segments. */
  readonly path: string;
  readonly size: number | null;
  readonly modified?: string;
  readonly hashDate?: string;
  /** By Hashlane's algorithm names, lower-case hex in big-endian order. */
  readonly digests: Readonly<Record<string, string>>;
}

export interface ClassicList {
  readonly version: string;
  readonly creator: Readonly<Record<string, string>>;
  readonly entries: readonly ClassicEntry[];
}

const reversed = (hex: string): string => hex.match(/../g)!.reverse().join('');

/** A file that two elements contradict each other about is malformed. Throws XmlError and MhlError. */
export function parseClassic(bytes: Uint8Array): ClassicList {
  const entries: ClassicEntry[] = [];
  const creator: Record<string, string> = {};
  let version = '';
  let entry: {
    path?: string;
    size?: number | null;
    modified?: string;
    hashDate?: string;
    digests: Record<string, string>;
  } = { digests: {} };
  const malformed = (message: string): never => {
    throw new MhlError('mhl-malformed', message);
  };
  readXml(bytes, {
    open({ path, attributes }) {
      if (path.includes('/')) return;
      version = attributes.version ?? '';
      if (path !== 'hashlist' || !['1.0', '1.1'].includes(version))
        throw new MhlError('mhl-version', `not a Media Hash List 1.0 or 1.1: ${path} ${version}`);
    },
    close({ path }, written) {
      const text = written.trim();
      const [, group, name, deeper] = path.split('/');
      if (group === 'creatorinfo' && name !== undefined && deeper === undefined) creator[name] = text;
      if (group !== 'hash') return;
      if (name === undefined) {
        const { path: file, size = null, digests, modified, hashDate } = entry;
        if (file === undefined) malformed('a hash without a file');
        if (Object.keys(digests).length === 0) malformed(`a hash without a digest: ${file}`);
        entries.push({
          path: file!,
          size,
          digests,
          ...(modified ? { modified } : {}),
          ...(hashDate ? { hashDate } : {}),
        });
        entry = { digests: {} };
      } else if (name === 'file') entry.path = written.replaceAll('\\', '/');
      else if (name === 'size') entry.size = /^\d{1,16}$/.test(text) ? Number(text) : malformed(`not a size: ${text}`);
      else if (name === 'lastmodificationdate') entry.modified = text;
      else if (name === 'hashdate') entry.hashDate = text;
      else if (Object.hasOwn(algorithmByElement, name)) {
        const { name: algorithm, digits } = algorithmByElement[name]!;
        let digest = text.toLowerCase();
        if (name === 'xxhash' && /^\d+$/.test(text)) digest = Number(text).toString(16).padStart(8, '0');
        if (!/^[0-9a-f]+$/.test(digest) || digest.length !== digits)
          malformed(`not a digest of ${name}: ${text.slice(0, 100)}`);
        if (name === 'xxhash64') digest = reversed(digest);
        const other = entry.digests[algorithm];
        if (other !== undefined && other !== digest)
          malformed(`two digests of ${algorithm} contradict each other: ${entry.path}`);
        entry.digests[algorithm] = digest;
      } else if (name !== 'null') malformed(`no such digest: ${name}`);
    },
  });
  return { version, creator, entries };
}

export interface ClassicCreator {
  readonly name: string;
  readonly username: string;
  readonly hostname: string;
  readonly tool: string;
  readonly startDate: string;
  readonly finishDate: string;
}

/** Version 1.1. One digest per `hash`, as the schema has it; throws RangeError for a file without one that MHL knows. */
export function writeClassic(creator: ClassicCreator, entries: readonly ClassicEntry[]): string {
  const xml = new XmlWriter();
  xml.open('hashlist', { version: '1.1' });
  xml.open('creatorinfo');
  xml.element('name', creator.name);
  xml.element('username', creator.username);
  xml.element('hostname', creator.hostname);
  xml.element('tool', creator.tool);
  xml.element('startdate', creator.startDate);
  xml.element('finishdate', creator.finishDate);
  xml.close();
  for (const { path, size, modified, hashDate, digests } of entries) {
    const known = elementByAlgorithm.filter(([name]) => digests[name] !== undefined);
    if (known.length === 0) throw new RangeError(`no digest that MHL knows: ${path}`);
    for (const [name, element] of known) {
      xml.open('hash');
      xml.element('file', path);
      xml.element('size', String(size ?? 0));
      xml.element('lastmodificationdate', modified ?? creator.finishDate);
      xml.element(element, digests[name]!);
      xml.element('hashdate', hashDate ?? creator.finishDate);
      xml.close();
    }
  }
  xml.close();
  return xml.text();
}
