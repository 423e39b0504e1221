/** Finished jobs as sides, and cloud listings. */
import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jobIdText } from '#shared/jobs/job-id.ts';
import { loadEngine } from '../../../engine/native-engine.ts';
import { hasProgram, Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch = new Scratch();
beforeEach(() => {
  scratch = new Scratch();
  scratch.file('photos/a', 'aaa');
  scratch.file('photos/sub/b', 'bbb');
  scratch.file('photos/sub/copy of b', 'bbb');
});
afterEach(() => scratch.remove());

async function hashlane(...argv: string[]) {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  world.environment.XDG_DATA_HOME = scratch.at('data');
  const status = await world.run(...argv);
  return { status, printed: Buffer.from(world.printed, 'latin1').toString(), said: world.said };
}

/** A job over `roots`; gives its journal. */
async function job(name: string, roots: readonly string[], algorithms = 'sha256,md5'): Promise<string> {
  const journal = scratch.at(`${name}.hlj`);
  await hashlane('hash', '-a', algorithms, '--journal', journal, '-o', scratch.at(`${name}.sums`), ...roots);
  return journal;
}

async function statuses(left: string, right: string) {
  const { status, printed, said } = await hashlane('compare', '--format', 'json', left, right);
  expect(said).toBe('');
  const { entries } = JSON.parse(printed) as { entries: { path: string; status: string; foundAt?: string }[] };
  const text = (entry: (typeof entries)[number]) => [entry.status, entry.foundAt ?? []].flat().join(' ');
  return { status, all: Object.fromEntries(entries.map((entry) => [entry.path, text(entry)])) };
}

const photos = () => scratch.at('photos');
const same = { a: 'same', 'sub/b': 'same', 'sub/copy of b': 'same' };

describe('a finished job as a side', () => {
  test('is compared with its folder, with a folder elsewhere, with a list and with itself', async () => {
    const journal = await job('one', [photos()]);
    scratch.shell('cp -r photos elsewhere; cd photos; sha512sum a > ../other; md5sum a sub/* > ../md5');
    expect(await statuses(journal, photos())).toEqual({ status: 0, all: same });
    expect(await statuses(scratch.at('elsewhere'), journal)).toEqual({ status: 0, all: same });
    expect(await statuses(journal, scratch.at('md5'))).toEqual({ status: 0, all: same });
    expect(await statuses(journal, journal)).toEqual({ status: 0, all: same });
    expect((await statuses(journal, scratch.at('other'))).all).toMatchObject({ a: 'not-comparable' });
  });

  test('says what has changed since it ran, and what was moved', async () => {
    const journal = await job('one', [photos()]);
    writeFileSync(scratch.at('photos/a'), 'AAA');
    renameSync(scratch.at('photos/sub/b'), scratch.at('photos/moved'));
    writeFileSync(scratch.at('photos/new'), 'new!');
    expect((await statuses(journal, photos())).all).toEqual({
      a: 'changed',
      'sub/b': 'moved moved',
      'sub/copy of b': 'same',
      new: 'right-only',
    });
  });

  test('of two jobs needs neither folder any more', async () => {
    const left = await job('left', [photos()]);
    writeFileSync(scratch.at('photos/a'), 'AAA');
    const right = await job('right', [photos()]);
    rmSync(photos(), { recursive: true });
    expect((await statuses(left, right)).all).toEqual({ ...same, a: 'changed' });
  });

  test('is given by its id, too', async () => {
    const journal = await job('one', [photos()]);
    const text = jobIdText(Number(/"id":(\d+)/.exec(readFileSync(journal, 'latin1'))![1]));
    mkdirSync(scratch.at('data', 'hashlane', 'jobs'), { recursive: true });
    copyFileSync(journal, scratch.at('data', 'hashlane', 'jobs', `${text}.hlj`));
    expect(await statuses(text, photos())).toEqual({ status: 0, all: same });
    expect(await hashlane('duplicates', text)).toMatchObject({ status: 0 });
  });

  test('of several roots has names below the folder that they lie in', async () => {
    scratch.file('music/c', 'c');
    const journal = await job('both', [photos(), scratch.at('music'), scratch.at('photos', 'a')]);
    const { all } = await statuses(journal, journal);
    expect(Object.keys(all)).toEqual(['music/c', 'photos/a', 'photos/sub/b', 'photos/sub/copy of b']);
    const single = await job('single', [scratch.at('photos', 'a')]);
    expect((await statuses(single, single)).all).toEqual({ a: 'same' });
  });

  test.skipIf(process.getuid?.() === 0)('does not take for gone what it could not read', async () => {
    scratch.shell('cp -r photos elsewhere');
    chmodSync(scratch.at('photos', 'sub'), 0);
    const journal = await job('one', [photos()]);
    chmodSync(scratch.at('photos', 'sub'), 0o755);
    expect((await statuses(scratch.at('elsewhere'), journal)).all).toMatchObject({ 'sub/b': 'unreadable' });
  });

  test('does not take a file that vanished for one that is only on the other side', async () => {
    const journal = await job('one', [photos(), scratch.at('photos', 'absent')]);
    scratch.file('photos/absent', 'x');
    expect((await statuses(journal, scratch.folder)).all).toMatchObject({ 'photos/absent': 'unreadable' });
    // Nor what lies below it, should it have been a folder.
    rmSync(scratch.at('photos/absent'));
    scratch.file('photos/absent/deep/file', 'x');
    expect((await statuses(journal, scratch.folder)).all).toMatchObject({ 'photos/absent/deep/file': 'unreadable' });
  });

  test('that has not finished, or is damaged, is refused', async () => {
    const journal = await job('one', [photos()]);
    truncateSync(journal, readFileSync(journal).length - 10);
    const { status, said } = await hashlane('compare', journal, photos());
    expect(status).toBe(1);
    expect(said).toContain('it has not finished (JOURNAL_FORMAT)');
    expect(await hashlane('duplicates', journal)).toMatchObject({ status: 1, printed: '' });
  });
});

describe('duplicates in a finished job', () => {
  const found = async (journal: string, ...options: string[]) => {
    const { status, printed } = await hashlane('duplicates', '--format', 'json', ...options, journal);
    const { groups, summary } = JSON.parse(printed) as {
      groups: { files: string[]; hardLinks?: object; algorithm: string; reclaimable: number }[];
      summary: object;
    };
    return { status, groups, summary };
  };

  test('are found without the files', async () => {
    const journal = await job('one', [photos()]);
    rmSync(photos(), { recursive: true });
    expect(await found(journal)).toMatchObject({
      status: 0,
      groups: [
        {
          files: [scratch.at('photos/sub/b'), scratch.at('photos/sub/copy of b')],
          algorithm: 'sha256',
          reclaimable: 3,
        },
      ],
      summary: { files: 3, groups: 1, duplicates: 1, reclaimable: 3, unreadable: [] },
    });
    expect((await found(journal, '--min-size', '4')).groups).toEqual([]);
  });

  test('count hard links as one copy', async () => {
    linkSync(scratch.at('photos/a'), scratch.at('photos/linked'));
    linkSync(scratch.at('photos/sub/b'), scratch.at('photos/sub/linked'));
    const journal = await job('one', [photos()]);
    const { groups } = await found(journal);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({
      files: [scratch.at('photos/sub/b'), scratch.at('photos/sub/copy of b')],
      hardLinks: { [scratch.at('photos/sub/b')]: [scratch.at('photos/sub/linked')] },
      reclaimable: 3,
    });
  });

  test('are not told from digests that only detect accidents', async () => {
    const { status, said } = await hashlane('duplicates', await job('weak', [photos()], 'crc32'));
    expect(status).toBe(1);
    expect(said).toContain('CRC-32 is equal for different files, too');
  });
});

describe('cloud listings', () => {
  test.skipIf(!hasProgram('rclone'))('of rclone are compared with a folder and with a job', async () => {
    scratch.shell(
      'rclone lsjson -R --files-only --hash photos > ls.json 2>/dev/null; rclone hashsum md5 photos > md5.txt 2>/dev/null',
    );
    const journal = await job('one', [photos()]);
    for (const listing of ['ls.json', 'md5.txt'].map((name) => scratch.at(name))) {
      expect(await statuses(photos(), listing)).toEqual({ status: 0, all: same });
      expect(await statuses(listing, journal)).toEqual({ status: 0, all: same });
    }
  });

  test('of aws s3api are compared with a folder and with a job', async () => {
    const md5 = scratch.shell('cd photos && md5sum a sub/*').trimEnd().split('\n');
    const Contents = md5.map((line) => ({ Key: line.slice(34), ETag: `"${line.slice(0, 32)}"`, Size: 3 }));
    scratch.file('s3.json', JSON.stringify({ Contents, RequestCharged: null }, null, 4));
    expect(await statuses(photos(), scratch.at('s3.json'))).toEqual({ status: 0, all: same });
    expect(await statuses(scratch.at('s3.json'), await job('one', [photos()]))).toEqual({ status: 0, all: same });
    writeFileSync(scratch.at('photos/a'), 'AAA');
    expect((await statuses(photos(), scratch.at('s3.json'))).all).toEqual({ ...same, a: 'changed' });
  });

  test('of aws s3api name objects in parts by any of the usual part sizes', async () => {
    scratch.file('big/a', Buffer.alloc(6 << 20, 7));
    const { createHash } = await import('node:crypto');
    const digest = (bytes: Uint8Array) => createHash('md5').update(bytes).digest();
    const parts = [digest(Buffer.alloc(5 << 20, 7)), digest(Buffer.alloc(1 << 20, 7))];
    const etag = (last: string) => JSON.stringify({ Contents: [{ Key: 'a', ETag: `"${last}-2"`, Size: 6 << 20 }] });
    scratch.file('s3.json', etag(digest(Buffer.concat(parts)).toString('hex')));
    expect(await statuses(scratch.at('big'), scratch.at('s3.json'))).toEqual({ status: 0, all: { a: 'same' } });
    scratch.file('s3.json', etag('0'.repeat(32)));
    expect((await statuses(scratch.at('big'), scratch.at('s3.json'))).all).toEqual({ a: 'changed' });
  });
});
