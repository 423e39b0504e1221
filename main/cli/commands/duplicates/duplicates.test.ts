import { linkSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch = new Scratch();
beforeEach(() => {
  scratch = new Scratch();
});
afterEach(() => scratch.remove());

async function duplicates(...argv: string[]) {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  const status = await world.run('duplicates', ...argv);
  return { status, printed: Buffer.from(world.printed, 'latin1').toString(), said: world.said };
}

async function found(...argv: string[]) {
  const { status, printed, said } = await duplicates('--format', 'json', ...argv);
  expect(said).toBe('');
  const { groups, summary } = JSON.parse(printed) as {
    groups: { files: string[]; size: number; reclaimable: number; hardLinks?: Record<string, string[]> }[];
    summary: Record<string, unknown>;
  };
  const short = (name: string) => name.slice(scratch.folder.length + 1);
  return { status, groups, summary, files: groups.map(({ files }) => files.map(short)) };
}

const large = (first: number, middle: number, last: number) => {
  const bytes = Buffer.alloc(100_000, 1);
  [bytes[0], bytes[50_000], bytes[99_999]] = [first, middle, last];
  return bytes;
};

test('files with the same content are one group, the largest gain first', async () => {
  for (const name of ['a/one', 'two', 'b/c/three']) scratch.file(name, 'same');
  for (const name of ['x', 'y']) scratch.file(name, 'a longer content than that');
  scratch.file('other', 'SAME');
  scratch.file('alone', 'nobody else is as long as this, nobody');
  const { status, files, groups, summary } = await found(scratch.folder);
  expect(status).toBe(0);
  expect(files).toEqual([
    ['x', 'y'],
    ['a/one', 'b/c/three', 'two'],
  ]);
  expect(groups[1]).toMatchObject({ size: 4, reclaimable: 8, algorithm: 'blake3' });
  expect(summary).toEqual({ files: 7, groups: 2, duplicates: 3, reclaimable: 34, unreadable: [] });
});

test('large files that differ at the start, in the middle or at the end are no duplicates', async () => {
  scratch.file('a', large(1, 1, 1));
  scratch.file('start', large(2, 1, 1));
  scratch.file('middle', large(1, 2, 1));
  scratch.file('end', large(1, 1, 2));
  expect((await found(scratch.folder)).files).toEqual([]);
  scratch.file('b', large(1, 1, 1));
  expect((await found(scratch.folder)).files).toEqual([['a', 'b']]);
});

test('hard links are one copy, and are named beside it', async () => {
  scratch.file('a', 'same');
  linkSync(scratch.at('a'), scratch.at('b'));
  expect((await found(scratch.folder)).files).toEqual([]);
  scratch.file('c', 'same');
  const { files, groups } = await found(scratch.folder);
  expect(files).toEqual([['a', 'c']]);
  expect(groups[0]).toMatchObject({ reclaimable: 4, hardLinks: { [scratch.at('a')]: [scratch.at('b')] } });
});

test('a folder given twice, inside another, or as a link is looked at once', async () => {
  scratch.file('in/sub/a', 'same');
  symlinkSync('in', scratch.at('link'));
  symlinkSync('sub/a', scratch.at('in/to a'));
  for (const roots of [
    ['in', 'in'],
    ['in', 'in/sub'],
    ['in/sub/a', 'in'],
    ['link', 'in'],
    ['in/', './in'],
  ])
    expect([roots, (await found(...roots.map((name) => `${scratch.folder}/${name}`))).files]).toEqual([roots, []]);
});

test('several folders and files are searched together', async () => {
  scratch.file('one/a', 'same');
  scratch.file('two/b', 'same');
  scratch.file('three', 'same');
  symlinkSync('three', scratch.at('link'));
  expect((await found(scratch.at('one'), scratch.at('two'), scratch.at('link'))).files).toEqual([
    ['link', 'one/a', 'two/b'],
  ]);
});

test('empty and small files are left out as wanted', async () => {
  for (const name of ['a', 'b']) scratch.file(name, '');
  for (const name of ['c', 'd']) scratch.file(name, 'four');
  expect((await found(scratch.folder)).files).toEqual([['c', 'd']]);
  expect((await found('--min-size', '0', scratch.folder)).files).toEqual([
    ['c', 'd'],
    ['a', 'b'],
  ]);
  expect((await found('--min-size', '1K', scratch.folder)).files).toEqual([]);
});

test('text, CSV and a file', async () => {
  scratch.file('=a', 'same');
  scratch.file('b\u001b', 'same');
  const { printed } = await duplicates(scratch.folder);
  expect(printed).toBe(`${scratch.at('=a')}\n${scratch.at('b')}\\x1b\n\n1 group of 2 files; 4 B could be freed.\n`);
  writeFileSync(scratch.at('out.csv'), '');
  await duplicates('--format', 'csv', '-o', scratch.at('out.csv'), scratch.folder);
  expect(readFileSync(scratch.at('out.csv'), 'utf8').split('\r\n')).toHaveLength(4);
});

test('a root that is not there is an error', async () => {
  expect(await duplicates(scratch.at('absent'))).toMatchObject({ status: 1, printed: '' });
});
