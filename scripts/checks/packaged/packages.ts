/** The packages as files: each holds the whole app, and deb and rpm put the same things in the same places. */
import path from 'node:path';
import { artefacts, packagesFolder } from '../../../packaging/packages.ts';
import { run } from '../../setup/run.mjs';
import { filesBelow } from './folders.ts';

/** @returns path of the one package of its kind */
export function packageCalled(ending: string): string {
  const [name, ...more] = artefacts().filter((each) => each.endsWith(ending));
  if (!name || more.length > 0) throw new Error(`There is not one ${ending} in ${packagesFolder}`);
  return path.join(packagesFolder, name);
}

/** @param app folder of the packaged app */
export async function checkPackages(app: string) {
  const inApp = filesBelow(app);
  const ofTar = (await lines('tar', ['-tzf', packageCalled('.tar.gz')])).filter((line) => !line.endsWith('/'));
  // One folder holds it all, so that unpacking never litters.
  compare('.tar.gz', new Set(ofTar.map((line) => line.replace(/^[^/]+\//, ''))), inApp);

  const listed = await lines('dpkg-deb', ['-c', packageCalled('.deb')]);
  const ofDeb = listed
    .filter((line) => !line.startsWith('d'))
    .map((line) => line.replace(/^(?:\S+\s+){5}\./, '').replace(/ -> .*/, ''));
  const installed = inApp.map((file) => `/opt/Hashlane/${file}`);
  compare('.deb', new Set(ofDeb), installed);

  const ofRpm = await lines('rpm', ['-qlp', packageCalled('.rpm')]);
  compare('.rpm', new Set(ofRpm), ofDeb);
  const [signature] = await lines('rpm', ['-K', '--nosignature', packageCalled('.rpm')]);
  if (!signature?.includes('digests OK')) throw new Error(`rpm -K: ${signature}`);
  return `${ofTar.length}, ${ofDeb.length} and ${ofRpm.length} files`;
}

const lines = async (program: string, args: string[]) => (await run(program, args)).trim().split('\n');

function compare(kind: string, found: ReadonlySet<string>, wanted: readonly string[]) {
  const missing = wanted.filter((file) => !found.has(file));
  if (missing.length > 0) throw new Error(`The ${kind} lacks ${missing.slice(0, 5).join(', ')}`);
}
