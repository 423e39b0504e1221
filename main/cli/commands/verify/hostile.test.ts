/** Manifests by somebody who means harm: bounded memory and time, a status for each line, nothing obeyed. */
import { randomFillSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { hasProgram, Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch = new Scratch();
beforeEach(() => {
  scratch = new Scratch();
  scratch.file('a', 'a');
});
afterEach(() => scratch.remove());

const aSha = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';

async function verified(contents: string | Uint8Array, ...argv: string[]) {
  writeFileSync(scratch.at('SUMS'), contents);
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  const status = await world.run('verify', '--format', 'json', ...argv, scratch.at('SUMS'));
  const report = JSON.parse(Buffer.from(world.printed, 'latin1').toString()) as {
    entries: { path: string | null; status: string }[];
    summary: Record<string, number>;
  };
  return { status, ...report };
}

test('a million malformed lines are counted', async () => {
  const { status, summary } = await verified(`${aSha}  a\n${'x\n'.repeat(1_000_000)}`);
  expect(status).toBe(1);
  expect(summary).toMatchObject({ ok: 1, malformed: 1_000_000 });
});

test('a line of many megabytes is malformed, and the next one is read', async () => {
  const { summary } = await verified(`${aSha}  a\n${'y'.repeat(20 << 20)}\n${aSha}  a\n`);
  expect(summary).toMatchObject({ ok: 2, malformed: 1 });
});

test('a name of a megabyte is no file', async () => {
  const { summary } = await verified(`${aSha}  a\n${aSha}  ${'n'.repeat(900_000)}\n${aSha}  ${'d/'.repeat(40_000)}x\n`);
  expect(summary).toMatchObject({ ok: 1, verdict: 'failed' });
  expect(summary.missing! + summary.unreadable!).toBe(2);
});

test('random bytes are no success', async () => {
  for (const length of [1, 10, 1000, 100_000]) {
    expect((await verified(randomFillSync(Buffer.alloc(length)))).status).toBe(1);
  }
});

test('a list that ends within a line is not ok', async () => {
  expect((await verified(`${aSha}  a\n${aSha.slice(0, 40)}`)).status).toBe(1);
  expect((await verified(`[{"path":"a","size":1,"status":"ok","digests":{"sha256":"${aSha}"}},{"pa`)).status).toBe(1);
});

test('names that look like digests, options or other lines are names', async () => {
  const names = [aSha, '-', '--help', `SHA256 (a) = ${aSha}`];
  for (const name of names) scratch.file(name, 'a');
  const { summary } = await verified(names.map((name) => `${aSha}  ${name}\n`).join(''));
  expect(summary).toMatchObject({ ok: names.length, verdict: 'ok' });
});

describe('what a line says twice', () => {
  test('is judged twice, and a contradiction fails', async () => {
    const { status, entries } = await verified(`${aSha}  a\n${'0'.repeat(64)}  ./a\n`);
    expect(status).toBe(1);
    expect(entries.map((entry) => entry.status)).toEqual(['ok', 'changed']);
  });
});

test('text and HTML obey no name on a terminal or in a browser', async () => {
  writeFileSync(scratch.at('SUMS'), `${aSha}  \u001b[2J\u202eevil<img src=x onerror=alert(1)>"'\n`);
  for (const format of ['text', 'html']) {
    const world = new TestWorld();
    Object.assign(world, { loadEngine });
    await world.run('verify', '--format', format, scratch.at('SUMS'));
    const printed = Buffer.from(world.printed, 'latin1').toString();
    expect(printed).not.toMatch(/[\u001b\u202e]/);
    if (format === 'html') expect(printed).not.toMatch(/<img|<script/);
  }
});

describe('what other tools wrote', () => {
  beforeEach(() => {
    for (const name of ['b c', 'sub/d', 'back\\slash', 'line\nend']) scratch.file(name);
  });
  const plain = 'a "b c" sub/d';
  const all = `${plain} 'back\\slash' 'line
end'`;
  test.each([
    ['sha256sum', `sha256sum ${all}`, 5],
    ['sha256sum', `sha256sum -z ${all}`, 5],
    ['sha512sum', `sha512sum --tag ${all}`, 5],
    ['b2sum', `b2sum ${all}`, 5],
    ['cksum', `cksum -a sha384 ${all}`, 5],
    ['openssl', `openssl dgst -sha3-256 ${plain}`, 3],
    ['rhash', `rhash --sfv ${plain}`, 3],
    ['rhash', `rhash --bsd --md5 --sha1 ${plain}`, 6],
    ['hashdeep', `hashdeep -l ${plain}`, 3],
    ['b3sum', `b3sum ${all}`, 5],
    ['xxhsum', `xxhsum ${plain}`, 3],
    ['xxhsum', `xxhsum -H3 ${plain}`, 3],
    ['xxhsum', `xxhsum -H2 --tag ${plain}`, 3],
  ])('%s: %s', async (program, command, count) => {
    if (!hasProgram(program)) return;
    const text = scratch.shell(command);
    const { status, entries } = await verified(Buffer.from(text, 'latin1'), '--unlisted', 'ignore');
    expect(entries.map((entry) => `${entry.path} ${entry.status}`)).toEqual(entries.map((entry) => `${entry.path} ok`));
    expect(entries).toHaveLength(count);
    expect(status).toBe(0);
    scratch.file('a', 'b');
    expect((await verified(Buffer.from(text, 'latin1'), '--unlisted', 'ignore')).status).toBe(1);
  });
});
