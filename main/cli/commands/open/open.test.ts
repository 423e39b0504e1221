import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';
import { findApp } from './open.ts';

let scratch: Scratch;
beforeEach(() => {
  scratch = new Scratch();
});
afterEach(() => {
  vi.restoreAllMocks();
  scratch.remove();
});

/** The command's program within an app's folder. */
function program(): string {
  const folder = scratch.at('Hashlane', 'command', 'dist', 'cli');
  mkdirSync(folder, { recursive: true });
  return path.join(folder, 'hashlane');
}

test('the app is that whose folder the command lies in, on each system by its own name', () => {
  expect(findApp(program(), 'linux')).toBeUndefined();
  writeFileSync(scratch.at('Hashlane', 'hashlane-desktop'), '');
  writeFileSync(scratch.at('Hashlane', 'Hashlane.exe'), '');
  expect(findApp(program(), 'linux')).toBe(scratch.at('Hashlane', 'hashlane-desktop'));
  expect(findApp(program(), 'win32')).toBe(scratch.at('Hashlane', 'Hashlane.exe'));
});

test.skipIf(process.platform !== 'linux')(
  'the window is opened with the paths, and the command does not wait for it',
  async () => {
    const at = program();
    const app = scratch.at('Hashlane', 'hashlane-desktop');
    writeFileSync(
      app,
      `#!/bin/sh\nprintf '%s\\n' "$@" >'${scratch.at('given.new')}'\nmv '${scratch.at('given.new')}' '${scratch.at('given')}'\nexec sleep 5\n`,
    );
    chmodSync(app, 0o755);
    writeFileSync(at, '');
    vi.spyOn(process, 'execPath', 'get').mockReturnValue(at);
    const world = new TestWorld();
    expect(await world.run('open', 'a b', '--', '--odd')).toBe(0);
    await vi.waitUntil(() => existsSync(scratch.at('given')), { timeout: 10_000 });
    expect(readFileSync(scratch.at('given'), 'utf8')).toBe('--\na b\n--odd\n');
  },
);

test('where there is no app it says what to do instead', async () => {
  const world = new TestWorld();
  expect(await world.run('open')).toBe(1);
  expect(world.said).toContain("'hashlane serve' opens the app in a browser (NO_DESKTOP_APP)");
});
