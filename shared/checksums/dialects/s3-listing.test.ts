import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../text/hex.ts';
import type { ManifestItem } from '../model.ts';
import { createManifestReader } from '../read.ts';

const md5 = createHash('md5').update('abc').digest('hex');
const mebibyte = 2 ** 20;

function read(text: string, chunkBytes = text.length): { items: ManifestItem[]; dialect: string | undefined } {
  const reader = createManifestReader();
  const bytes = new TextEncoder().encode(text);
  const items: ManifestItem[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) items.push(...reader.push(bytes.subarray(at, at + chunkBytes)));
  items.push(...reader.end());
  return { items, dialect: reader.recognised?.dialect };
}

const said = (text: string, chunkBytes?: number): string[] =>
  read(text, chunkBytes).items.map((item) => {
    if (item.kind === 'comment') return '#';
    if (item.kind === 'malformed') return `${item.line} ${item.reason}`;
    const digests = item.digests.map((digest) => `${digest.algorithm} ${toHex(digest.bytes)}`).join(', ');
    return `${new TextDecoder().decode(item.name)} ${item.size} ${digests}`;
  });

const object = (fields: object): string => JSON.stringify({ Key: 'a/b', Size: 3, ETag: `"${md5}"`, ...fields });
const listing = (...objects: string[]): string =>
  `{\n    "Contents": [\n${objects.join(',\n')}\n    ],\n    "RequestCharged": null,\n    "Prefix": "Contents"\n}\n`;

describe('a listing of S3', () => {
  test('has an MD5 where the object was uploaded whole', () => {
    for (const text of [listing(object({})), `[${object({})}]`, `{"IsTruncated":false,"Contents":[${object({})}]}`]) {
      expect(said(text)).toEqual([`a/b 3 md5 ${md5}`]);
      expect(read(text).dialect).toBe('s3-listing');
    }
  });

  test('has the ETags by those part sizes that give the number of parts', () => {
    const of = (size: number, parts: number): string[] =>
      said(listing(object({ Size: size, ETag: `"${md5}-${parts}"` })))[0]!.match(/\d+MiB/g) ?? [];
    expect(of(20 * mebibyte, 4)).toEqual(['5MiB']);
    expect(of(20 * mebibyte, 3)).toEqual(['8MiB']);
    expect(of(20 * mebibyte, 2)).toEqual(['15MiB', '16MiB']);
    expect(of(8 * mebibyte, 1)).toEqual(['8MiB']);
    // Beyond ten thousand parts the AWS command doubles them.
    expect(of(80 * 1024 * mebibyte, 5120)).toEqual(['8MiB', '16MiB']);
  });

  test('has no digest where no usual part size gives the number of parts, and keeps name and size', () => {
    const [item] = read(listing(object({ Size: 20 * mebibyte, ETag: `"${md5}-7"` }))).items;
    expect(item).toMatchObject({ kind: 'malformed', reason: 'no-digest', size: 20 * mebibyte });
  });

  test('has no digest of what is shorter than a part and was uploaded as one all the same', () => {
    expect(said(listing(object({ ETag: `"${md5}-1"` })))).toEqual(['3 no-digest']);
  });

  test('has the whole checksums beside the ETag, and not those of parts', () => {
    const fields = {
      ChecksumCRC64NVME: 'rosUhgp5mIg=',
      ChecksumSHA256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=-3',
    };
    expect(said(listing(object(fields)))).toEqual([`a/b 3 md5 ${md5}, crc64-nvme ae8b14860a799888`]);
  });

  test('may come in pieces that end anywhere, and have names that look like its own form', () => {
    const names = ['"}]', '\\"Contents\\": [', '{[', 'é\\'];
    const text = listing(...names.map((Key) => object({ Key })));
    const whole = said(text);
    expect(whole).toEqual(names.map((name) => `${name} 3 md5 ${md5}`));
    for (const chunk of [1, 2, 7, 100]) expect(said(text, chunk)).toEqual(whole);
  });

  test('passes over what stands for a folder', () => {
    expect(said(listing(object({ Key: 'a/', Size: 0 }), object({})))).toEqual([`a/b 3 md5 ${md5}`]);
  });

  test('refuses objects that say nothing usable, and goes on', () => {
    const text = listing(object({ Key: '' }), object({ Size: -1 }), object({ ETag: '"xyz"' }), object({ Key: 'ok' }));
    expect(said(text)).toEqual(['3 no-name', '4 bad-size', '5 digest-length', `ok 3 md5 ${md5}`]);
  });

  test('that is cut off says so', () => {
    const text = listing(object({}), object({ Key: 'c' }));
    const cut = said(text.slice(0, text.indexOf('"c"') + 6));
    expect(cut[0]).toBe(`a/b 3 md5 ${md5}`);
    expect(cut.at(-1)).toMatch(/truncated$/);
  });
});
