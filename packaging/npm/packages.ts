/**
 * The npm packages: `hashlane`, the bundled command and the window's files, and one with the addon for each platform,
 * which npm chooses by itself among the optional dependencies.
 */
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundles } from '../../scripts/bundles/bundles.mjs';
import { fromRoot } from '../../scripts/setup/paths.mjs';
import { run } from '../../scripts/setup/run.mjs';
import { productFacts } from '../facts.ts';
import { generateLicences } from '../licences/generate.ts';

const folder = fromRoot('build', 'npm');

/** Platforms that a release builds addons for. */
const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'];

const addonName = (platform: string): string => `@hashlane/addon-${platform}`;

/** Packs the command's package and this platform's addon; gives their files. */
export async function makeNpmPackages(): Promise<string[]> {
  const { version, homepage, time } = productFacts();
  const { description, license, author, engines } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  const licences = path.join(folder, 'licences');
  await generateLicences({ runtime: 'none', time, folder: licences });
  const shared = { version, license, author, homepage };

  const command = path.join(folder, 'hashlane');
  const isShipped = (source: string): boolean => !path.basename(source).startsWith('.');
  for (const bundle of [bundles.cli, bundles.renderer]) {
    cpSync(fromRoot(bundle.folder), path.join(command, bundle.folder), { recursive: true, filter: isShipped });
  }
  mkdirSync(path.join(command, 'man'));
  copyFileSync(fromRoot('packaging/man/hashlane.1'), path.join(command, 'man', 'hashlane.1'));
  copyFileSync(fromRoot('packaging/npm/README.md'), path.join(command, 'README.md'));
  copyFileSync(fromRoot('CHANGELOG.md'), path.join(command, 'CHANGELOG.md'));
  for (const name of ['LICENSE.txt', 'THIRD-PARTY-NOTICES.txt'])
    copyFileSync(path.join(licences, name), path.join(command, name));
  writeFileSync(path.join(command, 'hashlane.cjs'), "#!/usr/bin/env node\nrequire('./dist/cli/hashlane.js');\n");
  chmodSync(path.join(command, 'hashlane.cjs'), 0o755);
  writePackage(command, {
    name: 'hashlane',
    description,
    ...shared,
    bin: { hashlane: 'hashlane.cjs' },
    man: 'man/hashlane.1',
    engines,
    optionalDependencies: Object.fromEntries(platforms.map((platform) => [addonName(platform), version])),
  });

  const platform = `${process.platform}-${process.arch}`;
  const addon = path.join(folder, 'addon');
  mkdirSync(addon);
  copyFileSync(fromRoot('build/Release/hashlane.node'), path.join(addon, 'hashlane.node'));
  for (const name of ['LICENSE.txt', 'THIRD-PARTY-NOTICES.txt'])
    copyFileSync(path.join(licences, name), path.join(addon, name));
  writePackage(addon, {
    name: addonName(platform),
    description: `The native engine of hashlane for ${platform}`,
    ...shared,
    main: 'hashlane.node',
    os: [process.platform],
    cpu: [process.arch],
    ...(process.platform === 'linux' ? { libc: ['glibc'] } : {}),
  });
  return [await pack(command), await pack(addon)];
}

function writePackage(into: string, content: object): void {
  writeFileSync(path.join(into, 'package.json'), `${JSON.stringify(content, null, 2)}\n`);
}

async function pack(from: string): Promise<string> {
  const out = await run('npm', ['pack', '--silent', '--pack-destination', folder, from]);
  return path.join(folder, out.trim().split('\n').at(-1)!);
}
