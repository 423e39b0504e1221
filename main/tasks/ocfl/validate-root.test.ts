import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { validateStorageRoot } from '#shared/manifests/ocfl/validate-root.ts';
import { NodeTree } from '../tree/node-tree.ts';
import { nodeDigests } from '../tree/testing/node-digests.ts';
import { unpackSuite } from '../tree/testing/suites.ts';

const suite = unpackSuite('ocfl-fixtures.tar.gz') ?? '';
const scratch = mkdtempSync(path.join(tmpdir(), 'hashlane-ocfl-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let root = '';
let count = 0;
beforeEach(() => {
  root = path.join(scratch, `root-${count++}`);
  mkdirSync(root);
  writeFileSync(path.join(root, '0=ocfl_1.1'), 'ocfl_1.1\n');
});
const validate = () => validateStorageRoot(new NodeTree(root, nodeDigests));

describe.skipIf(suite === '')('a storage root of the public objects', () => {
  test('is valid with good objects, however deep they lie', async () => {
    cpSync(path.join(suite, '1.1/good-objects/spec-ex-full'), path.join(root, 'a/b/one'), { recursive: true });
    cpSync(path.join(suite, '1.1/good-objects/minimal_no_content'), path.join(root, 'two'), { recursive: true });
    const result = await validate();
    expect(result).toMatchObject({ valid: true, findings: [] });
    expect([...result.objects.keys()]).toEqual(['a/b/one', 'two']);
  });

  test('is not valid with one bad object', async () => {
    cpSync(path.join(suite, '1.1/bad-objects/E092_content_file_digest_mismatch'), path.join(root, 'bad'), {
      recursive: true,
    });
    const { valid, objects } = await validate();
    expect(valid).toBe(false);
    expect(objects.get('bad')?.findings.map(({ code }) => code)).toContain('E092');
  });
});

test('files outside of objects, empty folders and a wrong declaration are told by their codes', async () => {
  mkdirSync(path.join(root, 'empty'));
  mkdirSync(path.join(root, 'stray'));
  writeFileSync(path.join(root, 'stray', 'file'), '');
  writeFileSync(path.join(root, '0=ocfl_1.1'), 'ocfl_1.0\n');
  const { findings, valid } = await validate();
  expect(valid).toBe(false);
  expect(findings.map(({ code, path: name }) => `${code} ${name}`)).toEqual([
    'E080 0=ocfl_1.1',
    'E073 empty',
    'E072 stray/file',
  ]);
});
