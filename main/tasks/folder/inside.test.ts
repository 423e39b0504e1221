import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../base/testing/temporary-folder.ts';
import { InsideFinder } from './inside.ts';

let folder = '';
let root = '';
beforeEach(() => {
  folder = temporaryFolder();
  root = path.join(folder, 'root');
  mkdirSync(path.join(root, 'sub'), { recursive: true });
  writeFileSync(path.join(root, 'sub', 'file'), 'abc');
  writeFileSync(path.join(folder, 'secret'), 'secret');
  mkdirSync(path.join(folder, 'beside'));
  writeFileSync(path.join(folder, 'beside', 'file'), '');
});

async function find(name: string) {
  const bytes = Buffer.from(root);
  const found = await new InsideFinder(bytes, bytes).find(Buffer.from(name));
  return found.kind === 'file' ? `${Buffer.from(found.path)} ${found.size} ${found.linked}` : found.kind;
}
const link = (target: string, name: string) => symlinkSync(target, path.join(root, name));

test('a file is found, and what is not there is missing', async () => {
  expect(await find('sub/file')).toBe('sub/file 3 false');
  for (const name of ['sub/gone', 'gone/file', 'sub/file/more']) expect(await find(name)).toBe('missing');
  expect(await find('sub')).toBe('unreadable');
});

describe('links', () => {
  test.each([
    ['sub', 'x/file', 'sub/file 3 true'],
    ['sub/file', 'x', 'sub/file 3 true'],
    ['./sub/../sub/./file', 'x', 'sub/file 3 true'],
    ['gone', 'x', 'missing'],
    ['x', 'x', 'unreadable'],
  ])('that stay below the root are followed: %s', async (target, name, expected) => {
    link(target, 'x');
    expect(await find(name)).toBe(expected);
  });

  test('that are absolute and stay below the root are followed', async () => {
    link(path.join(root, 'sub'), 'x');
    expect(await find('x/file')).toBe('sub/file 3 true');
  });

  test('an absolute link that leads out is outside, as a folder and as the file', async () => {
    link(path.join(folder, 'beside'), 'x');
    link(path.join(folder, 'secret'), 'y');
    link(`${root}-beside`, 'z');
    for (const name of ['x/file', 'y', 'z/file']) expect([name, await find(name)]).toEqual([name, 'outside']);
  });

  test('a link that climbs out is outside, also by way of another', async () => {
    link('../beside', 'x');
    link('sub/../../secret', 'y');
    link('x', 'z');
    for (const name of ['x/file', 'y', 'z/file']) expect([name, await find(name)]).toEqual([name, 'outside']);
  });
});
