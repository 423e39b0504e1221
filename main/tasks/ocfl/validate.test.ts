import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { validateObject } from '#shared/manifests/ocfl/validate-object.ts';
import { NodeTree } from '../tree/node-tree.ts';
import { nodeDigests } from '../tree/testing/node-digests.ts';
import { unpackSuite } from '../tree/testing/suites.ts';

const suite = unpackSuite('ocfl-fixtures.tar.gz') ?? '';

describe.skipIf(suite === '')('the public fixtures', () => {
  const objects = (kind: string): string[] =>
    ['1.0', '1.1'].flatMap((version) => {
      const folder = path.join(suite, version, kind);
      return existsSync(folder) ? readdirSync(folder).map((name) => path.join(version, kind, name)) : [];
    });
  const validate = (object: string) => validateObject(new NodeTree(path.join(suite, object), nodeDigests));
  const codesIn = (object: string) => path.basename(object).match(/[EW]\d{3}/g) ?? [];

  test.each(objects('good-objects'))('%s is accepted', async (object) => {
    expect((await validate(object)).findings.filter(({ code }) => code.startsWith('E'))).toEqual([]);
  });
  test.each(objects('warn-objects'))('%s is accepted with its warning', async (object) => {
    const { findings, valid } = await validate(object);
    expect(findings.filter(({ code }) => code.startsWith('E'))).toEqual([]);
    expect(valid).toBe(true);
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(codesIn(object)));
  });
  test.each(objects('bad-objects'))('%s is refused with the code in its name', async (object) => {
    const { findings, valid } = await validate(object);
    expect(valid).toBe(false);
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(codesIn(object)));
  });
});
