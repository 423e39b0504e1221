/** `hashlane jobs` over the history of a data folder. */
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { writeBatch } from '#shared/batch/writer.ts';
import { jobIdText } from '#shared/jobs/job-id.ts';
import { defaultWalk } from '#shared/jobs/walk-options.ts';
import { temporaryFolder } from '../../../base/testing/temporary-folder.ts';
import { JournalFolder } from '../../../store/journal-folder.ts';
import { TestWorld } from '../../testing/test-world.ts';

let data: string;
beforeEach(() => {
  data = temporaryFolder();
});

async function run(...argv: string[]) {
  const world = new TestWorld();
  world.environment.XDG_DATA_HOME = data;
  const status = await world.run('jobs', ...argv);
  return { status, printed: world.printed, said: world.said };
}

const walk = defaultWalk;

/** A job of one result; gives its id as people write it. */
async function job(name: string, { ended = true } = {}): Promise<string> {
  const folder = JournalFolder.open(path.join(data, 'hashlane'));
  const roots = [{ path: Buffer.from(name).toString('base64'), kind: 'folder', name, size: null } as const];
  const spec = { kind: 'hash' as const, sources: [], algorithms: ['md5' as const], walk };
  const journal = await folder.create({ kind: 'hash', spec, roots, resumable: true });
  const digests = { md5: new Uint8Array(16).fill(0xab) };
  const records = [{ entryId: 0, name: `${name}/file`, size: 7, digests }];
  journal.append(writeBatch({ jobId: journal.header.id, sequence: 0, algorithms: ['md5'], records }), () => undefined);
  const totals = { files: 1, bytes: 7, ok: 1, failed: 0, skipped: 0, elapsedMs: 3 };
  if (ended) await journal.seal({ state: 'finished', totals, outcome: null, failure: null, algorithms: ['md5'] });
  else await journal.finish();
  return jobIdText(journal.header.id);
}

test('list prints a line a job, the newest first, or JSON', async () => {
  expect(await run('list')).toEqual({ status: 0, printed: '', said: '' });
  const [old, open] = [await job('/photos'), await job('/films\x1b', { ended: false })];
  const { printed } = await run('list');
  expect(printed.split('\n')).toEqual([
    expect.stringMatching(new RegExp(`^${open}  .*Z  hash +interrupted +-  /films\\\\x1b$`)),
    expect.stringMatching(new RegExp(`^${old}  .*Z  hash +finished +1  /photos$`)),
    '',
  ]);
  const json = (await run('list', '--json', '--unfinished')).printed.trim().split('\n');
  expect(json.map((line) => JSON.parse(line) as object)).toMatchObject([{ job: open, state: 'interrupted' }]);
  expect((await run('list', '--limit', '1')).printed).toMatch(new RegExp(`^${open}.*\n$`));
});

test('show tells what is known of a job', async () => {
  const id = await job('/photos');
  const { printed } = await run('show', id.toUpperCase());
  for (const words of [id, 'finished', '/photos', 'md5', '1: 1 ok, 0 failed, 0 skipped'])
    expect(printed).toContain(words);
  expect(JSON.parse((await run('show', '--json', id)).printed)).toMatchObject({ job: id, totals: { files: 1 } });
});

test('export prints the results, by id or by file', async () => {
  const id = await job('/photos');
  const expected = { status: 0, printed: `${'ab'.repeat(16)}  /photos/file\n`, said: '' };
  expect(await run('export', id)).toEqual(expected);
  expect(await run('export', path.join(data, 'hashlane', 'jobs', `${id}.hlj`))).toEqual(expected);
  expect(await run('export', '--format', 'ed2k', id)).toMatchObject({ status: 2 });
});

test('a job gets a name, is kept, and is deleted', async () => {
  const id = await job('/photos');
  expect((await run('label', id, '--name', 'Archive', '--keep')).status).toBe(0);
  expect((await run('list')).printed).toContain('Archive (/photos)  (kept)');
  expect((await run('label', id, '--name', '', '--no-keep')).status).toBe(0);
  expect((await run('list')).printed).not.toContain('Archive');
  expect((await run('label', id)).status).toBe(2);
  expect(await run('delete', id)).toEqual({ status: 0, printed: '', said: '' });
  expect((await run('list')).printed).toBe('');
});

test.each([['show'], ['export'], ['delete'], ['label', '--keep']])(
  '%s of a job that is not there fails',
  async (...argv) => {
    await job('/photos');
    for (const id of ['0000000000z', 'nothing']) {
      const { status, said } = await run(...argv, id);
      expect(status).toBe(1);
      expect(said).toMatch(/^hashlane: cannot /);
    }
  },
);
