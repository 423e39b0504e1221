/** `run` with the real engine on real files. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadEngine } from '../engine/native-engine.ts';
import { Scratch } from './testing/scratch.ts';
import { TestWorld } from './testing/test-world.ts';

const entry = fileURLToPath(new URL('./entry.ts', import.meta.url));

let scratch: Scratch;
let world: TestWorld;

beforeEach(() => {
  scratch = new Scratch();
  world = newWorld();
});
afterEach(() => scratch.remove());

function newWorld(): TestWorld {
  const fresh = new TestWorld();
  Object.assign(fresh, { loadEngine });
  return fresh;
}

const sha256 = (contents: string): string => createHash('sha256').update(contents, 'latin1').digest('hex');

/** The lines printed, with the scratch folder taken away from the names. */
const lines = (): string[] => world.printed.replaceAll(`${scratch.folder}/`, '').split('\n').slice(0, -1);

/** The names printed in gnu format, below the scratch folder. */
const names = (): string[] => lines().map((line) => line.slice(66));

interface JsonRecord {
  readonly path: string;
  readonly pathBase64?: string;
  readonly size: number;
  readonly status: string;
  readonly digests?: Record<string, string>;
  readonly error?: { code: string; message: string };
}

const records = (): JsonRecord[] => lines().map((line) => JSON.parse(line) as JsonRecord);

const maySeparate = spawnSync('unshare', ['-rm', 'true']).status === 0;

describe('a folder', () => {
  test.runIf(maySeparate)('on another file system is left out on demand, and that is said', async () => {
    scratch.file('folder/file');
    mkdirSync(scratch.at('folder/mount'));
    // A name space of its own: the mount is gone with the process.
    const script = `mount -t tmpfs none '${scratch.at('folder/mount')}' && touch '${scratch.at('folder/mount/other')}' &&
      exec '${process.execPath}' '${entry}' --one-file-system --format jsonl '${scratch.at('folder')}'`;
    const { stdout, stderr, status } = spawnSync('unshare', ['-rm', 'sh', '-c', script], { encoding: 'utf8' });
    expect(stderr).toContain('mount: skipped: on another file system, not entered (OTHER_FILE_SYSTEM)');
    expect(stdout).not.toContain('mount/');
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(status).toBe(0);
  });

  test('is walked depth first, names in the order of their bytes', async () => {
    for (const name of ['b', 'a/z', 'a/B', 'a.txt', 'B', '\xff', '\xc3\xa9', 'a/b/c', '10', '9']) scratch.file(name);
    expect(await world.run(scratch.folder)).toBe(0);
    expect(names()).toEqual(['10', '9', 'B', 'a/B', 'a/b/c', 'a/z', 'a.txt', 'b', '\xc3\xa9', '\xff']);
  });

  test('gives the same results on any number of threads', async () => {
    for (let n = 0; n < 300; n++) scratch.file(`${n % 7}/${n}`, 'x'.repeat((n * 977) % 70_000));
    const printed: string[] = [];
    for (const threads of ['1', '2', '5']) {
      world = newWorld();
      expect(await world.run('--threads', threads, scratch.folder)).toBe(0);
      printed.push(world.printed);
    }
    expect(new Set(printed).size).toBe(1);
    expect(printed[0]?.split('\n')).toHaveLength(301);
  });

  test('of 2,000 small files is right in every one', async () => {
    for (let n = 0; n < 2000; n++) scratch.file(`${n % 50}/${n}`, n % 10 === 0 ? '' : `contents of ${n}`);
    expect(await world.run('--format', 'jsonl', scratch.folder)).toBe(0);
    expect(records()).toHaveLength(2000);
    for (const { path: name, digests } of records()) {
      const n = Number(name.split('/')[1]);
      expect(digests?.sha256).toBe(sha256(n % 10 === 0 ? '' : `contents of ${n}`));
    }
  });

  test('that is empty gives nothing and is well', async () => {
    expect(await world.run(scratch.folder)).toBe(0);
    expect(world.printed).toBe('');
  });
});

