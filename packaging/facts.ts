/** What packages say of the product, and which Electron they hold. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../scripts/setup/paths.mjs';
import { SetupProblem } from '../scripts/setup/run.mjs';

/**
 * HASHLANE_HOMEPAGE and HASHLANE_MAINTAINER stand in for the placeholders of package.json and
 * electron-builder.yml; SOURCE_DATE_EPOCH (seconds) for the present time.
 */
export function productFacts() {
  const { version, homepage } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  const epoch = process.env.SOURCE_DATE_EPOCH;
  return {
    version: version as string,
    homepage: (process.env.HASHLANE_HOMEPAGE || homepage) as string,
    maintainer: process.env.HASHLANE_MAINTAINER || undefined,
    time: epoch ? new Date(Number(epoch) * 1000) : new Date(),
  };
}

/**
 * The distribution in HASHLANE_ELECTRON_DIST where that is set; otherwise electron-builder downloads the release that
 * package.json asks for.
 */
export function electronFacts(): { version: string; folder: string | undefined } {
  const folder = process.env.HASHLANE_ELECTRON_DIST;
  if (!folder) {
    const { version } = JSON.parse(readFileSync(fromRoot('node_modules', 'electron', 'package.json'), 'utf8'));
    return { version, folder: undefined };
  }
  const file = path.join(folder, 'version');
  if (!existsSync(file)) throw new SetupProblem(`HASHLANE_ELECTRON_DIST holds no Electron: ${file} does not exist`);
  return { version: readFileSync(file, 'utf8').trim().replace(/^v/, ''), folder };
}
