import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { diffHistory, fileInfo, readHistory } from '#shared/manifests/ascmhl/history.ts';
import { parseManifest } from '#shared/manifests/ascmhl/parse-manifest.ts';
import { writeManifest } from '#shared/manifests/ascmhl/write-manifest.ts';
import type { DigestFiles } from '#shared/manifests/tree.ts';
import { nodeDigests } from '../tree/testing/node-digests.ts';
import { unpackSuite } from '../tree/testing/suites.ts';
import { c4Of } from './hash-bytes.ts';
import { sealFolder } from './seal.ts';
import { xxh64 } from './xxh64.ts';

const suite = unpackSuite('ascmhl-scenarios.tar.gz') ?? '';
const scratch = mkdtempSync(path.join(tmpdir(), 'hashlane-mhl-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Node's digests, and our own XXH64, which the scenarios hold to account. */
const digestFiles: DigestFiles = async function* (paths, algorithms) {
  const ofNode = algorithms.filter((name) => name !== 'xxh64');
  for await (const file of nodeDigests(paths, ofNode)) {
    if (file.status !== 'ok' || !algorithms.includes('xxh64')) yield file;
    else
      yield {
        ...file,
        digests: {
          ...file.digests,
          xxh64: xxh64(await readFile(file.path))
            .toString(16)
            .padStart(16, '0'),
        },
      };
  }
};
const options = {
  formats: ['xxh64'] as const,
  write: true,
  hostname: 'myHost.local',
  tool: 'hashlane',
  toolVersion: '1',
  now: new Date('2026-01-02T03:04:05Z'),
  digestFiles,
};

const output = path.join(suite, 'examples/scenarios/Output');
const roots = [
  'scenario_01/travel_01/A002R2EC',
  'scenario_02/file_server/A002R2EC',
  'scenario_03/file_server/A002R2EC',
  'scenario_05/file_server/Reels',
];

describe.skipIf(suite === '')('the published scenarios', () => {
  test.each(roots)('%s verifies', async (root) => {
    expect(await sealFolder(path.join(output, root), { ...options, write: false })).toMatchObject({
      ok: true,
      problems: [],
      findings: [],
    });
  });

  test('a first generation made at the same time on the same host is the published one, byte for byte', async () => {
    const published = path.join(output, 'scenario_01/travel_01/A002R2EC');
    const name = '0001_A002R2EC_2020-01-16_091500Z.mhl';
    const text = readFileSync(path.join(published, 'ascmhl', name), 'utf8');
    const copy = path.join(scratch, 'frozen', 'A002R2EC');
    cpSync(published, copy, { recursive: true });
    rmSync(path.join(copy, 'ascmhl'), { recursive: true });
    for (const { path: file, modified = '' } of parseManifest(Buffer.from(text)).records)
      utimesSync(path.join(copy, file), new Date(modified), new Date(modified));
    const frozen = { tool: 'ascmhl.py', toolVersion: '0.3 alpha', now: new Date('2020-01-16T09:15:00Z') };
    expect((await sealFolder(copy, { ...options, ...frozen })).written).toEqual([`ascmhl/${name}`]);
    expect(readFileSync(path.join(copy, 'ascmhl', name), 'utf8')).toBe(text);
    const chain = (root: string) => readFileSync(path.join(root, 'ascmhl', 'ascmhl_chain.xml'), 'utf8');
    expect(chain(copy)).toBe(chain(published));
  });

  test('a damaged file is found in every generation that follows', async () => {
    const result = await sealFolder(path.join(output, 'scenario_04/file_server/A002R2EC'), {
      ...options,
      write: false,
    });
    expect(result.ok).toBe(false);
    expect(result.findings).toMatchObject([{ code: 'changed', path: 'Sidecar.txt', expected: '3ab5a4166b9bde44' }]);
  });

  test('folder hashes equal the published ones', async () => {
    const copy = path.join(scratch, 'Reels');
    cpSync(path.join(output, 'scenario_05/file_server/Reels'), copy, { recursive: true });
    const { written } = await sealFolder(copy, options);
    expect(written).toHaveLength(3);
    const parse = (name: string) => parseManifest(readFileSync(path.join(copy, name)));
    const before = parse('ascmhl/0001_Reels_2020-01-17_143000Z.mhl');
    const after = parse('ascmhl/0002_Reels_2026-01-02_030405Z.mhl');
    const withoutDates = (hashes: readonly { digest: string }[] | undefined) => hashes?.map(({ digest }) => digest);
    expect(withoutDates(after.rootHash?.content)).toEqual(withoutDates(before.rootHash?.content));
    expect(withoutDates(after.rootHash?.structure)).toEqual(withoutDates(before.rootHash?.structure));
    expect(after.records.map(({ path: name }) => name)).toEqual(before.records.map(({ path: name }) => name));
    expect(after.references.map((r) => r.path)).toEqual([
      'A002R2EC/ascmhl/0003_A002R2EC_2026-01-02_030405Z.mhl',
      'A003R2EC/ascmhl/0003_A003R2EC_2026-01-02_030405Z.mhl',
    ]);
    expect(await sealFolder(copy, { ...options, write: false })).toMatchObject({ ok: true, findings: [] });
  });

  const hasXmllint = (() => {
    try {
      execFileSync('xmllint', ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  })();
  test.skipIf(!hasXmllint)(
    'what is written is valid against the published schema (skipped without xmllint)',
    async () => {
      const root = path.join(scratch, 'schema');
      mkdirSync(path.join(root, 'sub'), { recursive: true });
      writeFileSync(path.join(root, 'sub', 'a & <b>.txt'), 'x');
      const { written } = await sealFolder(root, {
        ...options,
        formats: ['xxh64', 'c4', 'md5', 'sha1'],
        comment: 'two & one',
      });
      const file = path.join(root, written[0]!);
      execFileSync('xmllint', ['--noout', '--nonet', '--schema', path.join(suite, 'xsd/ASCMHL.xsd'), file], {
        stdio: 'pipe',
      });
    },
  );

  test('a manifest that is read and written again stays the same', () => {
    for (const root of roots) {
      const folder = path.join(output, root, 'ascmhl');
      for (const name of readdirSync(folder).filter((file) => file.endsWith('.mhl'))) {
        const manifest = parseManifest(readFileSync(path.join(folder, name)));
        expect(parseManifest(new TextEncoder().encode(writeManifest(manifest)))).toEqual(manifest);
      }
    }
  });
});

describe('a history of our own', () => {
  let root = '';
  let count = 0;
  beforeEach(async () => {
    root = path.join(scratch, `own-${count++}`);
    mkdirSync(path.join(root, 'Clips'), { recursive: true });
    writeFileSync(path.join(root, 'Clips', 'a.mov'), 'aaa');
    writeFileSync(path.join(root, 'b.txt'), 'bbb');
    writeFileSync(path.join(root, '.DS_Store'), 'never recorded');
    expect(await sealFolder(root, options)).toMatchObject({ ok: true, files: 2, findings: [] });
  });
  const read = () => {
    const folder = path.join(root, 'ascmhl');
    return readHistory(new Map(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name))])), c4Of);
  };

  test('gets a generation with every verification, and what failed is never a reference', async () => {
    writeFileSync(path.join(root, 'b.txt'), 'bad');
    const failed = await sealFolder(root, options);
    expect(failed).toMatchObject({ ok: false, findings: [{ code: 'changed', path: 'b.txt', format: 'xxh64' }] });
    expect((await sealFolder(root, { ...options, now: new Date('2026-01-03T00:00:00Z') })).ok).toBe(false);
    writeFileSync(path.join(root, 'b.txt'), 'bbb');
    expect((await sealFolder(root, { ...options, now: new Date('2026-01-04T00:00:00Z') })).ok).toBe(true);
    expect(fileInfo(read(), 'b.txt').map(({ hashes }) => hashes[0]!.action)).toEqual([
      'original',
      'failed',
      'failed',
      'verified',
    ]);
  });

  test('knows a renamed file by its digest', async () => {
    rmSync(path.join(root, 'b.txt'));
    writeFileSync(path.join(root, 'c.txt'), 'bbb');
    const result = await sealFolder(root, options);
    expect(result).toMatchObject({ ok: true, findings: [{ code: 'renamed', path: 'c.txt', previousPath: 'b.txt' }] });
    expect(fileInfo(read(), 'c.txt').map(({ path: name }) => name)).toEqual(['b.txt', 'c.txt']);
  });

  test('tells missing and new files', async () => {
    rmSync(path.join(root, 'b.txt'));
    writeFileSync(path.join(root, 'n.txt'), 'nnn');
    const { findings, ok } = await sealFolder(root, { ...options, write: false });
    expect(ok).toBe(false);
    expect(findings.map(({ code, path: name }) => `${code} ${name}`)).toEqual(['new n.txt', 'missing b.txt']);
    expect(diffHistory(read(), new Set(['Clips/a.mov', 'n.txt']))).toEqual({ missing: ['b.txt'], added: ['n.txt'] });
  });

  test('adds a format while the old one is verified', async () => {
    await sealFolder(root, { ...options, formats: ['md5'] });
    const last = fileInfo(read(), 'b.txt').at(-1)!;
    expect(last.hashes.map(({ format, action }) => [format, action])).toEqual([
      ['md5', 'verified'],
      ['xxh64', 'verified'],
    ]);
  });

  test('goes on after a crash between a manifest and its place in the chain', async () => {
    const folder = path.join(root, 'ascmhl');
    const before = readFileSync(path.join(folder, 'ascmhl_chain.xml'));
    await sealFolder(root, options);
    renameSync(path.join(folder, 'ascmhl_chain.xml'), path.join(folder, '.ascmhl_chain.xml.tmp'));
    writeFileSync(path.join(folder, 'ascmhl_chain.xml'), before);
    expect(read().problems).toMatchObject([{ code: 'manifest-not-in-chain' }]);
    expect(await sealFolder(root, { ...options, now: new Date('2026-02-01T00:00:00Z') })).toMatchObject({ ok: true });
    expect(read()).toMatchObject({ problems: [], chain: [{ sequence: 1 }, { sequence: 2 }, { sequence: 3 }] });
  });

  test.each([
    [
      'a changed manifest',
      'manifest-changed',
      (folder: string, name: string) => writeFileSync(path.join(folder, name), '<hashlist/>'),
    ],
    ['an absent manifest', 'manifest-missing', (folder: string, name: string) => rmSync(path.join(folder, name))],
    ['an absent chain', 'chain-missing', (folder: string) => rmSync(path.join(folder, 'ascmhl_chain.xml'))],
    [
      'a broken chain',
      'chain-malformed',
      (folder: string) => writeFileSync(path.join(folder, 'ascmhl_chain.xml'), '<a>'),
    ],
  ])('with %s is refused, and nothing is written', async (_, code, damage) => {
    const folder = path.join(root, 'ascmhl');
    damage(folder, readdirSync(folder).find((name) => name.endsWith('.mhl'))!);
    const before = readdirSync(folder);
    const { ok, problems } = await sealFolder(root, options);
    expect(ok).toBe(false);
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(readdirSync(folder)).toEqual(before);
  });
});
