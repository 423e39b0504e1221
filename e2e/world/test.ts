/** `test` with the fixtures of these specs: files on the disk, and Hashlane on the host of the project. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { ElectronHost } from './electron-host.ts';
import { Files } from './files.ts';
import { Hashlane } from './hashlane.ts';
import type { Host } from './host.ts';
import { WebHost } from './web-host.ts';

interface Fixtures {
  files: Files;
  /** What the command line names, as paths below `files`. */
  startedWith: { readonly names: readonly string[] };
  host: Host;
  hashlane: Hashlane;
}

function temporaryFolder(): string {
  return realpathSync(mkdtempSync(path.join(os.tmpdir(), 'hashlane-e2e-')));
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  files: async ({}, use) => {
    const root = temporaryFolder();
    await use(new Files(root));
    rmSync(root, { recursive: true, force: true });
  },
  startedWith: [{ names: [] }, { option: true }],
  host: async ({ files, startedWith }, use, info) => {
    const scratch = temporaryFolder();
    const options = { scratch, paths: startedWith.names.map((name) => files.write(name)) };
    const host = info.project.name === 'electron' ? await ElectronHost.launch(options) : await WebHost.launch(options);
    await use(host);
    if (info.status !== info.expectedStatus) {
      // A page that crashed has no picture; its failure is told all the same.
      await host.page.screenshot({ path: info.outputPath('page.png') }).catch(() => undefined);
    }
    await host.close();
    rmSync(scratch, { recursive: true, force: true });
  },
  hashlane: async ({ host }, use) => {
    const hashlane = new Hashlane(host);
    await hashlane.button('Add files').and(host.page.locator(':enabled')).waitFor();
    await use(hashlane);
  },
});

export { expect } from '@playwright/test';
