/** The deb, installed into a fresh system. */

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { fromRoot } from '../../setup/paths.mjs';
import { run } from '../../setup/run.mjs';
import type { DebianRoot } from './debian-root.ts';

const installedApp = '/opt/Hashlane';
export const installedProgram = `${installedApp}/hashlane-desktop`;
const installedCommand = `${installedApp}/command/dist/cli/hashlane`;

export async function checkInstalled(root: DebianRoot) {
  const status = await root.run('dpkg-query', '-W', '-f', `\${Status}`, 'hashlane');
  if (status !== 'install ok installed') throw new Error(`dpkg says: ${status}`);
  for (const [link, wanted] of [
    ['/usr/bin/hashlane', installedCommand],
    ['/usr/bin/hashlane-desktop', installedProgram],
  ] as const) {
    const program = (await root.run('readlink', '-f', link)).trim();
    if (program !== wanted) throw new Error(`${link} leads to ${program}`);
  }
  const libraries = await root.run(
    'sh',
    '-c',
    `ldd ${installedProgram} ${installedCommand} ${installedApp}/*.so ${installedApp}/resources/app.asar.unpacked/build/Release/hashlane.node`,
  );
  const missing = libraries.match(/^.*not found.*$/gm) ?? [];
  if (missing.length > 0) throw new Error(`The package does not ask for all libraries: ${missing.join(', ')}`);
}

/** The files that make it part of a desktop, each by the validator of its kind. */
export async function checkDesktopFiles(root: DebianRoot) {
  const share = (...segments: string[]) => root.at('usr', 'share', ...segments);
  const entry = share('applications', 'app.hashlane.Hashlane.desktop');
  await run('desktop-file-validate', [entry, share('Thunar', 'sendto', 'hashlane.desktop')]);
  const { desktopName } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  if (desktopName !== path.basename(entry)) throw new Error(`Windows are called ${desktopName}, not ${entry}`);
  await run('appstreamcli', ['validate', '--no-net', share('metainfo', 'app.hashlane.Hashlane.metainfo.xml')]);

  // What GTK's own trigger made of our types: a broken file would have left none.
  const globs = readFileSync(share('mime', 'globs2'), 'utf8');
  const associations: { ext: string; mimeType: string }[] = parse(
    readFileSync(fromRoot('electron-builder.yml'), 'utf8'),
  ).fileAssociations;
  const unknown = associations.filter(({ ext, mimeType }) => !globs.includes(`:${mimeType}:*.${ext}\n`));
  if (unknown.length > 0) throw new Error(`Not associated: ${unknown.map(({ ext }) => ext).join(', ')}`);
  const types = /^MimeType=(.*)$/m.exec(readFileSync(entry, 'utf8'))?.[1]?.split(';') ?? [];
  const unopened = associations.filter(({ mimeType }) => !types.includes(mimeType));
  if (unopened.length > 0)
    throw new Error(`Not opened by the desktop entry: ${unopened.map(({ ext }) => ext).join(', ')}`);
  return `${associations.length} associations`;
}

/** File managers start the program that is there, and only what they name. */
export async function checkFileManagers(root: DebianRoot) {
  const entries = [
    'kio/servicemenus/app.hashlane.Hashlane.desktop',
    'nemo/actions/hashlane.nemo_action',
    'Thunar/sendto/hashlane.desktop',
  ];
  for (const file of entries) {
    const text = readFileSync(root.at('usr', 'share', file), 'utf8');
    if (!text.includes(`Exec=${installedProgram} -- %F\n`))
      throw new Error(`${file} does not start ${installedProgram}`);
  }
  const extension = root.at('usr', 'share', 'nautilus-python', 'extensions', 'hashlane.py');
  await run('python3', [fromRoot('packaging', 'testing', 'nautilus-stand-in.py'), extension, installedProgram]);
}

export async function checkRemoval(root: DebianRoot) {
  await root.run('dpkg', '--purge', 'hashlane');
  const left = [
    installedApp,
    '/usr/bin/hashlane',
    '/usr/bin/hashlane-desktop',
    '/usr/share/applications/app.hashlane.Hashlane.desktop',
  ].filter((file) => existsSync(root.at(file)));
  if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`);
}

export const appIn = (root: DebianRoot) => realpathSync(root.at(installedApp));
