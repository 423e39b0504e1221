import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { hasProgram, Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch = new Scratch();
beforeEach(() => {
  scratch = new Scratch();
  scratch.file('A001/clip.mov', 'aaa');
  scratch.file('A001/sub/\xc3\xbc & b', 'bbb');
});
afterEach(() => scratch.remove());

async function mhl(...argv: string[]) {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  const status = await world.run('mhl', ...argv);
  return { status, printed: Buffer.from(world.printed, 'latin1').toString(), said: world.said };
}

const lists = () => readdirSync(scratch.at('A001')).filter((name) => name.endsWith('.mhl'));
const list = () => scratch.at('A001', lists()[0]!);

test('a list of a folder verifies, and says what has changed since', async () => {
  const made = await mhl('create', '--classic', '-a', 'xxh64,md5', scratch.at('A001'));
  expect(made).toMatchObject({ status: 0, printed: 'ok: 2 files\n', said: expect.stringContaining('wrote ') });
  expect(lists()).toEqual([expect.stringMatching(/^A001_\d{4}-\d\d-\d\d_\d{6}\.mhl$/)]);
  const xml = readFileSync(list(), 'utf8');
  expect(xml).toContain('<hashlist version="1.1">');
  expect(xml).toContain('<xxhash64be>');
  if (hasProgram('xxhsum')) expect(xml).toContain(scratch.shell('xxhsum -H64 A001/clip.mov').slice(0, 16));
  expect(await mhl('verify', '--classic', list())).toMatchObject({ status: 0 });
  writeFileSync(scratch.at('A001/clip.mov'), 'AAA');
  renameSync(scratch.at('A001/sub/ü & b'), scratch.at('A001/moved'));
  const { status, printed } = await mhl('verify', '--classic', '--format', 'json', list());
  expect(status).toBe(1);
  const { entries } = JSON.parse(printed) as { entries: { path: string; status: string }[] };
  expect(new Set(entries.map((entry) => `${entry.path} ${entry.status}`))).toEqual(
    new Set(['clip.mov changed', 'sub/ü & b moved']),
  );
});

test('names that lead out of the folder are not opened', async () => {
  scratch.file('secret', 'x');
  const hash =
    '<size>1</size><lastmodificationdate>2020-01-01T00:00:00Z</lastmodificationdate><md5>9dd4e461268c8034f5c8564e155c67a6</md5><hashdate>2020-01-01T00:00:00Z</hashdate>';
  scratch.file(
    'A001/x.mhl',
    `<?xml version="1.0"?><hashlist version="1.1"><hash><file>../secret</file>${hash}</hash></hashlist>`,
  );
  const { status, printed } = await mhl('verify', '--classic', scratch.at('A001/x.mhl'));
  expect(status).toBe(1);
  expect(printed).toContain('outside-root');
});

test('what cannot be done is said, and nothing is written', async () => {
  expect(await mhl('create', '--classic', '-a', 'c4', scratch.at('A001'))).toMatchObject({ status: 2 });
  expect(await mhl('verify', '--classic', scratch.at('A001/clip.mov'))).toMatchObject({ status: 1 });
  expect(await mhl('verify', '--classic', scratch.at('absent.mhl'))).toMatchObject({ status: 1 });
  expect(await mhl('verify', '--classic', '--ignore', 'x', scratch.at('x.mhl'))).toMatchObject({ status: 2 });
  scratch.file('A001/\xff', 'x');
  expect((await mhl('create', '--classic', scratch.at('A001'))).said).toContain('not UTF-8');
  expect(lists()).toEqual([]);
});
