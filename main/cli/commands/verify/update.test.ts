import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch = new Scratch();
beforeEach(() => {
  scratch = new Scratch();
  for (const name of ['a', 'b', 'c']) scratch.file(name);
});
afterEach(() => scratch.remove());

async function verify(...argv: string[]) {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  const status = await world.run('verify', ...argv, scratch.at('SUMS'));
  return { status, printed: Buffer.from(world.printed, 'latin1').toString(), said: world.said };
}
const list = () => readFileSync(scratch.at('SUMS'), 'latin1');
const damage = () => {
  rmSync(scratch.at('a'));
  scratch.file('sub/new', 'new');
  renameSync(scratch.at('b'), scratch.at('sub/b'));
  scratch.file('c', 'changed');
};

describe.each([
  ['GNU', 'sha256sum a b c', 'sha256sum sub/b c sub/new', 'sha256sum -c'],
  ['binary GNU', 'sha1sum -b a b c', 'sha1sum -b sub/b c sub/new', 'sha1sum -c'],
  ['tagged BSD', 'sha512sum --tag a b c', 'sha512sum --tag sub/b c sub/new', 'sha512sum -c'],
  ['OpenSSL', 'openssl dgst -sha256 a b c', 'openssl dgst -sha256 sub/b c sub/new', ''],
  ['NUL ended', 'md5sum -z a b c', 'md5sum -z sub/b c sub/new', 'md5sum -z -c'],
])('%s lists', (_, write, rewritten) => {
  test('take what was asked for, and become what the tool would write', async () => {
    scratch.shell(`${write} > SUMS`);
    damage();
    expect(await verify('--update', 'add,drop,moves', '--accept', 'c')).toMatchObject({ status: 0, said: '' });
    const changed = scratch.shell(`${rewritten} > expected; cat expected`);
    expect(list()).toBe(changed);
    rmSync(scratch.at('expected'));
    expect((await verify()).status).toBe(0);
  });
});

test('what was not asked for stays, and so does what is changed', async () => {
  scratch.shell('sha256sum a b c > SUMS');
  const before = list();
  damage();
  expect((await verify('--update', 'add')).status).toBe(1);
  const [a, b, c, ...added] = list().trimEnd().split('\n');
  expect(`${a}\n${b}\n${c}\n`).toBe(before);
  expect(added.map((line) => line.slice(66))).toEqual(['sub/new']);
  expect((await verify('--update', 'add,drop,moves')).status).toBe(1);
  expect(list()).toContain(`${c}\n`);
});

test('comments, blank lines, carriage returns, the mark, upper case and ./ stay as they are', async () => {
  const sum = (name: string) => scratch.shell(`sha256sum ${name} | head -c 64`).toUpperCase();
  const lines = ['\u00ef\u00bb\u00bf# first', `${sum('a')}  ./a`, '', `${sum('b')} *./b`, '# last'];
  scratch.file('SUMS', Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1'));
  rmSync(scratch.at('a'));
  rmSync(scratch.at('c'));
  renameSync(scratch.at('b'), scratch.at('B'));
  scratch.file('new', 'new');
  expect(await verify('--update', 'add,drop,moves')).toMatchObject({ status: 0 });
  expect(list().split('\r\n')).toEqual([
    lines[0],
    '',
    lines[3]!.replace('./b', './B'),
    '# last',
    `${sum('new')}  ./new`,
    '',
  ]);
});

test('names with line ends and backslashes are escaped where the dialect can, and refused where it cannot', async () => {
  scratch.shell('sha256sum a b c > SUMS');
  scratch.file('odd\nname\\x', 'odd');
  expect((await verify('--update', 'add')).status).toBe(0);
  expect(list()).toContain('  odd\\nname\\\\x\n');
  scratch.shell('sha256sum -c SUMS');
  writeFileSync(scratch.at('SUMS'), 'a E8B7BE43\n');
  const { status, said } = await verify('--update', 'add');
  expect(status).toBe(1);
  expect(said).toContain('(UPDATE_NAME)');
  expect(list()).toBe('a E8B7BE43\n');
});

test.each([
  [
    'a signed list',
    '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nLINE\n-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n',
    'UPDATE_SIGNED',
  ],
  [
    'JSON',
    '[{"path":"a","size":1,"status":"ok","digests":{"sha1":"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"}}]',
    'UPDATE_DIALECT',
  ],
])('%s is refused and stays', async (_, text, code) => {
  const line = scratch.shell('sha256sum a').trimEnd();
  writeFileSync(scratch.at('SUMS'), text.replace('LINE', line));
  const before = list();
  const { said, status } = await verify('--update', 'drop');
  expect(status).toBe(1);
  expect(said).toContain(`(${code})`);
  expect(list()).toBe(before);
});

test('a folder in which nothing is left loses no entry', async () => {
  scratch.shell('sha256sum a b c > SUMS; rm a b c');
  const before = list();
  expect((await verify('--update', 'drop')).said).toContain('(UPDATE_NOTHING_LEFT)');
  expect(list()).toBe(before);
});

test('nothing to change leaves the file alone', async () => {
  scratch.shell('sha256sum a b c > SUMS');
  const { ino } = statSync(scratch.at('SUMS'));
  expect((await verify('--update', 'add,drop,moves')).status).toBe(0);
  expect(statSync(scratch.at('SUMS')).ino).toBe(ino);
});

test('several manifests, standard input and unknown words are wrong usage', async () => {
  scratch.shell('sha256sum a b c > SUMS');
  expect((await verify('--update', 'add', scratch.at('SUMS'))).status).toBe(2);
  expect((await verify('--update', 'everything')).status).toBe(2);
  expect((await verify('--unlisted', 'ignore', '--update', 'add')).status).toBe(2);
});
