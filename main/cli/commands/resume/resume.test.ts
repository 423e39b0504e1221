/** `hash --journal` and `resume` with the real engine on real files; kills are in scripts/checks/kills. */
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { takeLock } from '../../../store/lock.ts';
import { cutSeal } from '../../../store/testing/cut-seal.ts';
import { Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch: Scratch;
beforeEach(() => {
  scratch = new Scratch();
  for (const name of ['tree/a', 'tree/b', 'tree/sub/c', 'tree/sub/d\xff']) scratch.file(name);
});
afterEach(() => scratch.remove());

async function run(...argv: string[]) {
  const world = new TestWorld();
  world.engine = loadEngine({ threads: 2 });
  const status = await world.run(...argv);
  return { status, printed: world.printed, said: world.said };
}

const tree = () => scratch.at('tree');
const journal = () => scratch.at('job.hlj');

test('a journal changes nothing of the results, in either order, and is private', async () => {
  const plain = await run('-a', 'md5', tree());
  const journaled = await run('-a', 'md5', '--journal', journal(), tree());
  expect(journaled).toEqual(plain);
  expect(plain.printed.split('\n')).toHaveLength(5);
  expect(statSync(journal()).mode & 0o777).toBe(0o600);
  expect(existsSync(`${journal()}.lock`)).toBe(false);
  const other = await run('-a', 'md5', '--order', 'completion', '--journal', scratch.at('other.hlj'), tree());
  expect(other.printed.split('\n').sort()).toEqual(plain.printed.split('\n').sort());
});

test('names may be relative to a folder, with a journal, too', async () => {
  const journaled = await run('--base', tree(), '--journal', journal(), tree());
  expect(journaled).toEqual(await run('--base', tree(), tree()));
});

test('an unfinished journal goes on: by the same command, or by resume, with every result once', async () => {
  const plain = await run(tree());
  await run('--journal', journal(), tree());
  cutSeal(journal());
  copyFileSync(journal(), scratch.at('copy.hlj'));
  const same = await run('--journal', journal(), tree());
  expect(same.said).toContain('goes on; 4 files were done');
  expect(same).toMatchObject({ status: 0, printed: plain.printed });
  const resumed = await run('resume', scratch.at('copy.hlj'), '--format', 'jsonl', '-o', scratch.at('out.jsonl'));
  expect(resumed.status).toBe(0);
  const lines = readFileSync(scratch.at('out.jsonl'), 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as { status: string })).toMatchObject(Array(4).fill({ status: 'ok' }));
});

test('what changed, appeared or could not be read is read now', async () => {
  scratch.file('tree/e');
  await run('--journal', journal(), tree(), scratch.at('missing'));
  cutSeal(journal());
  scratch.file('tree/a', 'other contents');
  scratch.file('tree/new');
  scratch.file('missing');
  const plain = await run(tree(), scratch.at('missing'));
  const resumed = await run('resume', journal());
  expect(resumed.said).toContain('goes on; 5 files were done');
  expect(resumed.said).toContain(
    '3 files were read now, of which 2 had changed or could not be read before, and 1 appeared',
  );
  expect(resumed).toMatchObject({ status: 0, printed: plain.printed });
});

test('of a finished job resume prints the results and reads nothing', async () => {
  const first = await run('--journal', journal(), tree());
  scratch.file('tree/a', 'other contents');
  expect(await run('resume', journal())).toEqual(first);
  const summary = scratch.at('summary.json');
  expect((await run('resume', journal(), '--summary-json', summary)).printed).toBe(first.printed);
  expect(JSON.parse(readFileSync(summary, 'utf8'))).toMatchObject({ files: 4, ok: 4, failed: 0 });
});

test('a torn tail is cut off and said', async () => {
  const first = await run('--journal', journal(), tree());
  cutSeal(journal());
  writeFileSync(journal(), Buffer.concat([readFileSync(journal()), Buffer.from('HLB1 and no more')]));
  const resumed = await run('resume', journal());
  expect(resumed.said).toContain('16 bytes at its end were not whole');
  expect(resumed).toMatchObject({ status: 0, printed: first.printed });
});

