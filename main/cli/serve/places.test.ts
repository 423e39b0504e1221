import { homedir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { absolutePath } from './absolute-path.ts';
import { dataFolder, folderFor } from './data-folder.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const characters = (name: Uint8Array): string => Buffer.from(name).toString('latin1');

test('a path becomes whole without a byte being lost', () => {
  expect(characters(absolutePath(bytes('a/../\xff\xe9'), '/folder'))).toBe('/folder/\xff\xe9');
  expect(characters(absolutePath(bytes('/whole/path'), '/folder'))).toBe('/whole/path');
  expect(Buffer.from(absolutePath(bytes('a'), '/f\u00fc')).toString()).toBe('/f\u00fc/a');
});

test('data is kept where the system wants it', () => {
  expect(dataFolder({ XDG_DATA_HOME: '/data' }, 'linux')).toBe('/data/hashlane');
  expect(dataFolder({}, 'linux')).toBe(path.join(homedir(), '.local/share/hashlane'));
  expect(dataFolder({ XDG_DATA_HOME: 'relative' }, 'linux'), 'which the standard ignores').toBe(
    path.join(homedir(), '.local/share/hashlane'),
  );
  expect(dataFolder({}, 'darwin')).toBe(path.join(homedir(), 'Library/Application Support/Hashlane'));
});

test('a page that is limited to one folder has a history of its own', () => {
  expect(folderFor(undefined, '/data')).toBe('/data');
  const own = folderFor('/srv/files', '/data');
  expect(own).toMatch(/^\/data\/roots\/[0-9a-f]{16}$/);
  expect(folderFor('/srv/files', '/data')).toBe(own);
  expect(folderFor('/srv/other', '/data')).not.toBe(own);
});
