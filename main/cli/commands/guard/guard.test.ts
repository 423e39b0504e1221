/** `hashlane guard` on real files: what people do to them, and what it says. */
import { readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { hasProgram, Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch = new Scratch();
const old = new Date('2020-01-02T03:04:05.678Z');

beforeEach(() => {
  scratch = new Scratch();
  for (const name of ['a.txt', 'b.txt', 'd/c.txt', 'd/e/f.txt']) file(name, `content of ${name}`);
});
afterEach(() => scratch.remove());

function file(name: string, text: string, time = old): void {
  scratch.file(`tree/${name}`, text);
  utimesSync(scratch.at('tree', name), time, time);
}

async function guard(...argv: string[]) {
  const world = new TestWorld();
  world.environment.XDG_DATA_HOME = scratch.at('profile');
  Object.assign(world, { loadEngine });
  const status = await world.run('guard', ...argv);
  return { status, printed: Buffer.from(world.printed, 'latin1').toString(), said: world.said };
}

interface Checked {
  readonly verdict: string;
  readonly entries: readonly { path: string; state: string; foundAt?: string; copy?: { path: string } }[];
  readonly summary: Record<string, number | string>;
  readonly coverage: { percent: number };
  readonly reason?: string;
}

async function check(...options: string[]): Promise<Checked & { status: number }> {
  const { status, printed } = await guard('check', '--format', 'json', ...options, scratch.at('tree'));
  return { status, ...(JSON.parse(printed) as Checked) };
}

/** State by path, without what is ok. */
const states = ({ entries }: Checked): Record<string, string> =>
  Object.fromEntries(entries.filter(({ state }) => state !== 'ok').map(({ path, state }) => [path, state]));

const add = () => guard('add', scratch.at('tree'));

/** One bit, and the times as they were: what a disk does. */
function rot(name: string): void {
  const path = scratch.at('tree', name);
  const bytes = readFileSync(path);
  bytes[3]! ^= 1;
  writeFileSync(path, bytes);
  utimesSync(path, old, old);
}

test('a folder that nobody touched is ok', async () => {
  expect((await add()).status).toBe(0);
  const checked = await check();
  expect(checked).toMatchObject({
    status: 0,
    verdict: 'ok',
    summary: { ok: 4, damaged: 0 },
    coverage: { percent: 100 },
  });
  expect(checked.entries.map(({ path }) => path).sort()).toEqual(['a.txt', 'b.txt', 'd/c.txt', 'd/e/f.txt']);
});

describe('what happened to a file is told apart', () => {
  test.each<[string, () => void, Record<string, string>, number]>([
    ['its content rotted', () => rot('a.txt'), { 'a.txt': 'damaged' }, 1],
    ['it was edited', () => file('a.txt', 'more', new Date()), { 'a.txt': 'updated' }, 0],
    ['an older one was restored', () => file('a.txt', 'older', new Date('2019-01-01')), { 'a.txt': 'older' }, 0],
    ['it was touched', () => file('a.txt', 'content of a.txt', new Date()), { 'a.txt': 'touched' }, 0],
    ['it was deleted', () => scratch.shell('rm tree/a.txt'), { 'a.txt': 'gone' }, 1],
    ['it was moved', () => scratch.shell('mv tree/a.txt tree/d/z.txt'), { 'a.txt': 'moved' }, 0],
    ['another was added', () => file('new.txt', 'new'), { 'new.txt': 'new' }, 0],
    ['it was replaced by a folder', () => scratch.shell('rm tree/a.txt; mkdir tree/a.txt'), { 'a.txt': 'gone' }, 1],
    [
      'its bytes rotted away',
      () => {
        writeFileSync(scratch.at('tree/a.txt'), 'c');
        utimesSync(scratch.at('tree/a.txt'), old, old);
      },
      { 'a.txt': 'damaged' },
      1,
    ],
  ])('%s', async (_, happens, expected, status) => {
    await add();
    happens();
    const checked = await check();
    expect(states(checked)).toEqual(expected);
    expect(checked.status).toBe(status);
    // All but damage is on record now.
    const again = await check();
    expect(states(again)).toEqual(
      Object.fromEntries(Object.entries(expected).filter(([, state]) => state === 'damaged')),
    );
  });
});

describe('damage', () => {
  test('is never accepted by a later check, whatever happens to the times', async () => {
    await add();
    rot('a.txt');
    for (const time of [old, new Date(), new Date('2019-01-01')]) {
      utimesSync(scratch.at('tree/a.txt'), time, time);
      expect(states(await check())).toEqual({ 'a.txt': 'damaged' });
    }
  });

  test('ends when the content is back', async () => {
    await add();
    rot('a.txt');
    await check();
    rot('a.txt');
    expect(await check()).toMatchObject({ status: 0, summary: { ok: 4 } });
  });

  test('ends when it is accepted by name', async () => {
    await add();
    rot('a.txt');
    await check();
    expect(await guard('accept', scratch.at('tree/a.txt'))).toMatchObject({
      status: 0,
      printed: '1 accepted as they are now\n',
    });
    expect(await check()).toMatchObject({ status: 0, summary: { ok: 4 } });
  });

  test('comes with the place of an identical copy', async () => {
    scratch.shell('cp -a tree copy');
    await add();
    await guard('add', scratch.at('copy'));
    rot('a.txt');
    const { entries } = await check();
    expect(entries[0]).toMatchObject({ state: 'damaged', copy: { path: scratch.at('copy/a.txt') } });
    expect((await guard('check', scratch.at('tree'))).printed).toMatch(
      /an identical copy of what is on record, checked on \d{4}-/,
    );
  });
});

describe('a job that has finished', () => {
  const hashed = async (...options: string[]) => {
    const world = new TestWorld();
    Object.assign(world, { loadEngine });
    expect(await world.run('hash', ...options, '--journal', scratch.at('job.hlj'), scratch.at('tree'))).toBe(0);
  };
  const addFrom = (...options: string[]) =>
    guard('add', '--from', scratch.at('job.hlj'), ...options, '--format', 'json', scratch.at('tree'));

  test('gives the record without a second reading', async () => {
    await hashed();
    const { status, printed } = await addFrom();
    expect(status).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({ algorithm: 'sha256', summary: { new: 4, readFiles: 0 } });
    rot('a.txt');
    expect(states(await check())).toEqual({ 'a.txt': 'damaged' });
  });

  test('gives it by the algorithm that it has computed', async () => {
    await hashed('-a', 'blake3,md5');
    expect(JSON.parse((await addFrom('-a', 'blake3')).printed)).toMatchObject({ algorithm: 'blake3' });
    expect(await check()).toMatchObject({ status: 0, summary: { ok: 4 } });
  });

  test('of other algorithms, or of other files, gives none', async () => {
    await hashed('-a', 'md5');
    expect((await addFrom('-a', 'sha256')).said).toContain('(GUARD_JOB)');
    scratch.file('other/x', 'x');
    const { status, said } = await guard('add', '--from', scratch.at('job.hlj'), scratch.at('other'));
    expect(status).toBe(1);
    expect(said).toContain('no results of files in it (GUARD_JOB)');
    expect((await guard('status')).printed).toBe('');
  });
});

test('a record that cannot be read does not keep other folders from being checked', async () => {
  await add();
  scratch.shell('cp -a tree copy');
  const record = scratch.at(scratch.shell('ls profile/hashlane/guard/*.sha256').trim());
  await guard('add', scratch.at('copy'));
  writeFileSync(record, 'rotten');
  const { status, said, printed } = await guard('check');
  expect(status).toBe(1);
  expect(said).toContain('(GUARD_RECORD)');
  expect(printed).toContain(`OK: 4 files read in ${scratch.at('copy')}`);
});

test('a medium that another machine guards has its files accepted', async () => {
  await guard('add', '--at-root', scratch.at('tree'));
  scratch.shell('mv tree moved; rm -r profile');
  const path = scratch.at('moved/a.txt');
  writeFileSync(path, 'new content');
  expect((await guard('accept', path)).printed).toBe('1 accepted as they are now\n');
  expect((await guard('check', scratch.at('moved'))).status).toBe(0);
  expect((await guard('accept', scratch.at('moved/nothing'))).said).toContain('neither there nor on record');
});

describe('a folder that is not there', () => {
  test.each([
    ['deleted', 'rm -r tree', 'it is not there'],
    ['emptied, as an unmounted disk is', 'rm -r tree/*', 'it is empty'],
    ['a file', 'rm -r tree; touch tree', 'it is not a folder'],
  ])('%s is unavailable, and nothing is marked gone', async (_, command, reason) => {
    await add();
    scratch.shell('cp -a tree kept');
    scratch.shell(command);
    const checked = await check();
    expect(checked).toMatchObject({ status: 1, verdict: 'unavailable', reason, entries: [] });
    scratch.shell('rm -rf tree; mv kept tree');
    expect(await check()).toMatchObject({ status: 0, summary: { ok: 4, gone: 0 } });
  });

  test.runIf(process.getuid?.() === 0)('another disk in its place is unavailable', async () => {
    await add();
    scratch.shell('mv tree kept; mkdir tree; mount -t tmpfs none tree; echo other > tree/a.txt');
    try {
      expect(await check()).toMatchObject({ verdict: 'unavailable', reason: 'another disk or folder is in its place' });
      expect((await check('--new-disk')).verdict).toBe('failed');
    } finally {
      scratch.shell('umount tree');
    }
  });
});

test('files below a folder that cannot be listed are not gone', async () => {
  await add();
  scratch.shell('chmod 0 tree/d');
  const asNobody = process.getuid?.() === 0;
  const checked = asNobody ? undefined : await check();
  scratch.shell('chmod 755 tree/d');
  // Root lists everything.
  if (checked === undefined) return;
  expect(states(checked)).toEqual({ d: 'unreadable' });
  expect(await check()).toMatchObject({ summary: { ok: 4, gone: 0 } });
});

test('moves are matched as a multiset, names alike first', async () => {
  for (const name of ['x/1.txt', 'x/2.txt', 'x/3.txt']) file(name, 'same');
  await add();
  scratch.shell('mkdir tree/y; mv tree/x/2.txt tree/x/1.txt tree/y; rm tree/x/3.txt');
  const { entries } = await check();
  const found = entries.filter(({ state }) => state !== 'ok').map(({ path, state, foundAt }) => [path, state, foundAt]);
  expect(found).toEqual([
    ['x/1.txt', 'moved', 'y/1.txt'],
    ['x/2.txt', 'moved', 'y/2.txt'],
    ['x/3.txt', 'gone', undefined],
  ]);
});

describe('a part of a folder', () => {
  test('is what is due: nothing right after the last check', async () => {
    await add();
    rot('a.txt');
    expect(await check('--older-than', '1d')).toMatchObject({ status: 0, summary: { readFiles: 0 } });
  });

  test('still finds what is new, gone and moved', async () => {
    await add();
    file('new.txt', 'new');
    scratch.shell('rm tree/b.txt; mv tree/a.txt tree/d');
    const checked = await check('--older-than', '1d');
    expect(states(checked)).toEqual({ 'a.txt': 'moved', 'b.txt': 'gone', 'new.txt': 'new' });
  });

  test('goes through all files within a few checks, oldest first', async () => {
    await add();
    rot('d/e/f.txt');
    let damaged = 0;
    for (let n = 0; n < 4; n++) damaged += Number((await check('--percent', '25')).summary.damaged);
    expect(damaged).toBeGreaterThan(0);
  });

  test('begins with what is damaged', async () => {
    await add();
    rot('d/e/f.txt');
    await check();
    expect(states(await check('--max-bytes', '1', '--older-than', '0s'))).toEqual({ 'd/e/f.txt': 'damaged' });
  });
});

test.skipIf(!hasProgram('sha256sum'))('the record is a checksum file that other programs read', async () => {
  scratch.file('tree/line\nend', 'x');
  scratch.file('tree/back\\slash', 'y');
  scratch.file('tree/\xff', 'z');
  await guard('add', '--at-root', scratch.at('tree'));
  expect(scratch.shell('cd tree && sha256sum --check --strict .hashlane/guard.sha256').match(/: OK$/gm)).toHaveLength(
    7,
  );
});

describe('a record at the root of the medium', () => {
  test('goes along with it, and is no part of what is checked', async () => {
    await guard('add', '--at-root', scratch.at('tree'));
    expect(await check()).toMatchObject({ status: 0, summary: { ok: 4, new: 0 } });
    scratch.shell('rm -r profile');
    expect(await check()).toMatchObject({ status: 0, summary: { ok: 4, new: 0 } });
  });

  test('that is missing makes the folder unavailable', async () => {
    await guard('add', '--at-root', scratch.at('tree'));
    scratch.shell('rm -r tree/.hashlane');
    expect(await check()).toMatchObject({ verdict: 'unavailable', reason: 'its record is not there' });
  });

  test.each(['link', 'folder'])('is not written through a link (%s)', async (kind) => {
    scratch.shell(
      kind === 'link'
        ? 'mkdir out; ln -s ../out tree/.hashlane'
        : 'mkdir tree/.hashlane; ln -s ../../out tree/.hashlane/guard.sha256',
    );
    expect((await guard('add', '--at-root', scratch.at('tree'))).status).toBe(1);
    expect(scratch.shell('ls out 2>/dev/null || true')).toBe('');
  });
});

test('a record that was damaged itself is refused, and stays as it is', async () => {
  await add();
  const record = scratch.at(scratch.shell('ls profile/hashlane/guard/*.sha256').trim());
  const text = readFileSync(record, 'latin1');
  writeFileSync(record, text.replace(/(#@ .*\n)./, '$10'), 'latin1');
  const damaged = readFileSync(record, 'latin1');
  const { status, said } = await guard('check', scratch.at('tree'));
  expect(status).toBe(1);
  expect(said).toContain('(GUARD_RECORD)');
  expect(readFileSync(record, 'latin1')).toBe(damaged);
});

test('--quiet says nothing when all is well, and the failures otherwise', async () => {
  await add();
  expect(await guard('check', '--quiet', scratch.at('tree'))).toMatchObject({ status: 0, printed: '', said: '' });
  rot('a.txt');
  file('new.txt', 'new');
  const { printed } = await guard('check', '--quiet', scratch.at('tree'));
  expect(printed.split('\n')).toEqual([
    'damaged     a.txt',
    expect.stringMatching(/^DAMAGED: the content of 1 file/),
    '',
  ]);
});

test('reports as CSV and as a page name every exception', async () => {
  await add();
  rot('a.txt');
  expect((await guard('check', '--format', 'csv', scratch.at('tree'))).printed).toMatch(
    /^a\.txt,damaged,[0-9a-f]{64},[0-9a-f]{64},/m,
  );
  const page = (await guard('check', '--format', 'html', scratch.at('tree'))).printed;
  expect(page).toContain('<td>damaged</td><td>a.txt</td>');
  expect(page).not.toContain('<script');
});

test('status lists what is guarded, and remove ends it', async () => {
  await add();
  expect((await guard('status')).printed).toContain(`${scratch.at('tree')}: no damage known, last check 2`);
  expect(JSON.parse((await guard('status', '--json')).printed)).toMatchObject({
    files: 4,
    damaged: 0,
    isAvailable: true,
  });
  expect((await guard('remove', scratch.at('tree'))).status).toBe(0);
  expect((await guard('status')).printed).toBe('');
  expect((await guard('check', scratch.at('tree'))).said).toContain('(GUARD_UNKNOWN)');
});

test('a folder is put on record once', async () => {
  await add();
  const { status, said } = await add();
  expect(status).toBe(1);
  expect(said).toContain('is guarded already (GUARD_EXISTS)');
});

test('units for systemd and launchd name the folder', async () => {
  scratch.shell('mv tree "t%i \\"$"');
  const root = scratch.at('t%i "$');
  await guard('add', root);
  const { printed } = await guard('schedule', '--system', 'systemd', '--percent', '5', root);
  expect(printed).toContain('OnCalendar=weekly');
  expect(printed).toContain('"guard" "check" "--quiet" "--percent" "5" "--" "');
  expect(printed).toContain('t%%i \\"$$"\n');
  expect((await guard('schedule', '--system', 'launchd', root)).printed).toContain('t%i &quot;$</string>');
});

test('what was compared before an interruption counts, and nothing is gone', async () => {
  await add();
  renameSync(scratch.at('tree/a.txt'), scratch.at('tree/z.txt'));
  const world = new TestWorld();
  world.environment.XDG_DATA_HOME = scratch.at('profile');
  Object.assign(world, { loadEngine });
  world.interrupt();
  expect(await world.run('guard', 'check', scratch.at('tree'))).toBe(130);
  expect(states(await check())).toEqual({ 'a.txt': 'moved' });
});
