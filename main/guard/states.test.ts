/** The states of guarded files, on real files: every cell of what can become of one, and what other tools' tests do. */
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GuardState } from '#shared/guard/states.ts';
import { GuardedFolder } from './testing/guarded-folder.ts';

const then = 1_600_000_000.5;
const times = { same: then, newer: then + 86_400, older: then - 86_400 } as const;
type Time = keyof typeof times;
type Sameness = 'same' | 'other';

let guarded: GuardedFolder;
beforeEach(() => {
  guarded = new GuardedFolder();
});
afterEach(() => guarded.close());

interface Cell {
  readonly content: Sameness;
  readonly time: Time;
  readonly size: Sameness;
  readonly inode: Sameness;
  readonly state: GuardState;
}

/** Content × modification time × size × inode, of a file that is on record and there. */
const cells: readonly Cell[] = (['same', 'other'] as const).flatMap((inode) =>
  (
    [
      ['same', 'same', 'same', 'ok'],
      ['same', 'newer', 'same', 'touched'],
      ['same', 'older', 'same', 'touched'],
      ['other', 'same', 'same', 'damaged'],
      ['other', 'same', 'other', 'damaged'],
      ['other', 'newer', 'same', 'updated'],
      ['other', 'newer', 'other', 'updated'],
      ['other', 'older', 'same', 'older'],
      ['other', 'older', 'other', 'older'],
    ] as const
  ).map(([content, time, size, state]) => ({ content, time, size, inode, state })),
);

const nameOf = ({ content, time, size, inode }: Cell): string =>
  `${content} content, ${time} time, ${size} size, ${inode} inode`;

function makeOf({ content, time, size, inode }: Cell, name: string): void {
  const text = content === 'same' ? `content of ${name}` : size === 'same' ? `CONTENT of ${name}` : `more of ${name}!`;
  const written = inode === 'same' ? name : `${name}.tmp`;
  guarded.write(written, text, times[time]);
  if (written !== name) renameSync(guarded.at(written), guarded.at(name));
}

/** States of all files, `ok` too. */
async function allStates(): Promise<Record<string, string>> {
  const { findings, ok, record } = await guarded.check();
  const name = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
  return Object.fromEntries([
    ...findings.map(({ path, state }) => [name(path), state]),
    ...ok.map((number) => [name(record.path(number)), 'ok']),
  ]);
}

test('content, time, size and inode decide as the table says, and only damage lasts', async () => {
  for (const cell of cells) guarded.write(nameOf(cell), `content of ${nameOf(cell)}`);
  await guarded.add();
  for (const cell of cells) makeOf(cell, nameOf(cell));
  expect(await allStates()).toEqual(Object.fromEntries(cells.map((cell) => [nameOf(cell), cell.state])));
  const later = cells.map((cell) => [nameOf(cell), cell.state === 'damaged' ? 'damaged' : 'ok']);
  expect(await allStates()).toEqual(Object.fromEntries(later));
  expect(await allStates()).toEqual(Object.fromEntries(later));
});

describe('presence', () => {
  test.each<[string, () => void, Record<string, GuardState>]>([
    ['a file appears', () => guarded.write('new', 'new'), { new: 'new' }],
    ['a copy appears', () => guarded.write('copy', 'content of a'), { copy: 'new' }],
    ['a file disappears', () => rmSync(guarded.at('a')), { a: 'gone' }],
    ['a file gets another name', () => renameSync(guarded.at('a'), guarded.at('d/z')), { a: 'moved' }],
    [
      'a file gets another name and other content',
      () => {
        renameSync(guarded.at('a'), guarded.at('z'));
        guarded.write('z', 'other', then + 5);
      },
      { a: 'gone', z: 'new' },
    ],
    ['a whole folder disappears', () => rmSync(guarded.at('d'), { recursive: true }), { 'd/b': 'gone', 'd/c': 'gone' }],
    [
      'a folder gets another name',
      () => renameSync(guarded.at('d'), guarded.at('e')),
      { 'd/b': 'moved', 'd/c': 'moved' },
    ],
    [
      'a link takes the place of a file',
      () => {
        rmSync(guarded.at('a'));
        symlinkSync('d/b', guarded.at('a'));
      },
      { a: 'gone' },
    ],
    [
      'a folder takes the place of a file',
      () => {
        rmSync(guarded.at('a'));
        mkdirSync(guarded.at('a'));
      },
      { a: 'gone' },
    ],
    [
      'two files change places',
      () => {
        renameSync(guarded.at('a'), guarded.at('t'));
        renameSync(guarded.at('d/b'), guarded.at('a'));
        renameSync(guarded.at('t'), guarded.at('d/b'));
      },
      // Nobody can say that this is no rot.
      { a: 'damaged', 'd/b': 'damaged' },
    ],
  ])('%s', async (_, happens, expected) => {
    for (const name of ['a', 'd/b', 'd/c']) guarded.write(name, `content of ${name}`);
    await guarded.add();
    happens();
    // A check of a part lists all names as well.
    expect(await guarded.states({ maxBytes: 1e9 })).toEqual(expected);
  });
});

