/**
 * Opens the app in a browser. Its address holds a token, and arguments of programs can be read by
 * everybody on the machine, so the browser is given a file of this user's that leads to the address.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The system's way to open a file, or undefined where there is nothing to show it on. */
export function browserCommand(
  environment: Readonly<Record<string, string | undefined>>,
  platform = process.platform,
): readonly [program: string, ...before: string[]] | undefined {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return environment.DISPLAY || environment.WAYLAND_DISPLAY ? ['xdg-open'] : undefined;
}

/** A page that leads to `url`, which only this user can read. Throws the system's error. */
export function writeLaunchPage(folder: string, url: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `open-${randomBytes(8).toString('hex')}.html`);
  const page = `<!doctype html><meta charset="utf-8"><title>Hashlane</title><meta http-equiv="refresh" content="0; url=${url}"><a href="${url}">Open Hashlane</a>\n`;
  // guard: launch page for one user => writeFileSync(file, page, { mode: 0o644, flag: 'wx' })
  writeFileSync(file, page, { mode: 0o600, flag: 'wx' });
  return file;
}

/**
 * Opens `url` where there is a browser; where there is none the address was printed anyway. Returns
 * what removes the page again.
 */
export function openBrowser(
  url: string,
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): () => void {
  const command = browserCommand(environment);
  if (command === undefined) return () => undefined;
  const page = writeLaunchPage(folder, url);
  const [program, ...before] = command;
  // guard: no secret in arguments => const child = spawn(program, [...before, url], { stdio: 'ignore', detached: true });
  const child = spawn(program, [...before, page], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
  return () => rmSync(page, { force: true });
}