describe('odd names', () => {
  const odd = [
    'line\nfeed',
    'carriage\rreturn',
    'tab\t',
    'esc\x1b[2J',
    'back\\slash',
    '-dash',
    ' space ',
    '\xff\xe9',
    '"q",',
  ];

  test('come through every format', async () => {
    for (const name of odd) scratch.file(name);
    for (const format of ['gnu', 'bsd', 'jsonl', 'json', 'csv']) {
      world = newWorld();
      expect(await world.run('--format', format, scratch.folder)).toBe(0);
      for (const name of odd) expect(world.printed, `${format} ${name}`).toContain(sha256(name));
    }
  });

  test('are read back by sha256sum from both checksum formats', async () => {
    for (const name of odd) scratch.file(name);
    for (const format of ['gnu', 'bsd']) {
      const sums = path.join(scratch.folder, '..', `${path.basename(scratch.folder)}.sums`);
      expect(await newWorld().run('--format', format, '-o', sums, scratch.folder)).toBe(0);
      expect(scratch.shell(`sha256sum --check --strict '${sums}'; rm '${sums}'`).match(/: OK$/gm)).toHaveLength(
        odd.length,
      );
    }
  });

  test('that are not UTF-8 are given exactly in base64', async () => {
    scratch.file('\xff\xe9');
    expect(await world.run('--format', 'jsonl', scratch.folder)).toBe(0);
    const [record] = records();
    expect(Buffer.from(record?.pathBase64 ?? '', 'base64').toString('latin1')).toBe(`${scratch.folder}/\xff\xe9`);
  });

  test('in a path longer than the system takes at once are reached', async () => {
    const segment = 'n'.repeat(200);
    scratch.deepFile(segment, 30, 'deep');
    expect(await world.run(scratch.folder)).toBe(0);
    expect(lines()).toEqual([`${sha256('deep')}  ${`${segment}/`.repeat(30)}file`]);
  });
});

