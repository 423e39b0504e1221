/** The app's archive: what is in it, and that the addon lies beside it, where the system can load it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { getRawHeader, listPackage, statFile } from '@electron/asar';
import { fromRoot } from '../../setup/paths.mjs';
import { filesBelow } from './folders.ts';

const addon = 'build/Release/hashlane.node';

/** @param app folder of the packaged app */
export function checkShippedFiles(app: string) {
  const archive = path.join(app, 'resources', 'app.asar');
  const files = listPackage(archive, { isPack: false })
    .map((file) => file.slice(1).replaceAll(path.sep, '/'))
    .filter((file) => !('files' in statFile(archive, file.replaceAll('/', path.sep))));
  const difference = differences(readFileSync(fromRoot('packaging', 'shipped-files.txt'), 'utf8'), files);
  if (difference.length > 0) throw new Error(difference.join('\n'));
  return `${files.length} files`;
}

/**
 * @param list patterns, one a line; lines with # are remarks
 * @returns what is wrong, in words
 */
export function differences(list: string, files: readonly string[]): string[] {
  const patterns = list.split('\n').filter((line) => line && !line.startsWith('#'));
  const matches = (pattern: string, file: string) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('[\\w-]{8}')}$`).test(file);
  };
  return [
    ...files
      .filter((file) => !patterns.some((pattern) => matches(pattern, file)))
      .map((file) => `${file} ships and is not on the list`),
    ...patterns
      .filter((pattern) => !files.some((file) => matches(pattern, file)))
      .map((pattern) => `${pattern} is on the list and does not ship`),
  ];
}

/** @param app folder of the packaged app */
export function checkAddonPlace(app: string) {
  const resources = path.join(app, 'resources');
  const entry = statFile(path.join(resources, 'app.asar'), addon.replaceAll('/', path.sep));
  if (!('unpacked' in entry && entry.unpacked)) throw new Error(`${addon} is inside the archive`);
  const unpacked = filesBelow(path.join(resources, 'app.asar.unpacked'));
  if (unpacked.join() !== addon) throw new Error(`Beside the archive lies ${unpacked.join(', ')}, not just ${addon}`);
  const shipped = readFileSync(path.join(resources, 'app.asar.unpacked', addon));
  if (!shipped.equals(readFileSync(fromRoot(addon))))
    throw new Error('The addon that ships is not the one that was built');
  const { header } = getRawHeader(path.join(resources, 'app.asar'));
  if (!JSON.stringify(header).includes('"integrity"')) throw new Error('The archive carries no hashes of its files');
}
