import { XmlWriter } from '../xml/write-xml.ts';
import { type MhlHash, type MhlManifest, mhlFormats } from './model.ts';
import type { ChainEntry } from './parse-manifest.ts';

function writeHashes(xml: XmlWriter, hashes: readonly MhlHash[]): void {
  const sorted = [...hashes].sort((a, b) => mhlFormats.indexOf(a.format) - mhlFormats.indexOf(b.format));
  for (const { format, digest, action, hashDate } of sorted)
    xml.element(format, digest, { action, hashdate: hashDate });
}

function writeContainer(xml: XmlWriter, name: string, hashes: readonly MhlHash[]): void {
  xml.open(name);
  writeHashes(xml, hashes);
  xml.close();
}

/** Valid against the schema of ASC MHL 2.0. Throws XmlNameError for a name that XML cannot hold. */
export function writeManifest(manifest: MhlManifest): string {
  const xml = new XmlWriter();
  xml.open('hashlist', { version: '2.0', xmlns: 'urn:ASC:MHL:v2.0' });
  xml.open('creatorinfo');
  xml.element('creationdate', manifest.creationDate);
  xml.element('hostname', manifest.hostname);
  xml.element('tool', manifest.tool, { version: manifest.toolVersion });
  for (const { name, email, phone, role } of manifest.authors) xml.element('author', name, { email, phone, role });
  if (manifest.location !== undefined) xml.element('location', manifest.location);
  if (manifest.comment !== undefined) xml.element('comment', manifest.comment);
  xml.close();
  xml.open('processinfo');
  xml.element('process', manifest.process);
  if (manifest.rootHash !== undefined) {
    xml.open('roothash');
    writeContainer(xml, 'content', manifest.rootHash.content);
    writeContainer(xml, 'structure', manifest.rootHash.structure);
    xml.close();
  }
  if (manifest.ignore.length > 0) {
    xml.open('ignore');
    for (const pattern of manifest.ignore) xml.element('pattern', pattern);
    xml.close();
  }
  xml.close();
  if (manifest.records.length > 0) {
    xml.open('hashes');
    for (const record of manifest.records) {
      const dates = { creationdate: record.created, lastmodificationdate: record.modified };
      if (record.kind === 'file') {
        xml.open('hash');
        xml.element('path', record.path, { size: record.size, ...dates });
        writeHashes(xml, record.hashes);
      } else {
        xml.open('directoryhash');
        xml.element('path', record.path, dates);
        writeContainer(xml, 'content', record.content);
        writeContainer(xml, 'structure', record.structure);
      }
      if (record.previousPath !== undefined) xml.element('previousPath', record.previousPath);
      xml.close();
    }
    xml.close();
  }
  if (manifest.references.length > 0) {
    xml.open('references');
    for (const { path, c4 } of manifest.references) {
      xml.open('hashlistreference');
      xml.element('path', path);
      xml.element('c4', c4);
      xml.close();
    }
    xml.close();
  }
  xml.close();
  return xml.text();
}

export function writeChain(entries: readonly ChainEntry[]): string {
  const xml = new XmlWriter();
  xml.open('ascmhldirectory', { xmlns: 'urn:ASC:MHL:DIRECTORY:v2.0' });
  for (const { sequence, path, c4 } of entries) {
    xml.open('hashlist', { sequencenr: sequence });
    xml.element('path', path);
    xml.element('c4', c4);
    xml.close();
  }
  xml.close();
  return xml.text();
}

/** `0001_A002_2020-01-16_091500Z.mhl`: number, folder, and the time in UTC of an ISO date. */
export function manifestName(sequence: number, folder: string, isoDate: string): string {
  const utc = new Date(isoDate).toISOString();
  return `${String(sequence).padStart(4, '0')}_${folder}_${utc.slice(0, 10)}_${utc.slice(11, 19).replaceAll(':', '')}Z.mhl`;
}
