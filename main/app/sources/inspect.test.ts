import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../base/testing/temporary-folder.ts';
import { inspectSources } from './inspect.ts';
import { SourceList } from './sources.ts';

const sha = 'a'.repeat(64);

async function inspected(name: string, content: string | Uint8Array, beside: readonly string[] = []) {
  const folder = temporaryFolder();
  const file = path.join(folder, name);
  writeFileSync(file, content);
  for (const other of beside) writeFileSync(path.join(folder, other), 'x');
  const sources = new SourceList();
  const [source] = await sources.grant([file]);
  const [found] = await inspectSources(sources.inputs([source!.id]));
  return { folder, manifest: found!.manifest };
}

test('a checksum file tells its dialect, its algorithms, its entries and its folder', async () => {
  const { folder, manifest } = await inspected('SHA256SUMS', `${sha}  a\n${sha} *b\nnonsense\n`);
  expect(manifest).toMatchObject({
    dialect: 'gnu',
    algorithms: ['sha256'],
    entries: 2,
    malformed: 1,
    isWhole: true,
    root: folder,
    signature: 'none',
  });
  expect(manifest!.explanation).toContain('SHA-256');
});

test.each([
  ['disk.iso.sha256', `${sha}\n`, 'sha256'],
  ['list.sfv', 'a 352441C2\n', 'crc32'],
  ['checksums.txt', `SHA256 (a) = ${sha}\n`, 'sha256'],
  ['anything.txt', `${sha}  a\n${sha}  b\n`, 'sha256'],
])('%s is one', async (name, content, algorithm) => {
  expect((await inspected(name, content)).manifest).toMatchObject({ algorithms: [algorithm] });
});

test.each([
  ['letter.txt', 'Dear reader\n'],
  ['SHA256SUMS', ''],
  ['SHA256SUMS', 'no digest at all\n'],
  ['photo.jpg', new Uint8Array(1000)],
  ['digest.txt', `${sha}\n`],
  ['data.json', '{"a":1}\n{"b":2}\n'],
])('%s is none: %#', async (name, content) => {
  expect((await inspected(name, content)).manifest).toBeNull();
});

test('a signature beside it or around it is named', async () => {
  const list = `${sha}  a\n`;
  expect((await inspected('SUMS', list, ['SUMS.minisig'])).manifest).toMatchObject({ signature: 'minisign' });
  expect((await inspected('SUMS', list, ['SUMS.asc'])).manifest).toMatchObject({ signature: 'pgp' });
  const signed = `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${list}-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n`;
  expect((await inspected('SUMS', signed)).manifest).toMatchObject({ signature: 'pgp', entries: 1 });
});

test('a folder is none, nor is what is gone', async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'SHA256SUMS'));
  const sources = new SourceList();
  const granted = await sources.grant([path.join(folder, 'SHA256SUMS'), path.join(folder, 'gone.sfv')]);
  const found = await inspectSources(sources.inputs(granted.map(({ id }) => id)));
  expect(found.map(({ manifest }) => manifest)).toEqual([null, null]);
});
