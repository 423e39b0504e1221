/** Hashlane served to a browser, as `hashlane serve` does it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, expect, type Page } from '@playwright/test';
import type { Host, HostOptions } from './host.ts';

const command = fileURLToPath(new URL('../../dist/cli/hashlane.js', import.meta.url));

const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the server and waits for the line that tells its address. */
export async function serve(
  program: readonly [string, ...string[]],
  environment: NodeJS.ProcessEnv = {},
): Promise<{ child: ChildProcess; url: string; errors: () => string }> {
  const [executable, ...args] = program;
  const child = spawn(executable, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Hashlane is serving at (http:\/\/\S+)$/.exec(line)?.[1];
    if (url) return { child, url, errors: () => errors };
  }
  throw new Error(`The server ended without an address: ${errors}`);
}

/** `hashlane serve` with its data in `scratch`. */
export function serveFrom(scratch: string, paths: readonly string[] = []): ReturnType<typeof serve> {
  return serve([process.execPath, command, 'serve', '--no-open', '--port', '0', '--', ...paths], {
    XDG_DATA_HOME: path.join(scratch, 'data'),
    XDG_CONFIG_HOME: path.join(scratch, 'config'),
  });
}

/** Ends a child process and waits for it; returns its exit status. */
export async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const [status] = (await ended) as [number | null];
  return status;
}

/** Opens an address in a browser of its own, which may get further flags. */
export async function browse(url: string, flags: readonly string[] = []): Promise<{ browser: Browser; page: Page }> {
  const executablePath = process.env.HASHLANE_CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: [...browserFlags, ...flags] });
  const context = await browser.newContext({ viewport: { width: 1180, height: 760 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
  const page = await context.newPage();
  await page.goto(url);
  return { browser, page };
}

export class WebHost implements Host {
  readonly kind = 'web';
  readonly page: Page;
  readonly #browser: Browser;
  readonly #server: ChildProcess;
  readonly #scratch: string;

  constructor(page: Page, browser: Browser, server: ChildProcess, scratch: string) {
    this.page = page;
    this.#browser = browser;
    this.#server = server;
    this.#scratch = scratch;
  }

  static async launch({ scratch, paths }: HostOptions): Promise<WebHost> {
    const { child, url } = await serveFrom(scratch, paths);
    const { browser, page } = await browse(url);
    return new WebHost(page, browser, child, scratch);
  }

  async addFolder(folder: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Add folder' }).first().click();
    const dialog = this.page.getByRole('dialog', { name: 'Choose a folder' });
    const path = dialog.getByRole('textbox', { name: 'Path' });
    // It begins with the home folder, once the server has listed it.
    await expect(path).not.toHaveValue('');
    await path.fill(folder);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  async addFiles(files: readonly string[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: 'Add files' }).first().click();
    await (await chooser).setFiles([...files]);
  }

  async saved(act: () => Promise<void>): Promise<Buffer> {
    const download = this.page.waitForEvent('download');
    await act();
    const file = path.join(this.#scratch, 'export');
    await (await download).saveAs(file);
    return readFileSync(file);
  }

  clipboardText(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await stop(this.#server);
  }
}
