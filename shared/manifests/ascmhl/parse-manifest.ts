import { readXml, type XmlElement } from '../xml/read-xml.ts';
import { sha512OfC4 } from './c4.ts';
import {
  type MhlAction,
  MhlError,
  type MhlFile,
  type MhlFolder,
  type MhlFormat,
  type MhlHash,
  type MhlManifest,
  type MhlReference,
  mhlFormats,
} from './model.ts';

const uri = 'urn:ASC:MHL:v2.0';
const digits: Readonly<Record<MhlFormat, number>> = { c4: 90, md5: 32, sha1: 40, xxh128: 32, xxh3: 16, xxh64: 16 };

function malformed(message: string): never {
  throw new MhlError('mhl-malformed', message);
}

function hashOf(format: MhlFormat, text: string, attributes: XmlElement['attributes']): MhlHash {
  const written = text.trim();
  const digest = format === 'c4' ? written : written.toLowerCase();
  const fits =
    format === 'c4' ? sha512OfC4(digest) !== null : /^[0-9a-f]+$/.test(digest) && digest.length === digits[format];
  if (!fits) malformed(`not a digest of ${format}: ${written.slice(0, 100)}`);
  const { action, hashdate } = attributes;
  if (action !== undefined && !['original', 'verified', 'failed'].includes(action))
    malformed(`no such action: ${action}`);
  return {
    format,
    digest,
    ...(action ? { action: action as MhlAction } : {}),
    ...(hashdate ? { hashDate: hashdate } : {}),
  };
}

/** A path of a record: it must not lead out of the history's root. */
function checkedPath(text: string): string {
  if (text === '' || text.startsWith('/') || text.includes('\\') || text.includes('\0') || /^[A-Za-z]:/.test(text))
    malformed(`not a relative path: ${text}`);
  if (text.split('/').some((part) => part === '..' || part === '.' || part === ''))
    malformed(`not a relative path: ${text}`);
  return text;
}

type Loose<T> = { -readonly [K in keyof T]: T[K] };

