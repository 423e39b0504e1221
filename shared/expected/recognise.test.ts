import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { algorithm } from '../tables/algorithms.ts';
import { toBase32 } from '../text/base32.ts';
import { fromBase32, fromBase58, fromBase64, fromHex, fromNix32 } from '../text/decode.ts';
import { toHex } from '../text/hex.ts';
import { crcInName } from './name-crc.ts';
import { recogniseDigest } from './recognise.ts';

const empty = (name: string) => createHash(name).update('').digest();

/** The algorithms that come into question, with the digest as hex; or why not. */
function found(text: string) {
  const recognition = recogniseDigest(text);
  if (recognition.kind !== 'expected') return recognition;
  const { form, alternatives, size } = recognition.expected;
  return {
    form,
    size,
    digests: alternatives.map((all) => all.map(({ algorithm: name, bytes }) => `${name} ${toHex(bytes)}`)),
  };
}

const hex = empty('sha256').toString('hex');
const pairs = hex.match(/../g)!;

test.each([
  ['lower case', hex],
  ['upper case', hex.toUpperCase()],
  ['spaces', pairs.join(' ')],
  ['colons', pairs.join(':').toUpperCase()],
  ['groups of eight', hex.match(/.{8}/g)!.join(' ')],
  ['quotes and spaces around', ` "${hex}"\n`],
  ['base64', empty('sha256').toString('base64')],
  ['base64 without padding', empty('sha256').toString('base64').replace('=', '')],
  ['base64url', empty('sha256').toString('base64url')],
  ['base32', toBase32(empty('sha256'))],
  ['base32 in lower case, padded', `${toBase32(empty('sha256')).toLowerCase()}====`],
  // The path that Nix gives an empty flat file.
  ['Nix base32', '0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73'],
])('SHA-256 as %s is one of several candidates of its length', (_, text) => {
  const { digests } = found(text) as { digests: string[][] };
  expect(digests).toContainEqual([`sha256 ${hex}`]);
  expect(digests).toContainEqual([`blake3 ${hex}`]);
  for (const [digest] of digests) expect(algorithm(digest!.split(' ')[0] as 'sha256').digestLength).toBe(32);
});

