import { expect, it } from 'vitest';
import { batchOf, tableOf } from '../testing/tables.ts';
import { gnuLines } from './clipboard-lines.ts';

const md5 = new Uint8Array(16).fill(0xab);

it('writes the rows as lines that checksum programs read back, and leaves out rows without a digest', () => {
  const table = tableOf([
    { name: '/data/b.txt', digests: { md5 } },
    { name: '/data/gone', status: 'missing', error: 'ENOENT' },
    { name: '/data/a\nb', digests: { md5 } },
  ]);
  const hex = 'ab'.repeat(16);
  expect(gnuLines(table, [0, 1, 2])).toBe(`${hex}  /data/b.txt\n\\${hex}  /data/a\\nb\n`);
});

it('gives rows of each job the lines of its own algorithms', () => {
  const table = tableOf([{ name: 'a', digests: { md5 } }]);
  const crc = { name: 'b', digests: { crc32: new Uint8Array([1, 2, 3, 4]) } };
  table.append(batchOf([crc], { jobId: 2, algorithms: ['crc32'] }));
  expect(gnuLines(table, [1, 0])).toBe(`01020304  b\n${'ab'.repeat(16)}  a\n`);
});
