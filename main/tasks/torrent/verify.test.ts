import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { decodeBencode } from '#shared/manifests/torrent/bencode.ts';
import { parseTorrent } from '#shared/manifests/torrent/metainfo.ts';
import { verifyTorrent } from './verify-torrent.ts';

type Value = number | string | Buffer | Value[] | { [key: string]: Value };

/** Keys are Latin-1 and sorted here. */
function bencode(value: Value): Buffer {
  if (typeof value === 'number') return Buffer.from(`i${value}e`);
  if (typeof value === 'string') return bencode(Buffer.from(value));
  if (Buffer.isBuffer(value)) return Buffer.concat([Buffer.from(`${value.length}:`), value]);
  if (Array.isArray(value)) return Buffer.concat([Buffer.from('l'), ...value.map(bencode), Buffer.from('e')]);
  const keys = Object.keys(value).sort();
  return Buffer.concat([
    Buffer.from('d'),
    ...keys.flatMap((key) => [bencode(Buffer.from(key, 'latin1')), bencode(value[key]!)]),
    Buffer.from('e'),
  ]);
}
const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest();
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
const piece = 32_768;
const files = { a: Buffer.alloc(100_000, 'a'), b: Buffer.alloc(5, 'b'), empty: Buffer.alloc(0) };

/** The tree of BEP 52 in its plainest form: blocks of 16 KiB, filled up with zeros to a power of two. */
function tree(bytes: Buffer, leaves?: number): Buffer {
  let row: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 16_384) row.push(sha256(bytes.subarray(at, at + 16_384)));
  const width = leaves ?? 2 ** Math.ceil(Math.log2(row.length));
  while (row.length < width) row.push(Buffer.alloc(32));
  while (row.length > 1)
    row = row.flatMap((left, at) => (at % 2 === 0 ? [sha256(Buffer.concat([left, row[at + 1]!]))] : []));
  return row[0]!;
}
const layerOf = (bytes: Buffer) =>
  Buffer.concat(
    Array.from({ length: Math.ceil(bytes.length / piece) }, (_, at) =>
      tree(bytes.subarray(at * piece, (at + 1) * piece), 2),
    ),
  );
function piecesOf(bytes: Buffer): Buffer {
  return Buffer.concat(
    Array.from({ length: Math.ceil(bytes.length / piece) }, (_, at) =>
      sha1(bytes.subarray(at * piece, (at + 1) * piece)),
    ),
  );
}
const listed = (padding: boolean): Value[] => [
  { length: files.a.length, path: ['a'] },
  ...(padding ? [{ attr: 'p', length: 4 * piece - files.a.length, path: ['.pad', '31072'] }] : []),
  { length: 5, path: ['b'] },
  { length: 0, path: ['empty'] },
];
const v2 = {
  'meta version': 2,
  'file tree': {
    a: { '': { length: files.a.length, 'pieces root': tree(files.a) } },
    b: { '': { length: 5, 'pieces root': sha256(files.b) } },
    empty: { '': { length: 0 } },
  },
};
const layers = { [tree(files.a).toString('latin1')]: layerOf(files.a) };
const base = { name: 'folder', 'piece length': piece };
const padded = Buffer.concat([files.a, Buffer.alloc(4 * piece - files.a.length), files.b]);
const torrents = {
  v1: bencode({ info: { ...base, files: listed(false), pieces: piecesOf(Buffer.concat([files.a, files.b])) } }),
  v2: bencode({ info: { ...base, ...v2 }, 'piece layers': layers }),
  hybrid: bencode({ info: { ...base, ...v2, files: listed(true), pieces: piecesOf(padded) }, 'piece layers': layers }),
};

const scratch = mkdtempSync(path.join(tmpdir(), 'hashlane-torrent-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const folder = path.join(scratch, 'folder');
beforeEach(() => {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(folder, name), bytes);
});

test.each([
  ['v1', [1]],
  ['v2', [2]],
  ['hybrid', [1, 2]],
] as const)('%s verifies, from the folder and from the one above', async (kind, versions) => {
  for (const root of [folder, scratch])
    expect(await verifyTorrent(torrents[kind], root)).toMatchObject({ ok: true, versions });
});

test.each([
  ['v1', { v1: [1], v2: [] }],
  ['v2', { v1: [], v2: [1] }],
  ['hybrid', { v1: [1], v2: [1] }],
] as const)('%s names the damaged piece and its file', async (kind, badPieces) => {
  const damaged = Buffer.from(files.a);
  damaged[piece + 5]! ^= 1;
  writeFileSync(path.join(folder, 'a'), damaged);
  const { ok, files: results } = await verifyTorrent(torrents[kind], folder);
  expect(ok).toBe(false);
  expect(results[0]).toEqual({ path: 'a', status: 'changed', badPieces });
  expect(results.slice(1).map(({ status }) => status)).toEqual(['ok', 'ok']);
});

test('missing files and other sizes are told', async () => {
  rmSync(path.join(folder, 'b'));
  writeFileSync(path.join(folder, 'empty'), 'x');
  const { files: results } = await verifyTorrent(torrents.v2, folder);
  expect(results.map(({ status }) => status)).toEqual(['ok', 'missing', 'wrong-size']);
});

test('a piece layer that does not lead to the root proves nothing', async () => {
  const forged = bencode({
    info: { ...base, ...v2 },
    'piece layers': { [tree(files.a).toString('latin1')]: layerOf(Buffer.alloc(100_000, 'x')) },
  });
  writeFileSync(path.join(folder, 'a'), Buffer.alloc(100_000, 'x'));
  expect((await verifyTorrent(forged, folder)).files[0]).toMatchObject({
    status: 'changed',
    badPieces: { v2: [0, 1, 2, 3] },
  });
});

test.each([
  [
    'a name that leads out',
    bencode({ info: { ...base, files: [{ length: 1, path: ['..', 'x'] }], pieces: Buffer.alloc(20) } }),
    'name-unsafe',
  ],
  ['too few pieces', bencode({ info: { ...base, length: piece * 2, pieces: Buffer.alloc(20) } }), 'torrent-malformed'],
  ['version 3', bencode({ info: { ...base, 'meta version': 3 } }), 'torrent-version'],
  [
    'versions that contradict each other',
    bencode({
      info: { ...base, ...v2, files: [{ length: 5, path: ['b'] }], pieces: Buffer.alloc(20) },
      'piece layers': layers,
    }),
    'torrent-contradicts-itself',
  ],
  ['no info', bencode({}), 'torrent-malformed'],
])('a torrent with %s is refused', (_, bytes, code) => {
  expect(() => parseTorrent(bytes)).toThrow(expect.objectContaining({ code }));
});

test.each([
  '',
  'i01e',
  'i-0e',
  '5:abc',
  'l',
  'd1:b0:1:a0:e',
  'd1:a0:1:a0:e',
  'i1ei2e',
  '-1:',
  'i99999999999999999999e',
  'l'.repeat(1000),
])('%j is no bencode', (text) => {
  expect(() => decodeBencode(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'bencode-malformed' }));
});