/** Steps that tests of cshatag take, in our states. */
describe('as cshatag is tested', () => {
  beforeEach(() => guarded.write('foo', 'x'));

  test.each<[string, ...(readonly [() => unknown, GuardState | 'ok'])[]]>([
    ['a new file, then nothing', [() => undefined, 'ok']],
    ['its time is another', [() => utimesSync(guarded.at('foo'), then + 9, then + 9), 'touched'], [() => 0, 'ok']],
    ['it is written', [() => guarded.write('foo', 'y', then + 9), 'updated'], [() => 0, 'ok']],
    ['corrupt stays corrupt', [() => guarded.write('foo', 'y'), 'damaged'], [() => 0, 'damaged']],
    ['corrupt, repaired by name', [() => guarded.write('foo', 'y'), 'damaged'], [() => guarded.accept('foo'), 'ok']],
    ['corrupt to zeros', [() => guarded.write('foo', '\0'), 'damaged']],
    ['corrupt to nothing', [() => guarded.write('foo', ''), 'damaged']],
    ['corrupt, and longer', [() => guarded.write('foo', 'xx'), 'damaged']],
    [
      'corrupt, and its time set anew',
      [() => guarded.write('foo', 'y'), 'damaged'],
      [() => guarded.write('foo', 'y', then + 9), 'damaged'],
    ],
    [
      'a coarser time: 100 ns, as over SMB',
      [() => utimesSync(guarded.at('foo'), 1_600_000_000.4, 1_600_000_000.4), 'touched'],
    ],
    ['a time cut to whole seconds', [() => utimesSync(guarded.at('foo'), 1_600_000_000, 1_600_000_000), 'ok']],
    ['cut to whole seconds, and corrupt', [() => guarded.write('foo', 'y', 1_600_000_000), 'damaged']],
  ])('%s', async (_, ...steps) => {
    await guarded.add();
    for (const [step, state] of steps) {
      await step();
      expect(await allStates()).toEqual({ foo: state });
    }
  });

  test('links, and what is no file, are no part of it', async () => {
    symlinkSync('foo', guarded.at('link'));
    symlinkSync('nowhere', guarded.at('dangling'));
    await guarded.add();
    expect(await allStates()).toEqual({ foo: 'ok' });
  });

  test.skipIf(process.getuid?.() === 0)('a file that cannot be read is unreadable, and stays on record', async () => {
    await guarded.add();
    chmodSync(guarded.at('foo'), 0);
    expect(await allStates()).toEqual({ foo: 'unreadable' });
    chmodSync(guarded.at('foo'), 0o644);
    expect(await allStates()).toEqual({ foo: 'ok' });
  });
});

