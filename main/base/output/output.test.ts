import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openOutput, replaceFile } from './output.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (file: string): string => readFileSync(file, 'latin1');
const isRoot = process.geteuid?.() === 0;
const onLinux = process.platform === 'linux';

/** A folder, and a file of it with these contents. */
function folderWith(contents?: string, mode = 0o644) {
  const folder = temporaryFolder();
  const file = path.join(folder, 'sums');
  if (contents !== undefined) writeFileSync(file, contents);
  if (contents !== undefined) chmodSync(file, mode);
  return { folder, file };
}

describe('a file', () => {
  test('appears whole at the end, and is as before when it is discarded', async () => {
    const { folder, file } = folderWith('before');
    const output = await openOutput(file);
    await output.write(bytes('half'));
    expect(text(file)).toBe('before');
    await output.discard();
    expect(text(file)).toBe('before');
    await replaceFile(file, [bytes('a'), bytes('b')]);
    expect(text(file)).toBe('ab');
    expect(readdirSync(folder)).toEqual(['sums']);
  });

  test('keeps the mode of the one it replaces, without its set-id bits', async () => {
    const { file } = folderWith('before', 0o6751);
    await replaceFile(file, [bytes('a')]);
    expect(statSync(file).mode & 0o7777).toBe(0o751);
  });

  test('that is write-protected is refused, and replaced by force', async () => {
    const { file } = folderWith('before', 0o444);
    await expect(openOutput(file)).rejects.toMatchObject({
      code: 'EACCES',
      message: `cannot write ${file}: it is write-protected (EACCES)`,
    });
    await replaceFile(file, [bytes('after')], { force: true });
    expect(text(file)).toBe('after');
    expect(statSync(file).mode & 0o777).toBe(0o444);
  });

  test('that is a folder is refused', async () => {
    const folder = temporaryFolder();
    await expect(openOutput(folder)).rejects.toMatchObject({ code: 'EISDIR' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('has one identity however it is spelled, whether it exists or not', async () => {
    const { folder, file } = folderWith();
    symlinkSync('sums', path.join(folder, 'link'));
    const identities = [];
    for (const name of [file, `${folder}/./sums`, path.join(folder, 'link')]) {
      const output = await openOutput(name);
      identities.push(output.identity);
      await output.discard();
    }
    expect(new Set(identities).size).toBe(1);
    const other = await openOutput(path.join(folder, 'others'));
    expect(identities).not.toContain(other.identity);
    await other.discard();
  });
});

describe('a link', () => {
  test('stays a link, and what it leads to is replaced', async () => {
    const { folder, file } = folderWith('before');
    const link = path.join(folder, 'link');
    symlinkSync('sums', link);
    await replaceFile(link, [bytes('after')]);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(text(file)).toBe('after');
  });

  test('that leads nowhere creates what it names', async () => {
    const { folder } = folderWith();
    mkdirSync(path.join(folder, 'real'));
    const link = path.join(folder, 'link');
    symlinkSync('real/sums', link);
    await replaceFile(link, [bytes('new')]);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(text(path.join(folder, 'real', 'sums'))).toBe('new');
  });

  test('that leads to itself is refused', async () => {
    const link = path.join(temporaryFolder(), 'link');
    symlinkSync('link', link);
    await expect(openOutput(link)).rejects.toMatchObject({ code: 'ELOOP' });
  });

  test.runIf(isRoot && onLinux)('of another user in a sticky folder for all is refused', async () => {
    const { folder, file } = folderWith('before');
    const link = path.join(folder, 'link');
    symlinkSync('sums', link);
    execFileSync('chown', ['-h', '12345', link]);
    chmodSync(folder, 0o1777);
    await expect(openOutput(link)).rejects.toMatchObject({ code: 'EACCES' });
    expect(text(file)).toBe('before');
  });
});

describe('somebody else in the same folder', () => {
  test('a file that takes the place of the old one is not replaced, and the finished one is kept and named', async () => {
    const { folder, file } = folderWith('before');
    const output = await openOutput(file);
    await output.write(bytes('finished'));
    writeFileSync(path.join(folder, 'other'), 'another');
    renameSync(path.join(folder, 'other'), file);
    const error = await output.commit().catch((failure: Error) => failure);
    const [kept] = readdirSync(folder).filter((name) => name !== 'sums');
    expect(error).toMatchObject({ message: expect.stringContaining(path.join(folder, kept!)), code: 'EEXIST' });
    expect(text(file)).toBe('another');
    expect(text(path.join(folder, kept!))).toBe('finished');
  });

  test('a link put in the place of the old file is not followed', async () => {
    const { folder, file } = folderWith('before');
    writeFileSync(path.join(folder, 'secret'), 'secret');
    const output = await openOutput(file);
    renameSync(file, path.join(folder, 'moved'));
    symlinkSync('secret', file);
    await expect(output.commit()).rejects.toMatchObject({ code: 'EEXIST' });
    expect(text(path.join(folder, 'secret'))).toBe('secret');
  });

  test.runIf(onLinux)('a folder put in the place of the old one gets nothing', async () => {
    const { folder } = folderWith();
    mkdirSync(path.join(folder, 'mine'));
    mkdirSync(path.join(folder, 'trap'));
    const output = await openOutput(path.join(folder, 'mine', 'sums'));
    renameSync(path.join(folder, 'mine'), path.join(folder, 'moved'));
    symlinkSync('trap', path.join(folder, 'mine'));
    await output.commit();
    expect(readdirSync(path.join(folder, 'trap'))).toEqual([]);
    expect(readdirSync(path.join(folder, 'moved'))).toEqual(['sums']);
  });

  test.runIf(isRoot)('is given no file in a folder that others may write to', async () => {
    const { folder, file } = folderWith('before');
    chownSync(file, 12_345, 12_345);
    chownSync(folder, 12_345, 12_345);
    await replaceFile(file, [bytes('after')]);
    expect(statSync(file).uid).toBe(0);
    chownSync(file, 12_345, 12_345);
    chownSync(folder, 0, 0);
    await replaceFile(file, [bytes('after')]);
    expect(statSync(file).uid).toBe(12_345);
  });
});

describe('what cannot be replaced', () => {
  test.runIf(onLinux)('a descriptor is written where it stands, and appended to where it appends', async () => {
    const { file } = folderWith('before\n');
    const fd = openSync(file, 'a');
    try {
      const output = await openOutput(`/dev/fd/${fd}`);
      await output.write(bytes('after\n'));
      await output.commit();
    } finally {
      closeSync(fd);
    }
    expect(text(file)).toBe('before\nafter\n');
    await expect(openOutput('/proc/self/fd/987654')).rejects.toMatchObject({ code: 'EBADF' });
  });

  test('a device stays one', async () => {
    await replaceFile('/dev/null', [bytes('gone')]);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test.runIf(onLinux)('a pipe without a reader waits, and the signal ends the waiting', async () => {
    const pipe = path.join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const interruption = new AbortController();
    const opening = openOutput(pipe, { signal: interruption.signal });
    interruption.abort();
    await expect(opening).rejects.toThrow('cannot write');
    expect(existsSync(pipe)).toBe(true);
  });

  test.runIf(onLinux)('a pipe with a reader gets the bytes', async () => {
    const pipe = path.join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    await replaceFile(pipe, [bytes('through')]);
    const got = new Uint8Array(7);
    expect(readSync(reader, got)).toBe(7);
    closeSync(reader);
    expect(new TextDecoder().decode(got)).toBe('through');
  });
});

test('leftovers of a week ago are removed, younger ones and other files stay', async () => {
  const { folder, file } = folderWith();
  const old = `.hashlane-${'0'.repeat(16)}.part`;
  const young = `.hashlane-${'1'.repeat(16)}.part`;
  const foreign = '.hashlane-notes.part';
  for (const name of [old, young, foreign]) writeFileSync(path.join(folder, name), 'x');
  for (const name of [old, foreign]) utimesSync(path.join(folder, name), 1, 1);
  await replaceFile(file, [bytes('a')]);
  expect(readdirSync(folder).sort()).toEqual([foreign, young, 'sums'].sort());
});
