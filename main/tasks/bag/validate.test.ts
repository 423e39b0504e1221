import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type BagLevel, validateBag } from '#shared/manifests/bagit/validate.ts';
import { NodeTree } from '../tree/node-tree.ts';
import { nodeDigests } from '../tree/testing/node-digests.ts';
import { unpackSuite } from '../tree/testing/suites.ts';

const suite = unpackSuite('bagit-conformance.tar.gz') ?? '';
const scratch = mkdtempSync(path.join(tmpdir(), 'hashlane-bags-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const validate = (root: string, level: BagLevel = 'valid') => validateBag(new NodeTree(root, nodeDigests), level);

describe.skipIf(suite === '')('the public conformance suite', () => {
  const bags = (kind: string): string[] =>
    (suite === '' ? [] : readdirSync(suite)).flatMap((version) => {
      const folder = path.join(suite, version, kind);
      if (!existsSync(folder)) return [];
      const found = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
      return found.map(({ name }) => path.join(version, kind, name));
    });

  test('is there as a whole', () => {
    const kinds = ['valid', 'invalid', 'warning', 'linux-only', 'windows-only'];
    expect(kinds.flatMap(bags)).toHaveLength(60);
  });
  test.each(bags('valid'))('%s is valid', async (bag) => {
    const { findings } = await validate(path.join(suite, bag));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
  test.each(bags('warning'))('%s is valid with a warning', async (bag) => {
    const { findings } = await validate(path.join(suite, bag));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(findings).not.toEqual([]);
  });
  test.each([...bags('invalid'), ...bags('linux-only'), ...bags('windows-only')])('%s is invalid', async (bag) => {
    expect((await validate(path.join(suite, bag))).valid).toBe(false);
  });
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function makeBag(name: string, files: Record<string, string>, manifest: string, info = ''): string {
  const root = path.join(scratch, name);
  mkdirSync(path.join(root, 'data'), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(root, 'data', file), text);
  writeFileSync(path.join(root, 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
  writeFileSync(path.join(root, 'manifest-sha256.txt'), manifest);
  if (info !== '') writeFileSync(path.join(root, 'bag-info.txt'), info);
  return root;
}

test('one run finds what every stage has to say', async () => {
  const manifest = `${sha256('A')}  data/a\n${sha256('gone')}  data/gone\n`;
  const root = makeBag('all', { a: 'damaged', extra: 'x' }, manifest, 'Payload-Oxum: 1.1\n');
  const { findings, valid } = await validate(root);
  expect(valid).toBe(false);
  expect(findings.map(({ code }) => code).sort()).toEqual(['changed', 'missing', 'oxum-mismatch', 'unlisted']);
});

test('a level looks no further than its name', async () => {
  const manifest = `${sha256('A')}  data/a\n`;
  const root = makeBag('levels', { a: 'B' }, manifest, 'Payload-Oxum: 1.1\n');
  expect((await validate(root, 'oxum')).valid).toBe(true);
  expect((await validate(root, 'complete')).valid).toBe(true);
  expect((await validate(root, 'valid')).findings).toMatchObject([{ code: 'changed', path: 'data/a', line: 1 }]);
});

test('the level oxum needs a Payload-Oxum', async () => {
  const root = makeBag('no-oxum', { a: 'A' }, `${sha256('A')}  data/a\n`);
  expect((await validate(root, 'oxum')).findings).toMatchObject([{ code: 'oxum-missing' }]);
});

test('percent signs are decoded by the RFC, and a name left as it is matches with a warning', async () => {
  const files = { 'a%0Ab': '1', 'c\nd': '2', '50%25': '3', '5%.txt': '4' };
  const lines = [
    `${sha256('1')}  data/a%250Ab`,
    `${sha256('2')}  data/c%0Ad`,
    `${sha256('3')}  data/50%25`,
    `${sha256('4')}  data/5%.txt`,
  ];
  const root = makeBag('percent', files, `${lines.join('\n')}\n`);
  const { findings, valid } = await validate(root);
  expect(valid).toBe(true);
  expect(findings.map(({ code, path }) => [code, path])).toEqual([
    ['name-literal', 'data/50%25'],
    ['name-literal', 'data/5%.txt'],
  ]);
});

test('a name in another normalisation matches with a warning', async () => {
  const root = makeBag('nfd', { 'e\u0301': '1' }, `${sha256('1')}  data/\u00e9\n`);
  expect(await validate(root)).toMatchObject({ valid: true, findings: [{ code: 'name-normalisation' }] });
});

test('files of fetch.txt are to fetch, not missing, and unsafe names in it are refused', async () => {
  const root = makeBag('holey', { a: '1' }, `${sha256('1')}  data/a\n${sha256('2')}  data/b\n`);
  writeFileSync(path.join(root, 'fetch.txt'), 'https://example.org/b 1 data/b\nhttps://example.org/c - data/../../c\n');
  const codes = (await validate(root)).findings.map(({ code, path }) => `${code} ${path}`);
  expect(codes).toEqual(['name-unsafe data/../../c', 'to-fetch data/b']);
});

test('trailing spaces belong to a name', async () => {
  const root = makeBag('space', { 'a ': '1' }, `${sha256('1')}  data/a \n`);
  expect((await validate(root)).findings).toEqual([]);
});

test('a folder that is no bag is told as such', async () => {
  const root = path.join(scratch, 'empty');
  mkdirSync(root);
  const { findings } = await validate(root);
  expect(findings.map(({ code }) => code)).toEqual([
    'declaration-missing',
    'payload-folder-missing',
    'manifest-missing',
  ]);
});

test('the finding of a changed file names both digests', async () => {
  const root = makeBag('changed', { a: 'B' }, `${sha256('A')}  data/a\n`);
  const { findings } = await validate(root);
  expect(findings[0]).toMatchObject({ expected: sha256('A'), actual: sha256('B') });
  expect(readFileSync(path.join(root, 'data/a'), 'utf8')).toBe('B');
});
