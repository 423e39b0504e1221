import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { publicKeyFile, secretKeyFile, signingKey } from '../../../tasks/signatures/testing/keys.ts';
import { Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch = new Scratch();
beforeEach(() => {
  scratch = new Scratch();
  scratch.file('in/a', 'a');
  scratch.shell('cd in && sha256sum a > SUMS');
  for (const [name, fill] of [
    ['one', 1],
    ['two', 2],
  ] as const) {
    scratch.file(`${name}.pub`, publicKeyFile(signingKey('minisign', fill)));
    scratch.file(`${name}.sec`, secretKeyFile(signingKey('minisign', fill)));
  }
});
afterEach(() => scratch.remove());

const sums = () => scratch.at('in', 'SUMS');
const stored = () => scratch.at('data', 'hashlane', 'keys');

async function hashlane(...argv: string[]) {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  world.environment.XDG_DATA_HOME = scratch.at('data');
  return { status: await world.run(...argv), printed: world.printed, said: world.said };
}

const names = async () => (await hashlane('keys', 'list')).printed.split('\n').map((line) => line.split('  ')[2]);

test('a key that is trusted is listed, and its signatures verify without naming it', async () => {
  await hashlane('sign', '--key', scratch.at('one.sec'), sums());
  expect((await hashlane('verify', sums())).printed).toContain('Signature not checked');
  expect((await hashlane('keys', 'add', scratch.at('one.pub'), '--name', 'Release 2026')).status).toBe(0);
  expect(JSON.parse((await hashlane('keys', 'list', '--json')).printed)).toEqual({
    key: '0101010101010101',
    name: 'Release 2026',
    trusted: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    publicKey: publicKeyFile(signingKey('minisign', 1)).split('\n')[1],
  });
  const { printed } = await hashlane('verify', sums());
  expect(printed).toMatch(
    /Listed, signed by Release 2026 \(key 0101010101010101, trusted on \d{4}-\d\d-\d\d\), and identical\./,
  );
});

test('keys are named otherwise and removed by name or number', async () => {
  await hashlane('keys', 'add', scratch.at('one.pub'));
  await hashlane('keys', 'add', scratch.at('two.pub'));
  expect(await names()).toEqual(['one', 'two', undefined]);
  await hashlane('keys', 'name', 'one', 'first');
  expect(await names()).toEqual(['first', 'two', undefined]);
  await hashlane('keys', 'remove', '0202020202020202');
  expect(await names()).toEqual(['first', undefined]);
  expect(await hashlane('keys', 'remove', 'two')).toMatchObject({ status: 1 });
  await hashlane('keys', 'remove', 'first');
  expect(readdirSync(stored())).toEqual([]);
});

test('two keys never have one name, and a name controls nothing', async () => {
  await hashlane('keys', 'add', scratch.at('one.pub'));
  const taken = await hashlane('keys', 'add', scratch.at('two.pub'), '--name', 'one');
  expect(taken.said).toContain('NAME_TAKEN');
  expect((await hashlane('keys', 'add', scratch.at('two.pub'), '--name', 'a\u001b[2J')).said).toContain('BAD_NAME');
  expect((await hashlane('keys', 'add', scratch.at('one.pub'))).status).toBe(0);
});

test('only the keys that are given count where --signed-by gives any', async () => {
  await hashlane('sign', '--key', scratch.at('one.sec'), sums());
  await hashlane('keys', 'add', scratch.at('one.pub'));
  expect(await hashlane('verify', '--signed-by', scratch.at('two.pub'), sums())).toMatchObject({ status: 1 });
});

test('a key that cannot be read is not left out in silence', async () => {
  mkdirSync(stored(), { recursive: true });
  writeFileSync(`${stored()}/ab.json`, '{"name":"x"');
  for (const argv of [
    ['keys', 'list'],
    ['verify', sums()],
  ]) {
    const { status, said } = await hashlane(...argv);
    expect(status).toBe(1);
    expect(said).toContain('KEY_DAMAGED');
  }
});
