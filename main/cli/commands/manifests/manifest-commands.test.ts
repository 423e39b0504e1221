import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { unpackSuite } from '../../../tasks/tree/testing/suites.ts';
import { TestWorld } from '../../testing/test-world.ts';

const suite = unpackSuite('bagit-conformance.tar.gz') ?? '';
const scratch = mkdtempSync(path.join(tmpdir(), 'hashlane-manifest-commands-'));
afterAll(() => rmSync(scratch, { recursive: true }));

async function hashlane(...argv: string[]) {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  const status = await world.run(...argv);
  return { status, printed: world.printed, said: world.said };
}

let folder = '';
let count = 0;
beforeEach(() => {
  folder = path.join(scratch, `folder-${count++}`);
  mkdirSync(path.join(folder, 'sub'), { recursive: true });
  writeFileSync(path.join(folder, 'a'), 'a');
  writeFileSync(path.join(folder, 'sub', 'b'), 'bb');
});

test('a bag is made, validated, updated and described', async () => {
  expect(await hashlane('bag', 'create', '-a', 'sha256,md5', '--info', 'Contact-Name=Ann', folder)).toMatchObject({
    status: 0,
    said: '',
  });
  expect(await hashlane('bag', 'validate', folder)).toEqual({
    status: 0,
    said: '',
    printed: 'valid: 2 files, 3 bytes\n',
  });
  writeFileSync(path.join(folder, 'data', 'new'), 'n');
  expect(await hashlane('bag', 'update', folder)).toMatchObject({ status: 1 });
  expect(await hashlane('bag', 'update', '--accept-added', '-a', 'sha512', folder)).toMatchObject({
    status: 0,
    said: '',
  });
  const { printed } = await hashlane('bag', 'validate', '--format', 'json', folder);
  expect(JSON.parse(printed)).toMatchObject({ verdict: 'ok', payload: { octets: 4, streams: 3 } });
  const info = JSON.parse((await hashlane('bag', 'info', folder)).printed);
  expect(info.info).toContainEqual({ label: 'Contact-Name', value: 'Ann' });
  expect(info.manifests).toHaveLength(6);
});

test('a damaged bag fails with a finding a line', async () => {
  await hashlane('bag', 'create', folder);
  writeFileSync(path.join(folder, 'data', 'a'), 'x');
  rmSync(path.join(folder, 'data', 'sub', 'b'));
  const { status, said, printed } = await hashlane('bag', 'validate', folder);
  expect(status).toBe(1);
  expect(printed).toBe('not valid: 1 files, 1 bytes\n');
  expect(said).toMatch(/^error: missing {1,2}data\/sub\/b /m);
  expect(said).toMatch(/^error: changed sha512 data\/a /m);
});

test('a folder that cannot be made a bag is refused with a reason', async () => {
  writeFileSync(path.join(folder, 'bagit.txt'), '');
  const { status, said } = await hashlane('bag', 'create', folder);
  expect(status).toBe(1);
  expect(said).toBe('hashlane: the folder has a bagit.txt already (already-a-bag)\n');
});

test('a folder that is not there is told in words', async () => {
  const { status, said } = await hashlane('bag', 'validate', path.join(scratch, 'absent'));
  expect(status).toBe(1);
  expect(said).toContain('(ENOENT)');
});

test('a history is begun, verified, compared and flattened', async () => {
  expect(await hashlane('mhl', 'verify', folder)).toMatchObject({ status: 1 });
  expect(await hashlane('mhl', 'create', '-a', 'xxh64,xxh128,c4', folder)).toMatchObject({
    status: 0,
    printed: 'ok: 2 files\n',
  });
  expect(await hashlane('mhl', 'verify', folder)).toMatchObject({ status: 0 });
  expect(readdirSync(path.join(folder, 'ascmhl')).filter((name) => name.endsWith('.mhl'))).toHaveLength(2);
  const events = JSON.parse((await hashlane('mhl', 'info', folder, 'sub/b')).printed);
  expect(
    events.map((event: { hashes: { action: string }[] }) =>
      [...new Set(event.hashes.map(({ action }) => action))].join(),
    ),
  ).toEqual(['original', 'verified']);
  expect((await hashlane('mhl', 'flatten', folder)).printed).toContain('<process>flatten</process>');
  rmSync(path.join(folder, 'a'));
  expect(await hashlane('mhl', 'diff', folder)).toEqual({
    status: 1,
    said: 'missing a\n',
    printed: 'failed: 1 missing\n',
  });
});

test('a folder that is no OCFL object is told by its codes', async () => {
  const { status, said } = await hashlane('ocfl', 'validate', folder);
  expect(status).toBe(1);
  expect(said).toContain('E003');
  expect(said).toContain('E063');
});

test('what is no torrent is told', async () => {
  const { status, said } = await hashlane('torrent', 'verify', path.join(folder, 'a'), folder);
  expect(status).toBe(1);
  expect(said).toContain('bencode-malformed');
});

describe.skipIf(suite === '')('the conformance suite by its rules', () => {
  const bags = (kind: string) =>
    (suite === '' ? [] : readdirSync(suite)).flatMap((version) => {
      try {
        const names = readdirSync(path.join(suite, version, kind), { withFileTypes: true });
        return names.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(suite, version, kind, name));
      } catch {
        return [];
      }
    });
  test.each([
    ['valid', 0],
    ['warning', 0],
    ['invalid', 1],
    ['linux-only', 1],
    ['windows-only', 1],
  ] as const)('%s ends with %i', async (kind, expected) => {
    expect(bags(kind)).not.toEqual([]);
    for (const bag of bags(kind)) {
      const { status, said } = await hashlane('bag', 'validate', bag);
      expect([bag, status]).toEqual([bag, expected]);
      if (kind !== 'valid') expect([bag, said]).not.toEqual([bag, '']);
    }
  });
});
