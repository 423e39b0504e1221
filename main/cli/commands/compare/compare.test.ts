import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch = new Scratch();
beforeEach(() => {
  scratch = new Scratch();
  for (const side of ['l', 'r']) {
    scratch.file(`${side}/same`, 'same');
    scratch.file(`${side}/sub/also same`, 'also');
    scratch.file(`${side}/sub/sized`, side === 'l' ? 'x' : 'xx');
    scratch.file(`${side}/sub/edited`, side);
  }
  scratch.file('l/only left', 'only left');
  scratch.file('r/only right', 'only right!');
  scratch.file('l/old/name', 'moved content');
  scratch.file('r/new/name', 'moved content');
});
afterEach(() => scratch.remove());

async function compare(...argv: string[]) {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  const status = await world.run('compare', ...argv);
  return { status, printed: Buffer.from(world.printed, 'latin1').toString(), said: world.said };
}

async function statuses(left: string, right: string) {
  const { status, printed, said } = await compare('--format', 'json', scratch.at(left), scratch.at(right));
  expect(said).toBe('');
  const { entries, summary } = JSON.parse(printed) as {
    entries: { path: string; status: string; foundAt?: string }[];
    summary: Record<string, unknown>;
  };
  const all = Object.fromEntries(
    entries.map((entry) => [
      entry.path,
      entry.foundAt === undefined ? entry.status : `${entry.status} ${entry.foundAt}`,
    ]),
  );
  return { status, all, summary, entries };
}

const expected = {
  same: 'same',
  'sub/also same': 'same',
  'sub/sized': 'changed',
  'sub/edited': 'changed',
  'only left': 'left-only',
  'only right': 'right-only',
  'old/name': 'moved new/name',
};

describe('every pairing of folder and list says the same', () => {
  beforeEach(() => {
    scratch.shell(
      'cd l && find . -type f | sed "s,^./,," | LC_ALL=C sort | tr "\\n" "\\0" | xargs -0 sha256sum > ../left.sums',
    );
    scratch.shell(
      'cd r && find . -type f | sed "s,^./,," | LC_ALL=C sort | tr "\\n" "\\0" | xargs -0 sha256sum > ../right.sums',
    );
  });
  test.each([
    ['l', 'r'],
    ['left.sums', 'r'],
    ['l', 'right.sums'],
    ['left.sums', 'right.sums'],
  ])('%s and %s', async (left, right) => {
    const { status, all, summary } = await statuses(left, right);
    expect(status).toBe(1);
    expect(all).toEqual(expected);
    expect(summary).toMatchObject({
      verdict: 'different',
      same: 2,
      changed: 2,
      moved: 1,
      'left-only': 1,
      'right-only': 1,
    });
  });

  test('a folder and its own list are the same', async () => {
    for (const [left, right] of [
      ['l', 'left.sums'],
      ['left.sums', 'l'],
      ['l', 'l'],
    ] as const) {
      expect(await statuses(left, right)).toMatchObject({ status: 0, summary: { verdict: 'same', same: 6 } });
    }
  });

  test('a list in the folder itself is no part of it', async () => {
    renameSync(scratch.at('left.sums'), scratch.at('l/SHA256SUMS'));
    expect(await statuses('l/SHA256SUMS', 'l')).toMatchObject({ status: 0 });
  });
});

test('lists without a digest in common are not comparable, whatever their sizes', async () => {
  scratch.shell('cd l && md5sum same > ../m && sha256sum same > ../s');
  expect(await statuses('m', 's')).toMatchObject({ status: 1, all: { same: 'not-comparable' } });
});

test('a list that contradicts itself is not comparable', async () => {
  writeFileSync(scratch.at('m'), `${'0'.repeat(32)}  same\n${'1'.repeat(32)}  same\n`);
  expect((await statuses('m', 'r')).all.same).toBe('not-comparable');
});

