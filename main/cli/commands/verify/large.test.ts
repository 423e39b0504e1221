/** Lists of many entries, which are judged while they are read, and folders that go to the engine as a whole. */
import { createHash } from 'node:crypto';
import { linkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

const folders = 12;
const filesEach = 250;
const scratch = new Scratch();
const padding = 'a name that is rather long, so that the list is longer than what is read at a time';
const names = Array.from(
  { length: folders * filesEach },
  (_, at) => `folder ${Math.floor(at / filesEach) + 10}/${at} ${padding}`,
);

beforeAll(() => {
  for (const name of names) scratch.file(`in/${name}`, name);
});
afterAll(() => scratch.remove());

const sum = (algorithm: string, contents: string) => createHash(algorithm).update(contents).digest('hex');
const list = (algorithm: string, of = names) => of.map((name) => `${sum(algorithm, name)}  ${name}\n`).join('');

async function verified(text: string, ...argv: string[]) {
  writeFileSync(scratch.at('SUMS'), text);
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  const status = await world.run('verify', '--format', 'json', '--root', scratch.at('in'), ...argv, scratch.at('SUMS'));
  const { entries, summary } = JSON.parse(Buffer.from(world.printed, 'latin1').toString()) as {
    entries: { path: string; status: string }[];
    summary: Record<string, unknown>;
  };
  const wrong = entries.filter((entry) => entry.status !== 'ok').map((entry) => `${entry.path} ${entry.status}`);
  return { status, summary, wrong: wrong.sort() };
}

describe.each([
  ['in the order of the folders', (text: string) => text],
  ['the other way round', (text: string) => text.trimEnd().split('\n').reverse().join('\n')],
  ['with ./ before each name', (text: string) => text.replaceAll('  folder', '  ./folder')],
])('a list %s', (_, change) => {
  test('is ok as a whole', async () => {
    for (const policy of ['report', 'ignore']) {
      expect(await verified(change(list('sha256')), '--unlisted', policy)).toMatchObject({
        status: 0,
        wrong: [],
        summary: { ok: names.length },
      });
    }
  });

  test('has algorithms one after the other in one file', async () => {
    const text = change(list('md5') + list('sha1'));
    expect(await verified(text)).toMatchObject({ status: 0, summary: { ok: 2 * names.length } });
  });
});

test('what is changed, gone, new or a link is found among thousands', async () => {
  const [changed, gone, linked, replaced] = [names[5]!, names[300]!, names[600]!, names[2999]!];
  writeFileSync(scratch.at('in', changed), 'x');
  for (const name of [gone, linked, replaced]) rmSync(scratch.at('in', name));
  scratch.file('outside', linked);
  symlinkSync(scratch.at('outside'), scratch.at('in', linked));
  linkSync(scratch.at('in', names[7]!), scratch.at('in', replaced));
  scratch.file(`in/${names[900]!.split('/')[0]}/new`, 'new');
  const { status, wrong } = await verified(list('sha256'));
  expect(status).toBe(1);
  expect(wrong).toEqual(
    [
      `${changed} changed`,
      `${gone} missing`,
      `${linked} outside-root`,
      `${replaced} changed`,
      `${names[900]!.split('/')[0]}/new unlisted`,
    ].sort(),
  );
});
