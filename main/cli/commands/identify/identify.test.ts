import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { TestWorld } from '../../testing/test-world.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'hashlane-identify-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let folder = '';
let count = 0;
beforeEach(() => {
  folder = path.join(scratch, `folder-${count++}`);
  mkdirSync(folder);
});

async function identify(...argv: string[]) {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  const status = await world.run('identify', ...argv);
  return { status, printed: world.printed.split('  ')[0], said: world.said };
}

function write(name: string, content: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
}

/** What Git itself calls the folder. */
function byGit(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  git('init', '-q');
  git('add', '-A', '-f');
  const tree = git('write-tree');
  rmSync(path.join(folder, '.git'), { recursive: true });
  return tree;
}

test('a folder is called what Git calls it, with executable files, links and names around a slash', async () => {
  for (const name of ['a/x', 'a-b', 'a.c', 'a0', 'deep/er/file', 'é ü', 'empty'])
    write(name, name === 'empty' ? '' : name);
  write('run', '#!/bin/sh\n');
  chmodSync(path.join(folder, 'run'), 0o755);
  symlinkSync('a/x', path.join(folder, 'link'));
  symlinkSync('nowhere', path.join(folder, 'broken'));
  const tree = byGit();
  expect(await identify(folder)).toEqual({ status: 0, said: '', printed: `swh:1:dir:${tree}` });
});

test('an empty folder counts, and a file has a name, too', async () => {
  // Git's name of the empty tree.
  expect((await identify(folder)).printed).toBe('swh:1:dir:4b825dc642cb6eb9a060e54bf8d69288fbee4904');
  mkdirSync(path.join(folder, 'empty'));
  const entry = Buffer.concat([
    Buffer.from('40000 empty\0'),
    Buffer.from('4b825dc642cb6eb9a060e54bf8d69288fbee4904', 'hex'),
  ]);
  const expected = createHash('sha1').update(`tree ${entry.length}\0`).update(entry).digest('hex');
  expect((await identify(folder)).printed).toBe(`swh:1:dir:${expected}`);
  write('file', 'test content\n');
  expect((await identify(path.join(folder, 'file'))).printed).toBe(
    'swh:1:cnt:d670460b4b4aece5915caf5c68d12f560a9fe3e4',
  );
});

test('a dirHash is of the sorted lines of sha256sum', async () => {
  const names = ['a/x', 'a-b', 'b'];
  for (const name of names) write(name, name);
  const lines = (prefix: string): string =>
    // By their bytes: a hyphen comes before a slash.
    ['a-b', 'a/x', 'b']
      .map((name) => `${createHash('sha256').update(name).digest('hex')}  ${prefix}${name}\n`)
      .join('');
  const expected = (prefix: string): string => `h1:${createHash('sha256').update(lines(prefix)).digest('base64')}`;
  expect(await identify('--as', 'dirhash', folder)).toEqual({ status: 0, said: '', printed: expected('') });
  expect((await identify('--as', 'dirhash', '--prefix', 'example.org/m@v1.0.0', folder)).printed).toBe(
    expected('example.org/m@v1.0.0/'),
  );
});

test('what has no name is refused', async () => {
  write('a\nb', 'x');
  expect(await identify('--as', 'dirhash', folder)).toMatchObject({
    status: 1,
    said: expect.stringContaining('line feed'),
  });
  expect((await identify(folder)).status).toBe(0);
  expect(await identify('--as', 'dirhash', path.join(folder, 'a\nb'))).toMatchObject({
    status: 1,
    said: expect.stringContaining('no folder'),
  });
  expect(await identify(path.join(folder, 'nothing'))).toMatchObject({
    status: 1,
    said: expect.stringContaining('nothing'),
  });
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  expect(await identify(folder)).toMatchObject({ status: 1, said: expect.stringContaining('no file, folder or link') });
});
