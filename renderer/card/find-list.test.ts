import { describe, expect, it } from 'vitest';
import { runWhole } from '../results/sliced.ts';
import { tableOf } from '../testing/tables.ts';
import { findList, type ListFound, listEntries } from './find-list.ts';

const digest = (value: number): { md5: Uint8Array } => ({ md5: new Uint8Array(16).fill(value) });
const hex = (value: number): string => value.toString(16).padStart(2, '0').repeat(16);

describe('a pasted checksum list', () => {
  const table = tableOf([
    { name: '/data/set/a.txt', digests: digest(1) },
    { name: '/data/set/b.txt', digests: digest(2) },
    { name: '/data/set/sub/b.txt', digests: digest(3) },
    { name: '/data/set/gone', status: 'missing', error: 'ENOENT' },
  ]);
  const found = (text: string): ListFound => runWhole(findList(table, [0, 1, 2, 3], listEntries(text)));

  it('is compared by name and digest', () => {
    expect(found(`${hex(1)}  set/a.txt\n${hex(9)}  ./set/b.txt\n${hex(3)}  sub/b.txt\n${hex(4)}  c.txt\n`)).toEqual({
      entries: 4,
      same: 2,
      different: [1],
      absent: 1,
      unclear: 0,
    });
  });

  it('is never right by chance: a name that two files have, and a file without such a digest, stay open', () => {
    expect(found(`${hex(2)}  b.txt\n`)).toMatchObject({ same: 0, unclear: 1 });
    expect(found(`${hex(2)}  gone\n`)).toMatchObject({ same: 0, unclear: 1 });
    expect(found(`${'0'.repeat(64)}  a.txt\n`)).toMatchObject({ same: 0, unclear: 1 });
  });

  it('is none when it names nothing', () => {
    expect(listEntries('some words\nand more')).toEqual([]);
  });
});
