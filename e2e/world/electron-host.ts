/**
 * Hashlane in a real Electron, with a profile of its own: the checkout's bundles, or the packaged app whose program
 * HASHLANE_PACKAGED_APP names. A packaged app lets nobody attach; its program has to be a copy made for tests.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { _electron, type ElectronApplication, errors, type Page } from '@playwright/test';
import type { Host, HostOptions } from './host.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packagedApp = process.env.HASHLANE_PACKAGED_APP;

export function executable(): string {
  if (packagedApp) return packagedApp;
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(root, 'node_modules', 'electron', 'dist');
  if (process.platform === 'darwin') return path.join(folder, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return path.join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

function argumentsFor(profile: string | null, paths: readonly string[], more: readonly string[] = []): string[] {
  const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const ours = profile === null ? [] : [`--user-data-dir=${profile}`];
  return [...flags, ...(packagedApp ? [] : [root]), ...ours, ...more, '--', ...paths];
}

export interface ElectronOptions extends HostOptions {
  /** As a person has it, with questions asked: in the usual profile, which then lies in `scratch` (Linux). */
  readonly attended?: boolean;
  /** Another program than the runtime as it is installed. */
  readonly program?: string;
}

const attachMs = 15_000;

/**
 * Starts Electron under Playwright. The runtime here need not know the `-r` by which Playwright
 * holds an app back until it is attached; a window that is made in the very moment of attaching
 * then sometimes leaves Playwright waiting for ever (about once in a hundred starts), so it starts again.
 */
async function attach(
  options: (attempt: number) => Parameters<typeof _electron.launch>[0],
): Promise<ElectronApplication> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await _electron.launch({ ...options(attempt), timeout: attachMs });
    } catch (error) {
      if (attempt === 3 || !(error instanceof errors.TimeoutError)) throw error;
    }
  }
}

export class ElectronHost implements Host {
  readonly kind = 'electron';
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly #scratch: string;

  constructor(app: ElectronApplication, page: Page, scratch: string) {
    this.app = app;
    this.page = page;
    this.#scratch = scratch;
  }

  static async launch({ scratch, paths, attended = false, program }: ElectronOptions): Promise<ElectronHost> {
    const app = await attach((attempt) => ({
      executablePath: program ?? executable(),
      args: argumentsFor(attended ? null : path.join(scratch, `profile-${attempt}`), paths),
      env: { ...process.env, ...(attended ? { XDG_CONFIG_HOME: scratch } : {}) },
    }));
    const page = app.windows()[0] ?? (await app.firstWindow({ timeout: attachMs }));
    return new ElectronHost(app, page, scratch);
  }

  /** Starts Hashlane once more with the same profile, as a file manager does; resolves when that process has ended. */
  async startAgain(paths: readonly string[], flags: readonly string[] = []): Promise<void> {
    const profile = await this.app.evaluate(({ app }) => app.getPath('userData'));
    await promisify(execFile)(executable(), argumentsFor(profile, paths, flags));
  }

  async addFolder(folder: string): Promise<void> {
    await this.answerOpenDialog([folder]);
    await this.page.getByRole('button', { name: 'Add folder' }).first().click();
  }

  async addFiles(files: readonly string[]): Promise<void> {
    await this.answerOpenDialog(files);
    await this.page.getByRole('button', { name: 'Add files' }).first().click();
  }

  async saved(act: () => Promise<void>): Promise<Buffer> {
    const file = path.join(this.#scratch, 'export');
    await this.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, file);
    await act();
    // The page says so once the file stands under its name.
    await this.page.getByRole('status').filter({ hasText: file }).first().waitFor();
    return readFileSync(file);
  }

  clipboardText(): Promise<string> {
    return this.app.evaluate(({ clipboard }) => clipboard.readText());
  }

  async close(): Promise<void> {
    await this.app.close();
  }

  /** What the next dialogs of "Add files" and "Add folder" are answered with. */
  async answerOpenDialog(filePaths: readonly string[]): Promise<void> {
    await this.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [...chosen] });
    }, filePaths);
  }
}
