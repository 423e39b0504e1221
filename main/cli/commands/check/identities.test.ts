import { createHash } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

const scratch = new Scratch();
afterAll(() => scratch.remove());

const mebibyte = 2 ** 20;
const long = Buffer.alloc(11 * mebibyte, 'Hashlane');
scratch.file('a', 'abc');
scratch.file('long', long);

const md5 = (bytes: Uint8Array | string): Buffer => createHash('md5').update(bytes).digest();
const etag = (part: number): string => {
  const parts: Buffer[] = [];
  for (let at = 0; at < long.length; at += part) parts.push(md5(long.subarray(at, at + part)));
  return `"${md5(Buffer.concat(parts)).toString('hex')}-${parts.length}"`;
};

async function hashlane(...argv: string[]) {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  const status = await world.run(...argv);
  return { status, printed: Buffer.from(world.printed, 'latin1').toString() };
}
const check = (expected: string, name: string) => hashlane('check', '--', expected, scratch.at(name));

describe('check', () => {
  test.each([
    ['swh:1:cnt:f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f', 'Git blob (SWHID)'],
    [
      'gitoid:blob:sha256:c1cf6e465077930e88dc5136641d402f72a229ddd996f627d60e9639eaba35a6',
      'Git blob (SHA-256) (gitoid)',
    ],
    ['quickxor:YRDDGAAAAAAAAAAAAwAAAAAAAAA=', 'QuickXorHash (quickxor:)'],
    ['dropbox:4f8b42c22dd3729b519ba6f68d2da7cc5b2d606d05daed5ad5128cc03e6c6358', 'Dropbox (dropbox:)'],
    ['k12:ab174f328c55a5510b0b209791bf8b60e801a7cfc2aa42042dcb8f547fbe3a7d', 'KangarooTwelve (k12:)'],
    ['BeXKuz/B+us=', 'CRC-64/NVME (base64)'],
  ])('finds %s to be that of the file', async (expected, words) => {
    const { status, printed } = await check(expected, 'a');
    expect(printed).toContain(`OK: ${words}`);
    expect(status).toBe(0);
    expect((await check(expected, 'long')).status).toBe(1);
  });

  test.each([5, 8])('finds the part size of an ETag, here %d MiB', async (mebibytes) => {
    const { status, printed } = await check(etag(mebibytes * mebibyte), 'long');
    expect(printed).toContain(`OK: S3 ETag (${mebibytes} MiB)`);
    expect(status).toBe(0);
  });

  test('takes an ETag of one part for a file that is shorter than any', async () => {
    const list = md5(md5('abc')).toString('hex');
    expect((await check(`${list}-1`, 'a')).status).toBe(0);
    expect((await check(`${list}-2`, 'a')).status).toBe(1);
    expect((await check(`${md5('abc').toString('hex')}-1`, 'a')).status).toBe(1);
  });

  test('says of an ETag by another part size that the usual ones were tried', async () => {
    const { status, printed } = await check(etag(7 * mebibyte), 'long');
    expect(status).toBe(1);
    expect(printed).toContain('the usual part sizes were tried');
  });
});

test('compare holds a folder against what the AWS command lists', async () => {
  const rows = [
    { Key: 'a', Size: 3, ETag: `"${md5('abc').toString('hex')}"` },
    { Key: 'long', Size: long.length, ETag: etag(8 * mebibyte) },
    { Key: 'gone', Size: 1, ETag: `"${md5('x').toString('hex')}"` },
  ];
  const folder = scratch.folder;
  const listing = new Scratch();
  listing.file('objects.json', JSON.stringify({ Contents: rows, RequestCharged: null }, null, 4));
  const { printed } = await hashlane('compare', '--format', 'rclone', folder, listing.at('objects.json'));
  expect(printed.trimEnd().split('\n').toSorted()).toEqual(['- gone', '= a', '= long']);
  const other = JSON.stringify({ Contents: [{ ...rows[1], ETag: etag(7 * mebibyte) }, rows[0]] });
  listing.file('objects.json', other);
  expect((await hashlane('compare', '--format', 'rclone', folder, listing.at('objects.json'))).printed).toContain(
    '* long',
  );
  listing.remove();
});
