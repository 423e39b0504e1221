import { describe, expect, it } from 'vitest';
import { batchOf, tableOf } from '../testing/tables.ts';
import { type CopyOptions, copiedText } from './copied-text.ts';
import type { ResultTable } from './result-table.ts';
import { runSliced, runWhole } from './sliced.ts';

const md5 = new Uint8Array(16).fill(0xab);
const hex = 'ab'.repeat(16);

function copied(table: ResultTable, rows: readonly number[], change: Partial<CopyOptions> = {}): string {
  const options: CopyOptions = { form: 'lines', algorithms: ['md5'], isUpper: false, ...change };
  const { parts } = runWhole(copiedText(table, Uint32Array.from(rows), options));
  return parts.map((part) => new TextDecoder().decode(part)).join('');
}

describe('rows for the clipboard', () => {
  const table = tableOf([
    { name: '/data/b.txt', size: 7, digests: { md5 } },
    { name: '/data/gone', status: 'missing', error: 'ENOENT' },
    { name: '/data/a\nb', size: 9, digests: { md5 } },
    { name: '=1+1|x', digests: { md5 } },
  ]);

  it('are lines that checksum programs read back, without rows that have no digest', () => {
    expect(copied(table, [0, 1, 2])).toBe(`${hex}  /data/b.txt\n\\${hex}  /data/a\\nb\n`);
  });

  it('have each job’s lines of its own algorithms', () => {
    const two = tableOf([{ name: 'a', digests: { md5 } }]);
    const crc = { name: 'b', digests: { crc32: new Uint8Array([1, 2, 3, 4]) } };
    two.append(batchOf([crc], { jobId: 2, algorithms: ['crc32'] }));
    expect(copied(two, [1, 0])).toBe(`01020304  b\n${hex}  a\n`);
  });

  it('name the algorithm in each line when there are several', () => {
    const both = tableOf([{ name: 'a', digests: { md5, crc32: new Uint8Array([1, 2, 3, 4]) } }], {
      algorithms: ['crc32', 'md5'],
    });
    expect(copied(both, [0])).toBe(`CRC32 (a) = 01020304\nMD5 (a) = ${hex}\n`);
  });

  it('are paths, digests, or upper case, as they are wanted', () => {
    expect(copied(table, [1, 0], { form: 'paths' })).toBe('/data/gone\n/data/b.txt\n');
    expect(copied(table, [1, 0], { form: 'digests', isUpper: true })).toBe(`${hex.toUpperCase()}\n`);
    expect(copied(table, [0], { isUpper: true })).toBe(`${hex.toUpperCase()}  /data/b.txt\n`);
  });

  it('are a table that a spreadsheet takes for text', () => {
    expect(copied(table, [0, 1, 3], { form: 'table' })).toBe(
      `Path\tSize\tStatus\tMD5\r\n/data/b.txt\t7\tok\t${hex}\r\n/data/gone\t\tmissing\t\r\n'=1+1|x\t0\tok\t${hex}\r\n`,
    );
  });

  it('are a table in Markdown whose cells hold', () => {
    expect(copied(table, [2, 3], { form: 'markdown' })).toBe(
      `| Path | Size | Status | MD5 |\n| --- | --- | --- | --- |\n| /data/a\\\\nb | 9 | ok | ${hex} |\n| =1+1\\|x | 0 | ok | ${hex} |\n`,
    );
  });

  it('are given up beyond what anything could be pasted into', () => {
    const long = tableOf([{ name: `/${'x'.repeat(60_000)}`, digests: { md5 } }]);
    const rows = new Uint32Array(2_000);
    const options: CopyOptions = { form: 'paths', algorithms: [], isUpper: false };
    expect(runWhole(copiedText(long, rows, options))).toMatchObject({ isTooLong: true, parts: [] });
  });

  it('never hold the window up: a slice ends when its time is over', async () => {
    const many = tableOf(Array.from({ length: 5_000 }, (_, at) => ({ name: `/data/${at}`, digests: { md5 } })));
    const rows = Uint32Array.from({ length: 400_000 }, (_, at) => at % 5_000);
    let turns = 0;
    const timer = setInterval(() => turns++);
    const text = await runSliced(copiedText(many, rows, { form: 'lines', algorithms: [], isUpper: false }), () => true);
    clearInterval(timer);
    expect(text?.count).toBe(400_000);
    expect(turns).toBeGreaterThan(2);
  });
});
