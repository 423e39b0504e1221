import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../base/testing/temporary-folder.ts';
import { isLocked, takeLock } from './lock.ts';

const program = `
  const { takeLock } = await import(${JSON.stringify(path.join(import.meta.dirname, 'lock.ts'))});
  const lock = await takeLock(process.argv[1]);
  process.stdout.write(lock === null ? 'refused' : 'taken');
  setInterval(() => undefined, 1000);
`;

/** A process that takes the lock and keeps it; `before`: what it is run by. */
async function holder(file: string, ...before: string[]) {
  const [command, ...args] = [...before, process.execPath, '--input-type=module', '-e', program, file];
  const child = spawn(command!, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<string>((resolve) => child.stdout.once('data', (text) => resolve(String(text))));
  const gone = new Promise((resolve) => child.once('exit', resolve));
  return {
    said,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

test('a lock is held by one, and free again once it is given back', async () => {
  const file = path.join(temporaryFolder(), 'a.hlj');
  const lock = await takeLock(file);
  expect(await isLocked(file)).toBe(true);
  expect(await takeLock(file)).toBeNull();
  await lock!.release();
  expect(await isLocked(file)).toBe(false);
  expect(existsSync(`${file}.lock`)).toBe(false);
});

test('a killed process holds nothing', async () => {
  const file = path.join(temporaryFolder(), 'a.hlj');
  const other = await holder(file);
  expect(other.said).toBe('taken');
  expect(await takeLock(file)).toBeNull();
  await other.kill();
  expect(await isLocked(file)).toBe(false);
  const lock = await takeLock(file);
  expect(lock).not.toBeNull();
  await lock!.release();
});

test('a path longer than a socket may have is no hindrance', async () => {
  const file = path.join(temporaryFolder(), 'x'.repeat(120), 'a.hlj');
  spawnSync('mkdir', ['-p', path.dirname(file)]);
  const lock = await takeLock(file);
  expect(await isLocked(file)).toBe(true);
  await lock!.release();
  expect(await isLocked(file)).toBe(false);
});

test('of many that take what a dead one left, one gets it', async () => {
  const file = path.join(temporaryFolder(), 'a.hlj');
  await (await holder(file)).kill();
  const locks = await Promise.all(Array.from({ length: 8 }, () => takeLock(file)));
  expect(locks.filter((lock) => lock !== null)).toHaveLength(1);
});

const inNamespaces = [
  'unshare',
  '--user',
  '--map-root-user',
  '--pid',
  '--fork',
  '--mount-proc',
  '--net',
  '--kill-child',
];
const canUnshare = spawnSync(inNamespaces[0]!, [...inNamespaces.slice(1), 'true']).status === 0;

test.runIf(canUnshare)(
  'a process in a pid and network namespace of its own is seen, and is seen to be gone',
  async () => {
    const file = path.join(temporaryFolder(), 'a.hlj');
    const other = await holder(file, ...inNamespaces);
    expect(other.said).toBe('taken');
    expect(await takeLock(file)).toBeNull();
    await other.kill();
    await expect.poll(() => isLocked(file)).toBe(false);
  },
);

test('where there are no sockets, a file names the owner: one that is gone holds nothing', async () => {
  const file = path.join(temporaryFolder(), 'a.hlj');
  const host = hostname();
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const namespace = readlinkSync('/proc/self/ns/pid');
  const started = readFileSync('/proc/self/stat', 'utf8').replace(/^.*\)/s, '').trim().split(' ')[19];
  const cases: [string[], boolean][] = [
    [[host, boot, namespace, String(process.pid), started!], true],
    [[host, boot, namespace, String(process.pid), '1'], false],
    [[host, 'another-boot', namespace, String(process.pid), started!], false],
    [[host, boot, 'pid:[1]', String(process.pid), started!], true],
    [['elsewhere', 'another-boot', namespace, '1', '1'], true],
  ];
  for (const [lines, held] of cases) {
    mkdirSync(`${file}.lock`, { recursive: true });
    writeFileSync(`${file}.lock/owner`, lines.join('\n'));
    expect(await isLocked(file), lines.join(' ')).toBe(held);
  }
});
