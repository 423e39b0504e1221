import { describe, expect, it } from 'vitest';
import { runWhole } from '../results/sliced.ts';
import { batchOf, tableOf } from '../testing/tables.ts';
import { chosenRows, planSave, suggestedName } from './save-plan.ts';

const md5 = new Uint8Array(16).fill(0xab);
const hex = 'ab'.repeat(16);

describe('what is saved', () => {
  const table = tableOf([
    { name: '/data/b.txt', size: 7, digests: { md5 } },
    { name: '/data/gone', status: 'missing', error: 'ENOENT' },
    { name: '/data/a\nb', size: 9, digests: { md5 } },
    { name: '/data/c', digests: { md5 } },
    { name: '/data/d', digests: { md5 } },
  ]);
  const rows = Uint32Array.from([0, 1, 2, 3, 4]);

  it('is shown by its first lines, with what has no place in it', () => {
    const plan = runWhole(planSave(table, rows, 'gnu', ['md5']));
    expect(plan).toEqual({
      written: 4,
      leftOut: { failed: 1, noDigest: 0, refused: 0 },
      // As the file will have them: in the order of the walk.
      preview: [`\\${hex}  /data/a\\nb`, `${hex}  /data/b.txt`, `${hex}  /data/c`],
    });
    expect(runWhole(planSave(table, rows, 'jsonl', ['md5']))).toMatchObject({ written: 5, leftOut: { failed: 0 } });
    expect(runWhole(planSave(table, rows, 'gnu', ['sha1']))).toMatchObject({ written: 0, leftOut: { noDigest: 4 } });
  });

  it('has names below the folder that was added', () => {
    const below = tableOf([]);
    below.setFolders(1, [new TextEncoder().encode('/home/ana/')]);
    below.append(batchOf([{ name: '/home/ana/photos/1.jpg', digests: { md5 } }]));
    expect(runWhole(planSave(below, Uint32Array.of(0), 'gnu', ['md5'])).preview).toEqual([`${hex}  photos/1.jpg`]);
  });

  it('is called as people call such files', () => {
    expect(suggestedName('gnu', ['sha256'], 'photos', false)).toBe('SHA256SUMS');
    expect(suggestedName('gnu', ['sha3-256'], 'photos', false)).toBe('SHA3256SUMS');
    expect(suggestedName('gnu', ['sha256'], 'image.iso', true)).toBe('image.iso.sha256');
    expect(suggestedName('sfv', ['crc32'], 'photos', false)).toBe('photos.sfv');
    expect(suggestedName('bsd', ['sha256', 'md5'], 'photos', false)).toBe('CHECKSUMS');
    expect(suggestedName('ed2k', ['ed2k'], 'photos', false)).toBe('photos.ed2k.txt');
  });

  it('names the chosen rows of each job by their bits', () => {
    const both = tableOf(['a', 'b', 'c']);
    both.append(
      batchOf(
        Array.from({ length: 20 }, (_, at) => `d${at}`),
        { jobId: 2 },
      ),
    );
    const chosen = chosenRows(both, Uint32Array.from([0, 2, 3, 22]));
    const bits = chosen.map(({ job, entries }) => [job, ...Buffer.from(entries, 'base64').subarray(0, 3)]);
    expect(bits).toEqual([
      [1, 0b101, 0, 0],
      [2, 1, 0, 0b1000],
    ]);
  });
});