describe('what is not a plain file', () => {
  test('is skipped by its kind, told, and no failure', async () => {
    scratch.file('file');
    scratch.shell('mkfifo fifo; ln -s file link; ln -s nowhere dangling');
    const server = createServer().listen(scratch.at('socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    const status = await world.run('--format', 'jsonl', scratch.folder);
    server.close();
    expect(status).toBe(0);
    expect(records().map(({ path: name, status, error }) => [name, status, error?.code])).toEqual([
      ['dangling', 'skipped', 'SYMLINK'],
      ['fifo', 'skipped', 'FIFO'],
      ['file', 'ok', undefined],
      ['link', 'skipped', 'SYMLINK'],
      ['socket', 'skipped', 'SOCKET'],
    ]);
    expect(world.said.match(/: skipped: /g)).toHaveLength(4);
  });

  test('is not opened when it is named either, and is then a failure', async () => {
    expect(await world.run('--format', 'jsonl', '/dev/null')).toBe(1);
    expect(records().map(({ error }) => error?.code)).toEqual(['CHARACTER_DEVICE']);
  });
});

describe('symbolic links', () => {
  test('that are named are followed', async () => {
    scratch.file('file');
    symlinkSync('file', scratch.at('link'));
    expect(await world.run(scratch.at('link'))).toBe(0);
    expect(lines()).toEqual([`${sha256('file')}  link`]);
  });

  test('in a folder are followed on demand, and a loop ends', async () => {
    scratch.file('folder/file');
    scratch.shell('ln -s folder/file link; ln -s .. folder/loop');
    await world.run('--follow-symlinks', '--format', 'jsonl', scratch.folder);
    const found = records().map(({ path: name, status, error }) => [name, status, error?.code]);
    expect(found).toContainEqual(['link', 'ok', undefined]);
    expect(found).toContainEqual(['folder/file', 'ok', undefined]);
    expect(found).toContainEqual(['folder/loop', 'skipped', 'FOLDER_LOOP']);
  });

  test('that point at themselves or nowhere are failures when they are named', async () => {
    scratch.shell('ln -s self self; ln -s nowhere dangling');
    expect(await world.run('--format', 'jsonl', scratch.at('self'), scratch.at('dangling'))).toBe(1);
    expect(records().map(({ error }) => error?.code)).toEqual(['ELOOP', 'ENOENT']);
  });
});

describe('failures', () => {
  test('do not keep the rest from being hashed', async () => {
    scratch.file('a');
    scratch.file('b');
    expect(await world.run(scratch.at('a'), scratch.at('gone'), scratch.at('a', 'below'), scratch.at('b'))).toBe(1);
    expect(names()).toEqual(['a', 'b']);
    expect(world.said).toContain('gone: no such file or folder (ENOENT)\n');
    expect(world.said).toContain('a/below: a part of the path is not a folder (ENOTDIR)\n');
  });

  test('of the device are told as such', async () => {
    expect(await world.run('--format', 'jsonl', '/proc/self/mem')).toBe(1);
    expect(records()).toMatchObject([{ status: 'unreadable', error: { code: 'EIO' } }]);
  });

  test.skipIf(process.getuid?.() === 0)('of permission are told as such', async () => {
    scratch.file('locked/file');
    scratch.file('secret');
    scratch.shell('chmod 0 locked secret');
    expect(await world.run('--format', 'jsonl', scratch.folder)).toBe(1);
    scratch.shell('chmod 700 locked');
    expect(records().map(({ status, error }) => [status, error?.code])).toEqual([
      ['unreadable', 'EACCES'],
      ['unreadable', 'EACCES'],
    ]);
  });
});

describe('filters', () => {
  beforeEach(() => {
    for (const name of ['a.txt', 'a.jpg', '.hidden', '.git/config', 'sub/b.txt', 'sub/deep/c.txt', 'tmp/d.txt']) {
      scratch.file(name);
    }
  });

  test.each([
    ['all', [], ['.git/config', '.hidden', 'a.jpg', 'a.txt', 'sub/b.txt', 'sub/deep/c.txt', 'tmp/d.txt']],
    ['--no-hidden', ['--no-hidden'], ['a.jpg', 'a.txt', 'sub/b.txt', 'sub/deep/c.txt', 'tmp/d.txt']],
    ['--include', ['--include', '*.jpg', '--include', 'c.*'], ['a.jpg', 'sub/deep/c.txt']],
    ['--exclude a folder', ['--no-hidden', '--exclude', 'sub'], ['a.jpg', 'a.txt', 'tmp/d.txt']],
    [
      '--exclude by path',
      ['--no-hidden', '--exclude', 'sub/*.txt', '--exclude', 'a.*'],
      ['sub/deep/c.txt', 'tmp/d.txt'],
    ],
    ['--max-depth 0', ['--max-depth', '0'], ['.hidden', 'a.jpg', 'a.txt']],
    ['--max-depth 1', ['--no-hidden', '--max-depth', '1'], ['a.jpg', 'a.txt', 'sub/b.txt', 'tmp/d.txt']],
  ])('%s', async (_, options, expected) => {
    expect(await world.run(...options, scratch.folder)).toBe(0);
    expect(names()).toEqual(expected);
  });
});

test('a list may name more files than a record can number its root', async () => {
  scratch.file('file');
  world.input = [Buffer.from(`${scratch.at('file')}\0`.repeat(70_000))];
  expect(await world.run('-a', 'crc32', '--files-from', '-', '-0')).toBe(0);
  expect(new Set(lines())).toEqual(new Set(['8c9f3610  file']));
  expect(lines()).toHaveLength(70_000);
});

test('standard input stands beside files', async () => {
  scratch.file('file');
  world.input = [Buffer.from('input')];
  expect(await world.run(scratch.at('file'), '-')).toBe(0);
  expect(lines().sort()).toEqual([`${sha256('file')}  file`, `${sha256('input')}  -`].sort());
});

test('the output of an earlier run in the folder is not hashed', async () => {
  scratch.file('file');
  for (const _ of [1, 2]) {
    world = newWorld();
    expect(await world.run('-o', scratch.at('sums'), scratch.folder)).toBe(0);
    expect(scratch.shell('cat sums').replaceAll(`${scratch.folder}/`, '')).toBe(`${sha256('file')}  file\n`);
  }
  expect(world.said).toContain('sums: left out');
});

test('the summary agrees with the results', async () => {
  scratch.file('a', 'four');
  scratch.shell('mkfifo fifo');
  expect(await world.run('--summary-json', '-', scratch.folder, scratch.at('gone'))).toBe(1);
  const summary: unknown = JSON.parse(lines().at(-1) ?? '');
  expect(summary).toMatchObject({ files: 3, bytes: 4, ok: 1, failed: 1, skipped: 1 });
});
