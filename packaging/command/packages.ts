/** `hashlane-cli`: a tar.gz for any Linux, and a deb for Debian and Ubuntu, both without Electron and without Node. */
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { fromRoot } from '../../scripts/setup/paths.mjs';
import { run } from '../../scripts/setup/run.mjs';
import { productFacts } from '../facts.ts';
import { generateLicences } from '../licences/generate.ts';
import { makeTree } from './tree.ts';

const commandFolder = fromRoot('build', 'command');

const debArchitectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

export interface CommandPackages {
  readonly tar: string;
  readonly deb: string;
}

/** Makes both in `build/command`. `isQuick`: nothing is compressed, for checks. Needs `tar`, and `dpkg-deb` for the deb. */
export async function makeCommandPackages(isQuick = false): Promise<CommandPackages> {
  process.umask(0o022);
  const { version, time, homepage, maintainer } = productFacts();
  rmSync(commandFolder, { recursive: true, force: true });
  const licences = path.join(commandFolder, 'licences');
  await generateLicences({ runtime: 'node', time, folder: licences });
  const tree = path.join(commandFolder, 'tree');
  mkdirSync(tree, { recursive: true, mode: 0o755 });
  await makeTree(tree, licences);

  const name = `hashlane-cli-${version}-linux-${process.arch}`;
  const tar = path.join(commandFolder, `${name}.tar.gz`);
  // One folder holds it all, and what it holds is what lies below /usr.
  const compress = isQuick ? 'gzip -1' : 'gzip -9n';
  const owner = [
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--sort=name',
    `--mtime=@${Math.floor(time.getTime() / 1000)}`,
  ];
  await run('tar', [
    ...owner,
    `--use-compress-program=${compress}`,
    `--transform=s,^usr,${name},`,
    '-cf',
    tar,
    '-C',
    tree,
    'usr',
  ]);

  const deb = path.join(commandFolder, `${name}.deb`);
  writeControl(tree, { version, homepage, maintainer: maintainer ?? placeholderMaintainer() });
  await run('dpkg-deb', ['--root-owner-group', isQuick ? '-Znone' : '-Zxz', '--build', tree, deb]);
  return { tar, deb };
}

function placeholderMaintainer(): string {
  return parse(readFileSync(fromRoot('electron-builder.yml'), 'utf8')).linux.maintainer;
}

function writeControl(tree: string, facts: { version: string; homepage: string; maintainer: string }): void {
  const kibibytes = Math.ceil(bytesBelow(tree) / 1024);
  mkdirSync(path.join(tree, 'DEBIAN'));
  writeFileSync(
    path.join(tree, 'DEBIAN', 'control'),
    `Package: hashlane-cli
Version: ${facts.version}
Architecture: ${debArchitectures[process.arch] ?? process.arch}
Maintainer: ${facts.maintainer}
Installed-Size: ${kibibytes}
Depends: libc6 (>= 2.28), libstdc++6
Conflicts: hashlane
Section: utils
Priority: optional
Homepage: ${facts.homepage}
Description: Hashes, verifies and guards files at the speed of the machine
 The command and its web host, for servers and NAS: no desktop and no Node.js
 are needed. The package hashlane brings the same command and the window.
`,
  );
}

function bytesBelow(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + lstatSync(path.join(entry.parentPath, entry.name)).size, 0);
}
