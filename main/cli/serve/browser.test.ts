import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../app/testing/world.ts';
import { browserCommand, openBrowser, writeLaunchPage } from './browser.ts';

const url = 'http://127.0.0.1:1234/#token=secret';
let folder: string;

beforeEach(() => {
  folder = path.join(temporaryFolder(), 'data');
});

test('a browser is opened only where there is a screen', () => {
  expect(browserCommand({}, 'linux')).toBeUndefined();
  expect(browserCommand({ DISPLAY: ':0' }, 'linux')).toEqual(['xdg-open']);
  expect(browserCommand({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toEqual(['xdg-open']);
  expect(browserCommand({}, 'darwin')).toEqual(['open']);
});

test.skipIf(process.platform === 'win32')('opening the browser passes no token on a command line', async () => {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    path.join(bin, 'xdg-open'),
    `#!/bin/sh\nprintf '%s' "$*" > "${folder}/arguments.tmp"\nmv "${folder}/arguments.tmp" "${folder}/arguments"\n`,
  );
  chmodSync(path.join(bin, 'xdg-open'), 0o755);
  vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
  const remove = openBrowser(url, folder, { DISPLAY: ':0' });
  await vi.waitUntil(() => readdirSync(folder).includes('arguments'), { timeout: 10_000 });
  vi.unstubAllEnvs();
  const given = readFileSync(path.join(folder, 'arguments'), 'utf8');
  expect(given).not.toContain('secret');
  expect(readFileSync(given, 'utf8')).toContain(`url=${url}"`);
  remove();
  expect(readdirSync(folder).filter((name) => name.startsWith('open-'))).toEqual([]);
});

test.skipIf(process.platform === 'win32')('the page that leads to the app is readable by this user only', () => {
  const page = writeLaunchPage(folder, url);
  expect(statSync(page).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});
