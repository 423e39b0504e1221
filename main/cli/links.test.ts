/** Links as RHash writes them; only letters that carry no case may differ in it (base32). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadEngine } from '../engine/native-engine.ts';
import { hasProgram, Scratch } from './testing/scratch.ts';
import { TestWorld } from './testing/test-world.ts';

const names = ['plain.iso', "a b&c=(1)!~*,;+$[x]%'.txt", 'übermäßig.bin', 'x|y\nz', '.hidden', '-dash', 'empty'];

let scratch: Scratch;
beforeAll(() => {
  scratch = new Scratch();
  for (const name of names) scratch.file(name, name === 'empty' ? '' : `contents of ${name}`);
});
afterAll(() => scratch.remove());

async function ours(...options: string[]): Promise<string[]> {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  expect(await world.run(...options, scratch.folder)).toBe(0);
  return world.printed.trimEnd().split('\n').sort();
}

const theirs = (options: string): string[] => scratch.shell(`rhash ${options} -r .`).trimEnd().split('\n').sort();

const inOneCase = (lines: readonly string[]): string[] => lines.map((line) => line.toLowerCase()).sort();

describe.skipIf(!hasProgram('rhash'))('links are those of RHash', () => {
  test('ed2k, with the digests that make the link', async () => {
    const links = await ours('--format', 'ed2k');
    expect(links).toHaveLength(names.length);
    expect(inOneCase(links)).toEqual(inOneCase(theirs('--ed2k-link')));
  });

  test('magnet, with the digests that programs look for', async () => {
    expect(inOneCase(await ours('--format', 'magnet'))).toEqual(inOneCase(theirs('--magnet')));
  });

  test('magnet with every algorithm of both, but the one that covers the name', async () => {
    // In RHash's order, whatever the order of its options.
    const common =
      'crc32,md4,md5,sha1,tiger,tth,ed2k,aich,whirlpool,ripemd160,gost94,gost94-cryptopro,has160,gost12-256,' +
      'gost12-512,sha224,sha256,sha384,sha512,edonr256,edonr512,sha3-224,sha3-256,sha3-384,sha3-512,crc32c,' +
      'snefru128,snefru256,blake2s,blake2b';
    const options = common
      .split(',')
      .map((name) => `--${name}`)
      .join(' ');
    expect(inOneCase(await ours('--format', 'magnet', '-a', common))).toEqual(inOneCase(theirs(`--magnet ${options}`)));
  });
});

test('ED2K links cannot be made of other digests', async () => {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  expect(await world.run('--format', 'ed2k', '-a', 'md5', scratch.folder)).toBe(2);
  expect(world.said).toContain('add ed2k to --algorithm');
});