/** Throws XmlError and MhlError. Metadata is read over. */
export function parseManifest(bytes: Uint8Array): MhlManifest {
  const manifest: Partial<Loose<MhlManifest>> = {};
  const authors: Loose<MhlManifest['authors'][number]>[] = [];
  const ignore: string[] = [];
  const records: (MhlFile | MhlFolder)[] = [];
  const references: MhlReference[] = [];
  const rootHash = { content: [] as MhlHash[], structure: [] as MhlHash[] };
  let record: Partial<Loose<Omit<MhlFile, 'kind' | 'hashes'>>> & {
    hashes: MhlHash[];
    content: MhlHash[];
    structure: MhlHash[];
  };
  const fresh = () => ({ hashes: [] as MhlHash[], content: [] as MhlHash[], structure: [] as MhlHash[] });
  record = fresh();
  let reference: Partial<Loose<MhlReference>> = {};

  readXml(bytes, {
    open({ path, uri: namespace, attributes }) {
      if (path.includes('/')) return;
      if (path !== 'hashlist' || namespace !== uri) throw new MhlError('mhl-version', 'not an ASC MHL 2.0 hash list');
      if (attributes.version !== '2.0')
        throw new MhlError('mhl-version', `version ${attributes.version ?? 'absent'} instead of 2.0`);
    },
    close({ path, attributes }, text) {
      const steps = path.split('/');
      if (steps.includes('metadata')) return;
      const last = steps.at(-1)!;
      const format = (mhlFormats as readonly string[]).includes(last) ? (last as MhlFormat) : null;
      const above = steps.slice(1, -1).join('/');
      if (above === 'creatorinfo') {
        if (last === 'creationdate') manifest.creationDate = text.trim();
        else if (last === 'hostname') manifest.hostname = text.trim();
        else if (last === 'tool') {
          manifest.tool = text.trim();
          if (attributes.version !== undefined) manifest.toolVersion = attributes.version;
        } else if (last === 'author') authors.push({ ...attributes, name: text.trim() });
        else if (last === 'location') manifest.location = text.trim();
        else if (last === 'comment') manifest.comment = text.trim();
      } else if (above === 'processinfo' && last === 'process') {
        const process = text.trim();
        if (process !== 'in-place' && process !== 'transfer' && process !== 'flatten')
          malformed(`no such process: ${process}`);
        manifest.process = process;
      } else if (above === 'processinfo' && last === 'roothash') manifest.rootHash = rootHash;
      else if (above === 'processinfo/roothash/content' && format)
        rootHash.content.push(hashOf(format, text, attributes));
      else if (above === 'processinfo/roothash/structure' && format)
        rootHash.structure.push(hashOf(format, text, attributes));
      else if (above === 'processinfo/ignore' && last === 'pattern') ignore.push(text);
      else if (above === 'hashes/hash' || above === 'hashes/directoryhash') {
        if (last === 'path') {
          record.path = checkedPath(text);
          if (attributes.size !== undefined) {
            if (!/^\d{1,16}$/.test(attributes.size)) malformed(`not a size: ${attributes.size}`);
            record.size = Number(attributes.size);
          }
          if (attributes.creationdate !== undefined) record.created = attributes.creationdate;
          if (attributes.lastmodificationdate !== undefined) record.modified = attributes.lastmodificationdate;
        } else if (last === 'previousPath') record.previousPath = checkedPath(text);
        else if (format) record.hashes.push(hashOf(format, text, attributes));
      } else if (above === 'hashes/directoryhash/content' && format)
        record.content.push(hashOf(format, text, attributes));
      else if (above === 'hashes/directoryhash/structure' && format)
        record.structure.push(hashOf(format, text, attributes));
      else if (above === 'hashes' && (last === 'hash' || last === 'directoryhash')) {
        const { hashes, content, structure, ...rest } = record;
        if (rest.path === undefined) malformed('a record without a path');
        if (last === 'hash') records.push({ ...rest, path: rest.path, kind: 'file', hashes });
        else records.push({ ...rest, path: rest.path, kind: 'folder', content, structure });
        record = fresh();
      } else if (above === 'references/hashlistreference') {
        if (last === 'path') reference.path = checkedPath(text);
        else if (format === 'c4') reference.c4 = hashOf('c4', text, attributes).digest;
      } else if (above === 'references' && last === 'hashlistreference') {
        if (reference.path === undefined || reference.c4 === undefined) malformed('a reference without path or c4');
        references.push({ path: reference.path, c4: reference.c4 });
        reference = {};
      }
    },
  });
  const { creationDate, hostname, tool, process } = manifest;
  if (creationDate === undefined || hostname === undefined || tool === undefined)
    malformed('creatorinfo is not complete');
  if (process === undefined) malformed('processinfo is not complete');
  return { ...manifest, creationDate, hostname, tool, process, authors, ignore, records, references };
}

export interface ChainEntry {
  readonly sequence: number;
  readonly path: string;
  readonly c4: string;
}

/** ascmhl_chain.xml. Throws XmlError and MhlError. */
export function parseChain(bytes: Uint8Array): ChainEntry[] {
  const entries: ChainEntry[] = [];
  let entry: Partial<Loose<ChainEntry>> = {};
  readXml(bytes, {
    open({ path, uri: namespace }) {
      if (!path.includes('/') && (path !== 'ascmhldirectory' || namespace !== 'urn:ASC:MHL:DIRECTORY:v2.0'))
        throw new MhlError('mhl-version', 'not a chain of ASC MHL 2.0');
    },
    close({ path, attributes }, text) {
      if (path === 'ascmhldirectory/hashlist/path') entry.path = checkedPath(text.trim());
      else if (path === 'ascmhldirectory/hashlist/c4') entry.c4 = hashOf('c4', text, attributes).digest;
      else if (path === 'ascmhldirectory/hashlist') {
        const sequence = Number(attributes.sequencenr);
        if (entry.path === undefined || entry.c4 === undefined || !Number.isSafeInteger(sequence) || sequence < 1)
          malformed('a generation without path, c4 or number');
        entries.push({ sequence, path: entry.path, c4: entry.c4 });
        entry = {};
      }
    },
  });
  return entries;
}
