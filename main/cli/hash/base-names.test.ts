/** Names relative to a folder, with the real engine and the programs that check lists. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Scratch } from '../testing/scratch.ts';

const entry = fileURLToPath(new URL('../entry.ts', import.meta.url));

let scratch: Scratch;
beforeEach(() => {
  scratch = new Scratch();
  scratch.file('photos/a', 'x');
  scratch.file('photos/deep/\xff b', 'y');
  scratch.file('other/c', 'z');
});
afterEach(() => scratch.remove());

function hashlane(...argv: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [entry, ...argv], { cwd: scratch.folder, encoding: 'latin1' });
  return { status, stderr };
}

const names = (list: string): string[] =>
  scratch
    .shell(`cat ${list}`)
    .split('\n')
    .slice(0, -1)
    .map((line) => line.slice(66));

/** Whether GNU's own program finds and accepts every file from the folder of the list. */
const check = (list: string): string =>
  scratch.shell(`cd "$(dirname ${list})" && sha256sum --quiet --strict -c "$(basename ${list})" && echo well`);

describe('an output in the folder that is hashed', () => {
  test('names files from where it lies, and says so', () => {
    const { status, stderr } = hashlane('-o', 'photos/SUMS', 'photos');
    expect(status).toBe(0);
    expect(stderr).toMatch(/^hashlane: names are relative to the output's folder, .*\/photos; --base \. keeps .*\n$/);
    expect(names('photos/SUMS')).toEqual(['a', 'deep/\xff b']);
    expect(check('photos/SUMS')).toBe('well\n');
  });

  test('names them as they were given with --base .', () => {
    expect(hashlane('--base', '.', '-o', 'photos/SUMS', 'photos')).toEqual({ status: 0, stderr: '' });
    expect(names('photos/SUMS')).toEqual(['photos/a', 'photos/deep/\xff b']);
  });

  test('also reaches what lies beside and above it', () => {
    expect(hashlane('-o', 'photos/deep/SUMS', 'photos', 'other').status).toBe(0);
    expect(names('photos/deep/SUMS')).toEqual(['../a', '\xff b', '../../other/c']);
    expect(check('photos/deep/SUMS')).toBe('well\n');
  });

  test('that is this folder changes nothing', () => {
    expect(hashlane('-o', 'SUMS', '.')).toEqual({ status: 0, stderr: '' });
    expect(names('SUMS')).toEqual(['./other/c', './photos/a', './photos/deep/\xff b']);
  });

  test('is found behind a link', () => {
    symlinkSync('photos', scratch.at('link'));
    expect(hashlane('-o', 'photos/SUMS', 'link').status).toBe(0);
    expect(names('photos/SUMS')).toEqual(['a', 'deep/\xff b']);
  });
});

test('an output elsewhere leaves names as they were given', () => {
  expect(hashlane('-o', 'other/SUMS', 'photos')).toEqual({ status: 0, stderr: '' });
  expect(names('other/SUMS')).toEqual(['photos/a', 'photos/deep/\xff b']);
});

describe('--base', () => {
  test('is the folder that names lead from, whatever form the paths have', () => {
    mkdirSync(scratch.at('lists'));
    const paths = ['photos/', `${scratch.folder}/other/c`, './photos/deep'];
    expect(hashlane('--base', 'lists', '-o', 'lists/SUMS', ...paths)).toEqual({ status: 0, stderr: '' });
    expect(names('lists/SUMS')).toEqual([
      '../photos/a',
      '../photos/deep/\xff b',
      '../other/c',
      '../photos/deep/\xff b',
    ]);
    expect(check('lists/SUMS')).toBe('well\n');
  });

  test('that is no folder is a failure', () => {
    expect(hashlane('--base', 'none', 'photos').status).toBe(1);
    expect(hashlane('--base', 'other/c', 'photos').stderr).toContain('cannot name files relative to other/c');
  });

  test('leaves standard input its name', () => {
    scratch.shell(`printf x | "${process.execPath}" "${entry}" --base photos -o list -`);
    expect(names('list')).toEqual(['-']);
  });
});
