import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { validateBag } from '#shared/manifests/bagit/validate.ts';
import type { DigestFiles } from '#shared/manifests/tree.ts';
import { NodeTree } from '../tree/node-tree.ts';
import { nodeDigests } from '../tree/testing/node-digests.ts';
import { recover, stage } from './commit.ts';
import { createBagBeside, createBagInPlace } from './create-bag.ts';
import { updateBag } from './update-bag.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'hashlane-create-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const options = {
  algorithms: ['sha256', 'sha512'],
  info: [{ label: 'Source-Organization', value: 'Us' }],
  digestFiles: nodeDigests,
};
const validate = (root: string) => validateBag(new NodeTree(root, nodeDigests), 'valid');
let root = '';
let count = 0;
beforeEach(() => {
  root = path.join(scratch, `folder-${count++}`);
  mkdirSync(path.join(root, 'data'), { recursive: true });
  writeFileSync(path.join(root, 'data', 'old'), '1');
  writeFileSync(path.join(root, 'line\nend 50%.txt'), '22');
  writeFileSync(path.join(root, 'bag-info.txt'), 'payload, too');
});

test('a folder becomes a valid bag in place, whatever its files are called', async () => {
  expect(await createBagInPlace(root, options)).toEqual({ outcome: 'created', files: 3, bytes: 15 });
  expect(await validate(root)).toMatchObject({ valid: true, findings: [], payload: { octets: 15, streams: 3 } });
  expect(readdirSync(root).sort()).toEqual([
    'bag-info.txt',
    'bagit.txt',
    'data',
    'manifest-sha256.txt',
    'manifest-sha512.txt',
    'tagmanifest-sha256.txt',
    'tagmanifest-sha512.txt',
  ]);
  expect(readFileSync(path.join(root, 'manifest-sha256.txt'), 'utf8')).toContain('  data/line%0Aend 50%25.txt\n');
});

test('an empty folder becomes a valid bag', async () => {
  const empty = path.join(scratch, 'empty');
  mkdirSync(empty);
  await createBagInPlace(empty, options);
  expect((await validate(empty)).findings).toEqual([]);
});

test('a file that cannot be read leaves the folder as it was', async () => {
  const before = readdirSync(root);
  const failing: DigestFiles = async function* (paths) {
    for (const file of paths) yield { path: file, size: 0, status: 'unreadable', digests: {} };
  };
  await expect(createBagInPlace(root, { ...options, digestFiles: failing })).rejects.toMatchObject({
    code: 'unreadable',
  });
  expect(readdirSync(root)).toEqual(before);
});

test.each([
  [
    'two names that differ only in normalisation',
    'names-differ-in-normalisation',
    () => {
      writeFileSync(path.join(root, '\u00e9'), '');
      writeFileSync(path.join(root, 'e\u0301'), '');
    },
  ],
  ['a link', 'not-a-file', () => symlinkSync('/etc/passwd', path.join(root, 'link'))],
  ['a bag', 'already-a-bag', () => writeFileSync(path.join(root, 'bagit.txt'), '')],
])('%s is refused', async (_, code, prepare) => {
  prepare();
  await expect(createBagInPlace(root, options)).rejects.toMatchObject({ code });
  expect(existsSync(path.join(root, '.hashlane-bag'))).toBe(false);
});

/** The folder as a crash leaves it after so many of the plan's steps. */
async function crashedAfter(moved: number): Promise<void> {
  const twin = path.join(scratch, `twin-${count++}`);
  await createBagBeside(root, twin, options);
  const names = readdirSync(root);
  const tags = readdirSync(twin).filter((name) => name !== 'data');
  await stage(
    root,
    tags.map((name) => ({ name, text: readFileSync(path.join(twin, name), 'utf8') })),
  );
  const staging = path.join(root, '.hashlane-bag');
  mkdirSync(path.join(staging, 'data'));
  writeFileSync(path.join(staging, 'plan.json'), JSON.stringify({ version: 1, move: names, place: tags, remove: [] }));
  for (const name of names.slice(0, moved)) renameSync(path.join(root, name), path.join(staging, 'data', name));
  if (moved > names.length) renameSync(path.join(staging, 'data'), path.join(root, 'data'));
  if (moved > names.length + 1) renameSync(path.join(staging, tags[0]!), path.join(root, tags[0]!));
}

