/** What hashlane-cli's packages and the npm package hold, and that the latter runs from an empty folder. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { libraryFolder, makeTree } from '../../../packaging/command/tree.ts';
import { licenceFiles } from '../../../packaging/licences/generate.ts';
import { makeNpmPackages } from '../../../packaging/npm/packages.ts';
import { fromRoot } from '../../setup/paths.mjs';
import { differences } from './archive.ts';
import { filesBelow } from './folders.ts';

const isBuilt = ['dist/cli/hashlane.js', 'dist/renderer/index.html', 'build/Release/hashlane.node'].every((file) =>
  existsSync(fromRoot(file)),
);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hashlane-packages-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!isBuilt)('the packages of the command', () => {
  const tree = (): string => path.join(folder, 'tree');
  beforeAll(async () => {
    const licences = path.join(folder, 'licences');
    mkdirSync(licences);
    mkdirSync(tree());
    for (const name of licenceFiles) writeFileSync(path.join(licences, name), name);
    const standIn = path.join(folder, 'stand-in');
    writeFileSync(standIn, '#!/bin/sh\n');
    await makeTree(tree(), licences, standIn);
  }, 60_000);

  test('hold the files that are listed and no others', () => {
    const list = readFileSync(fromRoot('packaging/command/shipped-files.txt'), 'utf8');
    // Parts of the bundle come and go with the commands.
    const files = filesBelow(tree()).map((file) => file.replace(/(dist\/cli\/)[\w-]+(-[\w-]{8}\.js)$/, '$1part$2'));
    expect(differences(list, [...new Set(files)])).toEqual([]);
  });

  test('lead from /usr/bin to the program, which may be run', () => {
    const link = readlinkSync(path.join(tree(), 'usr/bin/hashlane'));
    const program = path.resolve(tree(), 'usr/bin', link);
    expect(program.startsWith(path.join(tree(), libraryFolder))).toBe(true);
    expect(statSync(program).mode & 0o111).toBe(0o111);
  });

  test('have the manual and completions of this very command', () => {
    const manual = gunzipSync(readFileSync(path.join(tree(), 'usr/share/man/man1/hashlane.1.gz')));
    expect(manual.toString()).toContain('merge');
    for (const file of filesBelow(path.join(tree(), 'usr/share')).filter((name) => /completion/.test(name))) {
      expect(readFileSync(path.join(tree(), 'usr/share', file), 'utf8'), file).toContain('duplicates');
    }
  });
});

describe.skipIf(!isBuilt || process.platform === 'win32')('the npm package', () => {
  test('runs from an empty folder, with the addon of this platform as an optional dependency', async () => {
    const [command, addon] = await makeNpmPackages();
    const empty = path.join(folder, 'empty');
    mkdirSync(empty);
    writeFileSync(path.join(empty, 'package.json'), '{}');
    const own = { cwd: empty, encoding: 'utf8' as const };
    const quietly = ['--no-audit', '--no-fund', '--offline', '--loglevel=error'];
    execFileSync('npm', ['install', ...quietly, command!, addon!], { ...own, stdio: 'pipe' });
    writeFileSync(path.join(empty, 'abc'), 'abc');
    const printed = execFileSync(path.join(empty, 'node_modules/.bin/hashlane'), ['-a', 'md5', 'abc'], own);
    expect(printed).toBe('900150983cd24fb0d6963f7d28e17f72  abc\n');
    const { optionalDependencies, version } = JSON.parse(
      readFileSync(path.join(empty, 'node_modules/hashlane/package.json'), 'utf8'),
    ) as { optionalDependencies: Record<string, string>; version: string };
    expect(optionalDependencies[`@hashlane/addon-${process.platform}-${process.arch}`]).toBe(version);
    const shipped = filesBelow(path.join(empty, 'node_modules/hashlane'));
    expect(shipped.filter((file) => /\.licences|\.stamp|\.ts$/.test(file))).toEqual([]);
  }, 120_000);
});
