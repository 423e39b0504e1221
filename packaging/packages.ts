/** Makes packages of what is built: licences and metainfo first, then electron-builder. */
import { readdirSync, rmSync } from 'node:fs';
import { fromRoot, projectNode } from '../scripts/setup/paths.mjs';
import { run } from '../scripts/setup/run.mjs';
import { prepareCommand } from './command/in-app.ts';
import { electronFacts, productFacts } from './facts.ts';
import { generateLicences } from './licences/generate.ts';
import { writeMetainfo } from './metainfo.ts';
import { linkedComponents } from './prebuilt-addon.ts';

export const packagesFolder = fromRoot('build', 'packages');

/** Makes what ships in every package beside the program. */
export async function prepare() {
  const facts = productFacts();
  const native = linkedComponents(process.env.HASHLANE_PREBUILT_ADDON);
  await generateLicences({ runtime: { electron: electronFacts().version }, native, time: facts.time });
  writeMetainfo(facts);
  if (process.platform === 'linux') await prepareCommand(fromRoot('build', 'linux'));
}

/** @param args of electron-builder, such as `--linux deb` */
export async function makePackages(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  rmSync(packagesFolder, { recursive: true, force: true });
  const { homepage, maintainer } = productFacts();
  const { version, folder } = electronFacts();
  const settings = [
    `-c.electronVersion=${version}`,
    ...(folder ? [`-c.electronDist=${folder}`] : []),
    `-c.extraMetadata.homepage=${homepage}`,
    ...(maintainer ? [`-c.linux.maintainer=${maintainer}`] : []),
  ];
  const tool = fromRoot('node_modules', 'electron-builder', 'cli.js');
  const env = { ...process.env, ...environment };
  await run(projectNode(), [tool, ...args, '--publish=never', ...settings], { env });
}

/** Names of the finished packages, without what electron-builder leaves beside them. */
export const artefacts = () =>
  readdirSync(packagesFolder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(AppImage|deb|rpm|tar\.gz|flatpak|exe|dmg|zip)$/.test(entry.name))
    .map(({ name }) => name)
    .sort();
