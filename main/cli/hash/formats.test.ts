/** What the command writes, its own programs verify, and so does Hashlane. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadEngine } from '../../engine/native-engine.ts';
import { hasProgram, Scratch } from '../testing/scratch.ts';
import { TestWorld } from '../testing/test-world.ts';

const names = ['a', 'b c', 'd/e', 'd/ü'];
let scratch: Scratch;
beforeAll(() => {
  scratch = new Scratch();
  for (const name of names) scratch.file(`tree/${Buffer.from(name).toString('latin1')}`, name);
});
afterAll(() => scratch.remove());

async function run(...argv: string[]) {
  const world = new TestWorld();
  world.engine = loadEngine({ threads: 2 });
  const status = await world.run(...argv);
  return { status, printed: world.printed, said: world.said };
}

/** Writes a list whose names are relative to `tree`, and puts it beside that. */
async function write(file: string, ...options: string[]): Promise<void> {
  const list = scratch.at(file);
  expect((await run(...options, '-o', list, scratch.at('tree'))).status).toBe(0);
  scratch.shell(`sed -i "s#${scratch.at('tree')}/##" ${file}`);
}

const programs: readonly [string, string, readonly string[], string, string][] = [
  ['sfv', 'l.sfv', ['--format', 'sfv'], 'rhash', 'cd tree && rhash -c ../l.sfv'],
  [
    'hashdeep',
    'l.hashdeep',
    ['--format', 'hashdeep'],
    'hashdeep',
    'cd tree && hashdeep -rla -k ../l.hashdeep a "b c" d',
  ],
  ['corz', 'l.hash', ['--format', 'corz'], 'md5sum', 'cd tree && md5sum --check --quiet ../l.hash'],
  ['bsd of xxh3', 'l.xxh3', ['-a', 'xxh3-64', '--format', 'bsd'], 'xxhsum', 'cd tree && xxhsum -c -q ../l.xxh3'],
  ['bsd', 'l.bsd', ['-a', 'sha512', '--format', 'bsd'], 'sha512sum', 'cd tree && sha512sum --check --quiet ../l.bsd'],
];

describe.each(programs)('%s', (_format, file, options, program, check) => {
  test.skipIf(!hasProgram(program))(`is verified by ${program}`, async () => {
    await write(file, ...options);
    expect(() => scratch.shell(check)).not.toThrow();
  });

  test('is verified by Hashlane, which sees a change', async () => {
    await write(file, ...options);
    const verify = () => run('verify', '--root', scratch.at('tree'), scratch.at(file));
    expect(await verify()).toMatchObject({ status: 0, said: '' });
    scratch.file('tree/a', 'A');
    expect((await verify()).status).toBe(1);
    scratch.file('tree/a', 'a');
  });
});

test('lines end with NUL, with names as they are, as those of sha256sum do', async () => {
  scratch.file('zero/x\ny', 'x');
  scratch.file('zero/z\\', 'z');
  const { printed } = await run('-z', scratch.at('zero'));
  expect(printed.split('\0').map((line) => line.slice(66 + scratch.folder.length))).toEqual([
    '/zero/x\ny',
    '/zero/z\\',
    '',
  ]);
  await run('-z', '--base', scratch.at('zero'), '-o', scratch.at('l.zero'), scratch.at('zero'));
  expect(scratch.shell('cat l.zero')).toBe(scratch.shell('cd zero && sha256sum -z *'));
  expect(await run('verify', '--root', scratch.at('zero'), scratch.at('l.zero'))).toMatchObject({ status: 0 });
});

test('digests may be in upper case or base64, and Hashlane verifies them', async () => {
  for (const [file, option] of [
    ['l.upper', '--upper'],
    ['l.base64', '--base64'],
  ] as const) {
    await write(file, option);
    expect(await run('verify', '--root', scratch.at('tree'), scratch.at(file))).toMatchObject({ status: 0 });
  }
  expect(scratch.shell('cut -c1-64 l.upper | tr A-F a-f | sort')).toBe(
    scratch.shell('cd tree && sha256sum a "b c" d/* | cut -c1-64 | sort'),
  );
  expect((await run('--upper', '--format', 'json', scratch.at('tree'))).status).toBe(2);
  expect((await run('--upper', '--base64', scratch.at('tree'))).status).toBe(2);
});

test('subresource integrity is that of OpenSSL', async () => {
  const { printed } = await run('--format', 'sri', scratch.at('tree', 'a'));
  const expected = scratch.shell('openssl dgst -sha384 -binary tree/a | openssl base64 -A');
  expect(printed.split('  ')[0]).toBe(`sha384-${expected}`);
});

test('a name that a format cannot write is a failure that is said, and the others are written', async () => {
  scratch.file('odd/x\ny', 'x');
  scratch.file('odd/z', 'z');
  const { status, printed, said } = await run('--format', 'sfv', scratch.at('odd'));
  expect(status).toBe(1);
  expect(printed).toMatch(/^\S+odd\/z [0-9a-f]{8}\n$/);
  expect(said).toContain('x\\ny: its name has a line end, which this format cannot write');
});