test.each([0, 1, 2, 3, 4, 5])('a creation that was killed after %i steps goes on', async (moved) => {
  await crashedAfter(moved);
  expect((await createBagInPlace(root, options)).outcome).toBe('resumed');
  expect(await validate(root)).toMatchObject({ valid: true, findings: [], payload: { streams: 3 } });
  expect(existsSync(path.join(root, '.hashlane-bag'))).toBe(false);
});

test('a creation that was killed before its plan stood is forgotten', async () => {
  const before = readdirSync(root);
  await stage(root, [{ name: 'bagit.txt', text: '' }]);
  expect(await recover(root)).toBe('discarded');
  expect(readdirSync(root)).toEqual(before);
});

test('a staging folder that holds what is not ours is left alone', async () => {
  const staging = await stage(root, []);
  mkdirSync(path.join(staging, 'data'));
  writeFileSync(path.join(staging, 'data', 'precious'), '1');
  await expect(createBagInPlace(root, options)).rejects.toMatchObject({ code: 'ENOTEMPTY' });
  expect(readFileSync(path.join(staging, 'data', 'precious'), 'utf8')).toBe('1');
});

test('a plan that names files elsewhere is refused', async () => {
  const staging = await stage(root, []);
  writeFileSync(path.join(staging, 'plan.json'), JSON.stringify({ version: 1, move: ['../x'], place: [], remove: [] }));
  await expect(recover(root)).rejects.toMatchObject({ code: 'plan-malformed' });
});

test('a bag beside leaves its source alone', async () => {
  const before = readdirSync(root);
  const target = path.join(scratch, 'beside');
  await createBagBeside(root, target, options);
  expect(readdirSync(root)).toEqual(before);
  expect((await validate(target)).findings).toEqual([]);
  await expect(createBagBeside(root, target, options)).rejects.toMatchObject({ code: 'target-exists' });
});

const update = { addAlgorithms: [], info: [], accept: { added: true, removed: true }, digestFiles: nodeDigests };

test('an update takes payload in and out, and adds an algorithm', async () => {
  await createBagInPlace(root, options);
  rmSync(path.join(root, 'data/bag-info.txt'));
  writeFileSync(path.join(root, 'data/new'), '333');
  const contact = { label: 'Contact-Name', value: 'Ann' };
  const done = await updateBag(root, { ...update, addAlgorithms: ['md5'], info: [contact] });
  expect(done).toEqual({
    added: ['data/new'],
    removed: ['data/bag-info.txt'],
    algorithms: ['sha256', 'sha512', 'md5'],
  });
  expect(await validate(root)).toMatchObject({ valid: true, findings: [], payload: { octets: 6, streams: 3 } });
  expect(readFileSync(path.join(root, 'bag-info.txt'), 'utf8')).toBe(
    'Source-Organization: Us\nContact-Name: Ann\nPayload-Oxum: 6.3\n',
  );
});

test('an update never blesses a damaged file, and changes nothing then', async () => {
  await createBagInPlace(root, options);
  writeFileSync(path.join(root, 'data/data/old'), 'X');
  const manifest = readFileSync(path.join(root, 'manifest-sha256.txt'), 'utf8');
  const refused = updateBag(root, { ...update, addAlgorithms: ['md5'] });
  await expect(refused).rejects.toMatchObject({
    code: 'not-valid',
    findings: [{ code: 'changed' }, { code: 'changed' }],
  });
  expect(readFileSync(path.join(root, 'manifest-sha256.txt'), 'utf8')).toBe(manifest);
  expect(existsSync(path.join(root, '.hashlane-bag'))).toBe(false);
});

test('an update takes no link for payload', async () => {
  await createBagInPlace(root, options);
  symlinkSync('/etc/passwd', path.join(root, 'data', 'link'));
  await expect(updateBag(root, update)).rejects.toMatchObject({ findings: [{ code: 'unlisted', path: 'data/link' }] });
});

test('an update refuses removals and additions that were not accepted', async () => {
  await createBagInPlace(root, options);
  rmSync(path.join(root, 'data/bag-info.txt'));
  writeFileSync(path.join(root, 'data/new'), '333');
  const refused = updateBag(root, { ...update, accept: { added: false, removed: false } });
  await expect(refused).rejects.toMatchObject({
    findings: expect.arrayContaining([expect.objectContaining({ code: 'missing' })]),
  });
});