test('the journal, which lies among the files, is no result', async () => {
  const inside = scratch.at('tree', 'job.hlj');
  const first = await run('--journal', inside, tree());
  expect(first.printed).not.toContain('job.hlj');
  cutSeal(inside);
  const resumed = await run('resume', inside);
  expect(resumed.printed).toBe(first.printed);
});

test.each([
  ['other paths', () => ['--journal', journal(), scratch.at('tree/sub')], 'it is of a job over other paths'],
  ['other options', () => ['--no-hidden', '--journal', journal(), tree()], 'or with other options'],
  ['other algorithms', () => ['-a', 'md5', '--journal', journal(), tree()], 'or with other options'],
])('an unfinished journal of a job with %s is left as it is', async (_, argv, words) => {
  await run('--journal', journal(), tree());
  cutSeal(journal());
  const before = readFileSync(journal());
  const refused = await run(...argv());
  expect(refused).toMatchObject({ status: 1, printed: '' });
  expect(refused.said).toContain(words);
  expect(readFileSync(journal())).toEqual(before);
});

test('a finished journal, a file that is none, and one of a running job are left as they are', async () => {
  await run('--journal', journal(), tree());
  expect((await run('--journal', journal(), tree())).said).toContain('its job has finished');
  scratch.file('letter', 'Dear Ana,');
  for (const argv of [
    ['--journal', scratch.at('letter'), tree()],
    ['resume', scratch.at('letter')],
  ]) {
    expect(await run(...argv)).toMatchObject({
      status: 1,
      said: expect.stringContaining('It is no journal') as string,
    });
  }
  expect(readFileSync(scratch.at('letter'), 'utf8')).toBe('Dear Ana,');
  expect((await run('resume', scratch.at('nothing'))).status).toBe(1);
  cutSeal(journal());
  const lock = await takeLock(journal());
  const refused = await run('resume', journal());
  await lock!.release();
  expect(refused).toMatchObject({ status: 1, printed: '' });
  expect(refused.said).toContain('running in another process');
});

test('standard input has no journal', async () => {
  expect(await run('--journal', journal(), '-')).toMatchObject({
    status: 2,
    said: expect.stringContaining('cannot be read again') as string,
  });
  expect(existsSync(journal())).toBe(false);
});

test('an interrupted run says how it goes on', async () => {
  const world = new TestWorld();
  world.engine = loadEngine({ threads: 2 });
  world.beforeWrite = async () => world.interrupt();
  expect(await world.run('--journal', journal(), tree())).toBe(130);
  expect(world.said).toContain("'hashlane resume' goes on with it");
  expect(await run('resume', journal())).toMatchObject({ status: 0, printed: (await run(tree())).printed });
});

test('a disk that is full stops the run with a message, prints nothing new, and the journal goes on later', async () => {
  const plain = await run(tree());
  const handle = await open(scratch.folder, 'r');
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const { write } = prototype;
  const full = vi.spyOn(prototype, 'write').mockImplementation(function (this: FileHandle, ...given: unknown[]) {
    const [bytes] = given as [Uint8Array];
    // Batches; what the journal begins with still finds room.
    const isBatch = Buffer.from(bytes.buffer, bytes.byteOffset, 4).toString() === 'HLB1';
    if (isBatch) return Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    return Reflect.apply(write, this, given) as never;
  });
  const stopped = await run('--journal', journal(), '-o', scratch.at('out'), tree());
  full.mockRestore();
  expect(stopped.status).toBe(1);
  expect(stopped.said).toContain('no space is left on the device');
  expect(stopped.said).toContain('(JOURNAL_FULL)');
  expect(existsSync(scratch.at('out'))).toBe(false);
  expect(await run('resume', journal())).toMatchObject({ status: 0, printed: plain.printed });
});