test.each([
  [`sha256:${hex}`, 'sha256', 'sha256'],
  [`SHA-256: ${hex.toUpperCase()}`, 'sha256', 'sha256'],
  [`sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73`, 'sha256', 'sha256'],
  [`sha512/256=${empty('sha512-256').toString('hex')}`, 'sha512-256', 'sha512-256'],
  [`md5:${empty('md5').toString('base64')}`, 'md5', 'md5'],
  [`sha384-${empty('sha384').toString('base64')}`, 'sha384', 'sha384'],
  // Multihashes and the CID of the raw empty block, as IPFS's own tools print them.
  ['1220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'sha256', 'sha256'],
  ['bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku', 'sha256', 'sha256'],
  [`f01551220${hex}`, 'sha256', 'sha256'],
])('%s is of one algorithm', (text, name, hash) => {
  expect(found(text)).toMatchObject({ digests: [[`${name} ${empty(hash).toString('hex')}`]] });
});

test('of an integrity list the strongest algorithm counts, and any of its digests', () => {
  const text = ['sha256', 'sha512'].map((name) => `${name}-${empty(name).toString('base64')}`);
  const other = createHash('sha512').update('x').digest();
  expect(found([...text, `sha512-${other.toString('base64')}`].join(' '))).toMatchObject({
    digests: [[`sha512 ${empty('sha512').toString('hex')}`], [`sha512 ${other.toString('hex')}`]],
  });
});

describe('what cannot be held against a file is refused with the reason', () => {
  test.each([
    ['QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH', /cut into pieces/],
    ['bafybeif7ztnhq65lumvvtr4ekcwd2ifwgm3awq4zfr3srh462rwyinlb4y', /cut into pieces/],
    ['sha256:abc', /wrong/],
    [`sha256:${hex}00`, /wrong/],
    ['sha256-AAAA', /wrong length/],
    ['ed2k://|server|1.2.3.4|4661|/', /names no file/],
    ['magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a', /BitTorrent/],
    ['magnet:?dn=x', /no digest/],
  ])('%s', (text, reason) => {
    expect(recogniseDigest(text)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });
});

test.each([
  '',
  'hello',
  'photo.jpg',
  'abcdef',
  `${hex}0`,
  `${hex}  name`,
  'deadbeef  deadbeef',
  'my-file_name',
  '((',
  'é'.repeat(64),
])('%j is no digest', (text) => {
  expect(recogniseDigest(text)).toEqual({ kind: 'unknown' });
});

test('an ed2k link has size, name and digest by either convention', () => {
  const text = 'ed2k://|file|a%20b.txt|3|a448017aaf21d8525fc10ae87aa6729d|h=VGKWYGPQPLTCE4LPJ35DOSCPBT5BHD5Y|/';
  const recognition = recogniseDigest(text);
  expect(found(text)).toMatchObject({
    size: 3,
    digests: ['ed2k', 'ed2k-blue'].map((name) => [
      `${name} a448017aaf21d8525fc10ae87aa6729d`,
      expect.stringMatching(/^aich /),
    ]),
  });
  expect(recognition).toMatchObject({ expected: { name: new TextEncoder().encode('a b.txt') } });
});

test('of a magnet link all digests must hold that are of the file alone', () => {
  const text = `magnet:?xl=0&dn=x+y&xt=urn:sha1:${toBase32(empty('sha1'))}&xt=urn:md5:${empty('md5').toString('hex')}&xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a`;
  expect(found(text)).toMatchObject({
    size: 0,
    digests: [[`sha1 ${empty('sha1').toString('hex')}`, `md5 ${empty('md5').toString('hex')}`]],
  });
  expect(recogniseDigest(text)).toMatchObject({ expected: { notes: [expect.stringContaining('BitTorrent')] } });
});

test.each([
  ['Show - 01 [ABCD1234].mkv', 'abcd1234'],
  ['Show - 01 [720p][abcd1234].mkv', 'abcd1234'],
  ['a (0BADF00D).avi', '0badf00d'],
  ['[00000000].bin', '00000000'],
  ['record_20220806_.mkv', null],
  ['holiday [20220806].mp4', null],
  ['holiday [06082022].mp4', null],
  ['holiday [99999999].mp4', '99999999'],
  ['ABCD1234.mkv', null],
  ['[ABCD12345].mkv', null],
])('the CRC-32 in %s is %s', (name, expected) => {
  const crc = crcInName(name);
  expect(crc === null ? null : toHex(crc)).toBe(expected);
});

describe('decoding is the inverse of encoding', () => {
  const samples = Array.from({ length: 200 }, (_, at) =>
    createHash('sha512')
      .update(String(at))
      .digest()
      .subarray(0, (at % 40) + 1),
  );
  test('for hex, base64, base32 and base 58', () => {
    for (const bytes of samples) {
      expect(fromHex(bytes.toString('hex'))).toEqual(new Uint8Array(bytes));
      expect(fromBase64(bytes.toString('base64'))?.bytes).toEqual(new Uint8Array(bytes));
      expect(fromBase64(bytes.toString('base64url'))?.bytes).toEqual(new Uint8Array(bytes));
      expect(fromBase32(toBase32(bytes))).toEqual(new Uint8Array(bytes));
    }
    expect(fromBase58('QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH')?.subarray(0, 2)).toEqual(
      Uint8Array.of(0x12, 0x20),
    );
    expect(fromBase58('11')).toEqual(Uint8Array.of(0, 0));
    expect(toHex(fromNix32('0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73')!)).toBe(hex);
  });

  test('and what is left over must be nothing', () => {
    expect(fromBase64('QQ==')?.bytes).toEqual(Uint8Array.of(0x41));
    for (const text of ['QR==', 'Q', 'QQ=', 'QQ===', 'Q+-A', 'QQ ==']) expect(fromBase64(text)).toBeNull();
    expect(fromBase32('IE')).toEqual(Uint8Array.of(0x41));
    for (const text of ['IF', 'I', 'Ie', 'IE=', '18']) expect(fromBase32(text)).toBeNull();
  });
});

test('random text never throws', () => {
  let seed = 1;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647);
  const letters = 'abcdefABCDEF0123456789 :-=_/+|sha256:ed2k://|file|magnet:?xt=urn:Qmbz{}[]"()\n\u00e9';
  for (let at = 0; at < 20_000; at++) {
    const text = Array.from({ length: random() % 80 }, () => letters[random() % letters.length]).join('');
    expect(() => recogniseDigest(text)).not.toThrow();
  }
});

const part = 'd41d8cd98f00b204e9800998ecf8427e';
const noteOf = (text: string) => {
  const recognition = recogniseDigest(text);
  return recognition.kind === 'expected' ? recognition.expected.notes.join(' ') : '';
};

describe('what clouds, Git and C4 call a content', () => {
  test.each([
    ['swh:1:cnt:e69de29bb2d1d6434b8b29ae775ad8c2e48c5391', 'git-blob e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'],
    [
      'swh:1:cnt:e69de29bb2d1d6434b8b29ae775ad8c2e48c5391;origin=https://example.org/x;lines=1-2',
      'git-blob e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
    ],
    ['gitoid:blob:sha1:e69de29bb2d1d6434b8b29ae775ad8c2e48c5391', 'git-blob e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'],
    [
      'gitoid:blob:sha256:473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
      'git-blob-sha256 473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
    ],
    [
      'c459dsjfscH38cYeXXYogktxf4Cd9ibshE3BHUo6a58hBXmRQdZrAkZzsWcbWtDg5oQstpDuni4Hirj75GEmTc1sFT',
      `c4 ${empty('sha512').toString('hex')}`,
    ],
    ['crc64nvme:rosUhgp5mIg=', 'crc64-nvme ae8b14860a799888'],
    ['quickxor:SgAAAAAAAAAAAAAAAQAAAAAAAAA=', 'quickxor 4a00000000000000000000000100000000000000'],
    ['s3-etag:8MiB:9ed977000dc166f25a9b9ef26fb3c3fc-1', 's3-etag:8MiB 9ed977000dc166f25a9b9ef26fb3c3fc00000001'],
  ])('%s is of one algorithm', (text, digest) => {
    expect(found(text)).toMatchObject({ digests: [[digest]] });
  });

  test('an ETag of parts is tried with every usual part size, and says that it is no plain MD5', () => {
    for (const text of [`${part}-3`, `"${part.toUpperCase()}-3"`]) {
      expect(found(text)).toMatchObject({
        form: 'S3 ETag',
        digests: ['5', '8', '15', '16'].map((size) => [`s3-etag:${size}MiB ${part}00000003`]),
      });
    }
    expect(noteOf(`${part}-3`)).toContain('not a plain MD5');
  });

  test('an ETag without parts is an MD5 like any other, and never tried as one of parts', () => {
    const { digests } = found(`"${part}"`) as { digests: string[][] };
    expect(digests).toContainEqual([`md5 ${part}`]);
    expect(digests.flat().join()).not.toContain('s3-etag');
  });

  test('40 digits may be Git’s name, and QuickXorHash, but no ETag', () => {
    const { digests } = found(empty('sha1').toString('hex')) as { digests: string[][] };
    const names = digests.map(([digest]) => digest!.split(' ')[0]);
    expect(names).toContain('git-blob');
    expect(names).toContain('quickxor');
    expect(names.filter((name) => name!.startsWith('s3-etag'))).toEqual([]);
  });

  test.each([
    ['swh:1:dir:4b825dc642cb6eb9a060e54bf8d69288fbee4904', 'a directory'],
    ['swh:1:rev:4b825dc642cb6eb9a060e54bf8d69288fbee4904', 'a revision'],
    ['swh:2:cnt:4b825dc642cb6eb9a060e54bf8d69288fbee4904', 'not known here'],
    ['swh:1:cnt:4b825dc642', '40 lower-case digits'],
    ['gitoid:tree:sha1:4b825dc642cb6eb9a060e54bf8d69288fbee4904', 'a tree'],
    ['gitoid:blob:sha256:4b825dc642cb6eb9a060e54bf8d69288fbee4904', 'not known here'],
    ['47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=-3', 'composite'],
    ['h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', 'dirHash'],
    [`s3-etag:8MiB:${part}-10001`, 'no S3 ETag'],
    [`s3-etag:7MiB:${part}-3`, 'none of 5, 8, 15 and 16 MiB'],
  ])('%s is refused with its reason', (text, reason) => {
    expect(found(text)).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) });
  });
});
