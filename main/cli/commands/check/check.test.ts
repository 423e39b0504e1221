import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { hasProgram, Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch = new Scratch();
beforeEach(() => {
  scratch = new Scratch();
  scratch.file('a.txt', 'a');
  scratch.file('b.txt', 'b');
  scratch.file('copy of a.txt', 'a');
});
afterEach(() => scratch.remove());

async function check(expected: string, ...files: string[]) {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  const argv = ['check', '--', expected, ...files.map((name) => scratch.at(name))];
  const status = await world.run(...argv);
  return { status, printed: Buffer.from(world.printed, 'latin1').toString(), said: world.said };
}

const digest = (name: string, text = 'a', encoding: 'hex' | 'base64' = 'hex') =>
  createHash(name).update(text).digest(encoding);

test('a matching digest is OK, and says of what algorithm, what it is worth and what was tried', async () => {
  const { status, printed } = await check(digest('sha256'), 'a.txt');
  expect(status).toBe(0);
  expect(printed).toMatch(
    /a\.txt: OK: SHA-256 \(hexadecimal\), detects accidents and attackers; tried SHA-256, .*BLAKE3/,
  );
});

test('another digest is DIFFERENT', async () => {
  const { status, printed } = await check(digest('sha256'), 'b.txt');
  expect(status).toBe(1);
  expect(printed).toMatch(/b\.txt: DIFFERENT: tried SHA-256, /);
});

test.each([
  ['sha3-256', 'SHA3-256'],
  ['sha1', 'SHA-1'],
  ['md5', 'MD5'],
  ['sha512-256', 'SHA-512/256'],
  ['sha384', 'SHA-384'],
])('%s is found by its length alone', async (name, label) => {
  const { status, printed } = await check(digest(name, 'a', 'base64'), 'a.txt');
  expect(status).toBe(0);
  expect(printed).toContain(`OK: ${label} (`);
});

test('MD5 is said to detect accidents, not attackers', async () => {
  expect((await check(`md5:${digest('md5')}`, 'a.txt')).printed).toBe(
    `${scratch.at('a.txt')}: OK: MD5 (md5:), detects accidents, not attackers\n`,
  );
});

test('what differs is marked where one digest was expected', async () => {
  const { printed } = await check('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bc', 'a.txt');
  expect(printed.split('\n')[3]).toBe(`${' '.repeat(11 + 63)}^`);
});

test('each of several files gets an answer, a missing one an error', async () => {
  const { status, printed } = await check(digest('sha256'), 'a.txt', 'b.txt', 'absent');
  expect(status).toBe(1);
  expect(printed.split('\n').map((line) => line.replace(/^.*?: /, '').slice(0, 9))).toEqual([
    'OK: SHA-2',
    'DIFFERENT',
    'ERROR: no',
    '',
  ]);
});

describe('a second file', () => {
  test('is the same or not', async () => {
    expect(await check(scratch.at('copy of a.txt'), 'a.txt')).toMatchObject({ status: 0 });
    const { status, printed } = await check(scratch.at('b.txt'), 'a.txt');
    expect(status).toBe(1);
    expect(printed).toContain('DIFFERENT');
  });

  test('that is a checksum file and names the file says what it should be', async () => {
    scratch.shell('sha256sum a.txt b.txt > SUMS; printf %064d 0 > a.txt.sha256');
    const { status, printed } = await check(scratch.at('SUMS'), 'a.txt', 'b.txt');
    expect(status).toBe(0);
    expect(printed.match(/OK: SHA-256/g)).toHaveLength(2);
    // One that names neither is a file like any other.
    expect((await check(scratch.at('SUMS'), 'copy of a.txt')).printed).toContain(
      'DIFFERENT: tried SHA-256 (second file)',
    );
  });

  test('called like a short digest is a file; like a long one it is a digest', async () => {
    scratch.file('deadbeef', 'a');
    expect((await check(scratch.at('deadbeef'), 'a.txt')).status).toBe(0);
  });
});

test('a line of a list, and the text of one that names the file', async () => {
  expect(await check(`${digest('sha256')}  whatever`, 'a.txt')).toMatchObject({ status: 0 });
  expect(await check(`SHA256 (whatever) = ${digest('sha256')}`, 'a.txt')).toMatchObject({ status: 0 });
  const text = `${digest('sha256', 'b')}  b.txt\n${digest('sha256')}  a.txt\n`;
  expect(await check(text, 'a.txt', 'b.txt')).toMatchObject({ status: 0 });
  const { status, printed } = await check(text, 'copy of a.txt');
  expect(status).toBe(1);
  expect(printed).toContain('ERROR: The list does not name copy of a.txt. (NOT_COMPARABLE)');
  expect((await check(`${digest('sha256')}  a.txt\n${digest('sha256', 'b')}  a.txt\n`, 'a.txt')).printed).toContain(
    'different things',
  );
});

test("GitHub's answer about a release", async () => {
  const asset = (name: string, text: string) => ({ name, size: 1, digest: `sha256:${digest('sha256', text)}` });
  const release = JSON.stringify({ tag_name: 'v1', assets: [asset('a.txt', 'a'), asset('b.txt', 'b')] });
  expect(await check(release, 'a.txt', 'b.txt')).toMatchObject({ status: 0 });
  expect((await check(JSON.stringify(asset('a.txt', 'b')), 'a.txt')).status).toBe(1);
  expect((await check(JSON.stringify({ ...asset('a.txt', 'a'), size: 2 }), 'a.txt')).printed).toContain(
    'size: 1 bytes, expected 2',
  );
});

test.skipIf(!hasProgram('rhash'))('links that rhash makes', async () => {
  for (const format of ['--ed2k-link', '--magnet --md5 --sha1 --ed2k --tth']) {
    const link = scratch.shell(`rhash ${format} a.txt`).trim().split('\n').at(-1)!;
    expect([link, (await check(link, 'a.txt')).status]).toEqual([link, 0]);
    expect((await check(link, 'b.txt')).status).toBe(1);
  }
});

test('a CID of a chunked file is an error with the reason', async () => {
  const { status, printed } = await check('QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH', 'a.txt');
  expect(status).toBe(1);
  expect(printed).toContain('cut into pieces');
});

test('what is nothing at all is wrong usage', async () => {
  const { status, said } = await check('nonsense', 'a.txt');
  expect(status).toBe(2);
  expect(said).toContain("'nonsense' is no digest");
});

test('the CRC-32 in a name is evidence of its own', async () => {
  writeFileSync(scratch.at('a [E8B7BE43].txt'), 'a');
  writeFileSync(scratch.at('a [E8B7BE44].txt'), 'a');
  const { status, printed } = await check(digest('sha256'), 'a [E8B7BE43].txt', 'a [E8B7BE44].txt');
  expect(status).toBe(0);
  expect(printed).toContain('  CRC-32 in the name, e8b7be43: matches\n');
  expect(printed).toContain('  CRC-32 in the name, e8b7be44: does not match, it is e8b7be43\n');
});

test('JSON has the answer of each file', async () => {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  expect(await world.run('check', '--format', 'json', `sha256:${digest('sha256')}`, scratch.at('b.txt'))).toBe(1);
  expect(JSON.parse(world.printed)).toMatchObject({
    entries: [
      {
        status: 'different',
        digests: [{ algorithm: 'sha256', expected: digest('sha256'), actual: digest('sha256', 'b') }],
      },
    ],
  });
});
