/** The command within the desktop app's packages for Linux, and what leads to it from the system. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeProgram, programFile } from './program.ts';
import { referenceFiles } from './tree.ts';

/** Where deb and rpm put the app. */
const installedApp = '/opt/Hashlane';

/** Fills `command`, which goes into the app, and `integration`, which goes below /usr. */
export async function prepareCommand(folder: string): Promise<void> {
  await makeProgram(path.join(folder, 'command'));
  const integration = path.join(folder, 'integration');
  rmSync(integration, { recursive: true, force: true });
  mkdirSync(path.join(integration, 'bin'), { recursive: true });
  symlinkSync(path.join(installedApp, 'command', programFile), path.join(integration, 'bin', 'hashlane'));
  for (const [file, content] of Object.entries(referenceFiles())) {
    const to = path.join(integration, path.relative('usr', file));
    mkdirSync(path.dirname(to), { recursive: true });
    writeFileSync(to, content);
  }
}