/** Steps that tests of chkbit take, in our states. */
describe('as chkbit is tested', () => {
  beforeEach(() => {
    for (const name of ['day/1', 'day/2', 'night/1']) guarded.write(name, `content of ${name}`);
  });

  test('new, updated, deleted and restored files in one check', async () => {
    await guarded.add();
    guarded.write('day/new', 'new');
    guarded.write('day/1', 'updated', then + 60);
    guarded.write('night/1', 'from a backup', then - 60);
    rmSync(guarded.at('day/2'));
    expect(await guarded.states()).toEqual({
      'day/1': 'updated',
      'day/2': 'gone',
      'day/new': 'new',
      'night/1': 'older',
    });
    expect(await guarded.states()).toEqual({});
  });

  test('the entry of a damaged file is never overwritten', async () => {
    await guarded.add();
    const before = (await guarded.check()).record;
    const digest = Buffer.from(before.digest(before.find(Buffer.from('day/1'))));
    guarded.rot('day/1');
    for (let run = 0; run < 3; run++) {
      const { findings, record } = await guarded.check();
      expect(findings).toMatchObject([{ state: 'damaged' }]);
      expect(Buffer.from(record.digest(record.find(Buffer.from('day/1'))))).toEqual(digest);
    }
  });

  test('a damaged file that is deleted is not forgotten: what comes in its place is damaged, unless it is the same', async () => {
    await guarded.add();
    guarded.rot('day/1');
    expect(await guarded.states()).toEqual({ 'day/1': 'damaged' });
    rmSync(guarded.at('day/1'));
    expect(await guarded.states()).toEqual({ 'day/1': 'gone' });
    guarded.write('day/1', 'something else', then + 60);
    expect(await guarded.states()).toEqual({ 'day/1': 'damaged' });
    guarded.write('day/1', 'content of day/1', then + 60);
    expect(await guarded.states()).toEqual({ 'day/1': 'touched' });
    expect(await guarded.states()).toEqual({});
  });

  test('a damaged file that is gone is accepted by name', async () => {
    await guarded.add();
    guarded.rot('day/1');
    await guarded.check();
    rmSync(guarded.at('day/1'));
    await guarded.accept('day/1');
    expect(await guarded.states()).toEqual({});
  });

  test('a folder that is offline keeps every entry', async () => {
    await guarded.add();
    renameSync(guarded.root, `${guarded.root}-offline`);
    expect(await guarded.check()).toMatchObject({ verdict: 'unavailable', findings: [] });
    mkdirSync(guarded.root);
    expect(await guarded.check()).toMatchObject({ verdict: 'unavailable', findings: [], reason: 'it is empty' });
    rmSync(guarded.root, { recursive: true });
    renameSync(`${guarded.root}-offline`, guarded.root);
    expect(await guarded.check()).toMatchObject({ verdict: 'ok', counts: { ok: 3 } });
  });

  test('a folder of Hashlane below the root is as any other', async () => {
    guarded.write('day/.hashlane/note', 'a');
    await guarded.add();
    expect(await allStates()).toMatchObject({ 'day/.hashlane/note': 'ok' });
    expect(await guarded.states({ maxBytes: 1e9 })).toEqual({});
  });
});

test('a root that goes away during a check is unavailable, and nothing is marked gone', async () => {
  for (const name of ['a', 'b']) guarded.write(name, name);
  await guarded.add();
  const moved = `${guarded.root}-elsewhere`;
  const now = (): number => {
    if (existsSync(guarded.root)) renameSync(guarded.root, moved);
    return Date.now();
  };
  // The clock is first read when the root was not looked at yet, so that it goes away after the second look.
  let looks = 0;
  const report = await guarded.check({ maxBytes: 1e9, now: () => (looks++ < 2 ? Date.now() : now()) });
  expect(report).toMatchObject({ verdict: 'unavailable', findings: [] });
  renameSync(moved, guarded.root);
  expect(await guarded.states()).toEqual({});
});

test('a check that ends early leaves what is new, and what changed, to the next', async () => {
  for (const name of ['a', 'b', 'c']) guarded.write(name, `content of ${name}`);
  await guarded.add();
  renameSync(guarded.at('a'), guarded.at('z'));
  guarded.write('b', 'updated', then + 60);
  guarded.rot('c');
  let reads = 0;
  const stops = (): number => {
    if (reads++ >= 4) throw new Error('stopped');
    return Date.now();
  };
  await expect(guarded.check({ now: stops })).rejects.toThrow('stopped');
  expect(reads).toBeGreaterThan(4);
  expect(await guarded.states()).toEqual({ a: 'moved', b: 'updated', c: 'damaged' });
});

test('names that are not UTF-8, and names with line ends, are checked like others', async () => {
  const odd = [Buffer.from('odd\xff', 'latin1'), Buffer.from('line\nend'), Buffer.from('back\\slash\r')];
  const whole = (name: Buffer): Buffer => Buffer.concat([Buffer.from(`${guarded.root}/`), name]);
  for (const name of odd) {
    writeFileSync(whole(name), name);
    utimesSync(whole(name), then, then);
  }
  await guarded.add();
  for (const name of odd) {
    writeFileSync(whole(name), 'rotten');
    utimesSync(whole(name), then, then);
  }
  for (const options of [{}, { maxBytes: 1e9 }]) {
    const { findings } = await guarded.check(options);
    expect(findings.map(({ path, state }) => [Buffer.from(path), state])).toEqual(
      [...odd].sort(Buffer.compare).map((name) => [name, 'damaged']),
    );
  }
});