test('malformed lines keep two lists from being the same', async () => {
  scratch.shell('cd l && sha256sum same > ../a && { sha256sum same; echo hello; } > ../b');
  expect(await statuses('a', 'b')).toMatchObject({ status: 1, summary: { verdict: 'different', malformed: 1 } });
});

test('nothing compared with nothing is not called the same', async () => {
  writeFileSync(scratch.at('empty'), '');
  expect((await compare(scratch.at('empty'), scratch.at('empty'))).status).toBe(1);
});

test('names that climb are compared in lists and never opened in folders', async () => {
  scratch.file('secret', 'secret');
  scratch.shell('cd l && sha256sum ../secret > ../a');
  expect((await statuses('a', 'a')).all).toEqual({ '../secret': 'same' });
  expect((await statuses('a', 'r')).all['../secret']).toBe('left-only');
});

test('duplicates are moved as often as they are there', async () => {
  rmSync(scratch.at('l'), { recursive: true });
  rmSync(scratch.at('r'), { recursive: true });
  for (const name of ['l/a', 'l/b', 'l/c', 'r/x', 'r/y']) scratch.file(name, 'twice');
  const { summary } = await statuses('l', 'r');
  expect(summary).toMatchObject({ moved: 2, 'left-only': 1, 'right-only': 0 });
});

test('names in another normalisation, or with backslashes, are one file', async () => {
  rmSync(scratch.at('l'), { recursive: true });
  writeFileSync(scratch.at('r', 'caf\u0065\u0301'), 'c');
  scratch.shell('cd r && sha256sum sub/edited caf* | sed "s,sub/,sub\\\\\\\\," > ../list');
  const text = scratch.shell('cat list');
  writeFileSync(scratch.at('list'), Buffer.from(text, 'latin1').toString().normalize('NFC'));
  expect((await statuses('list', 'r')).all).toMatchObject({
    'sub\\edited': 'same sub/edited',
    'caf\u00e9': 'same caf\u0065\u0301',
  });
});

test('rclone, CSV and text', async () => {
  const rclone = (await compare('--format', 'rclone', scratch.at('l'), scratch.at('r'))).printed;
  expect(rclone.trimEnd().split('\n').sort()).toEqual(
    [
      '= same',
      '= sub/also same',
      '* sub/sized',
      '* sub/edited',
      '+ only left',
      '- only right',
      '+ old/name',
      '- new/name',
    ].sort(),
  );
  scratch.file('l/=cmd', '');
  expect((await compare('--format', 'csv', scratch.at('l'), scratch.at('r'))).printed).toContain(
    "\r\n'=cmd,left-only,",
  );
  const lines = (await compare(scratch.at('l'), scratch.at('r'))).printed.trimEnd().split('\n');
  expect(lines).toContain('moved          old/name: moved to new/name');
  expect(lines.at(-1)).toMatch(/^DIFFERENT: /);
});

test('a side that is not there is an error', async () => {
  const { status, printed, said } = await compare(scratch.at('l'), scratch.at('absent'));
  expect({ status, printed }).toEqual({ status: 1, printed: '' });
  expect(said).toContain('(ENOENT)');
});

test('of a listing of rclone, rows without a digest are not comparable, and are no orphans', async () => {
  rmSync(scratch.at('r'), { recursive: true });
  scratch.file('r/a', 'a');
  scratch.file('r/b', 'b');
  const row = (name: string, hashes?: object) => ({ Path: name, Name: name, Size: 1, IsDir: false, Hashes: hashes });
  const rows = [row('a', { md5: '0cc175b9c0f1b6a831c399e269772661' }), row('b'), { Path: 'd', IsDir: true, Size: -1 }];
  writeFileSync(scratch.at('list'), JSON.stringify(rows, null, 1));
  const { status, all } = await statuses('list', 'r');
  expect({ status, all }).toEqual({ status: 1, all: { a: 'same', b: 'not-comparable' } });
  writeFileSync(scratch.at('list'), JSON.stringify([{ ...row('b'), Size: 2 }]));
  expect((await statuses('list', 'r')).all).toMatchObject({ b: 'changed', a: 'right-only' });
});
