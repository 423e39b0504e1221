/** `merge` with the real engine on real files. */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatNames } from '#shared/formats/registry.ts';
import { cutSeal } from '../../../store/testing/cut-seal.ts';
import { runReally as run } from '../../testing/real-run.ts';
import { Scratch } from '../../testing/scratch.ts';

let scratch: Scratch;
beforeEach(() => {
  scratch = new Scratch();
  for (let n = 0; n < 40; n++) scratch.file(`tree/${n % 5}/file ${n}`, 'x'.repeat(n * 10));
  for (const name of ['tree/line\nbreak', 'tree/not text \xff', 'tree/a-b', 'tree/a/b', 'tree/a.b']) scratch.file(name);
  symlinkSync('a-b', scratch.at('tree', 'link'));
  mkdirSync(scratch.at('out'));
});
afterEach(() => scratch.remove());

const tree = () => scratch.at('tree');
const out = () => scratch.at('out');
const journal = (part: number) => scratch.at('out', `${part}.hlj`);
const sums = () => scratch.at('sums');

const algorithms = ['-a', 'md5,crc32,ed2k,sha256'];

async function hashPlan(parts = 4, options = algorithms): Promise<void> {
  await run('plan', tree(), '--parts', String(parts), '-o', scratch.at('plan'));
  for (let part = 0; part < parts; part++) {
    await run('hash', '--plan', scratch.at('plan', `part-0000${part}.list`), ...options, '--journal', journal(part));
  }
}

async function hashShards(count = 3): Promise<void> {
  for (let shard = 0; shard < count; shard++) {
    await run('hash', '--shard', `${shard}/${count}`, ...algorithms, '--journal', journal(shard), tree());
  }
}

/** What lies in the folder beside what a test puts there: nothing may stay behind. */
const leftBehind = (): string[] => readdirSync(scratch.folder).filter((name) => name.startsWith('.hashlane'));

describe('merged journals', () => {
  test.each([
    ['of a plan', hashPlan],
    ['of shards', hashShards],
  ])('%s are byte for byte what one walk gives, in every dialect', async (_, hashAll) => {
    await hashAll();
    for (const format of formatNames) {
      const merged = await run('merge', '--format', format, '-q', out());
      const walked = await run('hash', '--format', format, '-q', ...algorithms, tree());
      expect(merged.printed, format).toBe(walked.printed);
      expect(merged.status, format).toBe(walked.status);
    }
    expect((await run('merge', '-z', '--upper', out())).printed).toBe(
      (await run('hash', '-z', '--upper', ...algorithms, tree())).printed,
    );
    expect(leftBehind()).toEqual([]);
  });

  test('have one digest for the data set, which is that of a manifest, wherever the folder lies and however it was shared', async () => {
    await hashPlan();
    const { printed } = await run('hash', '--base', tree(), '--format', 'bsd', '--zero', ...algorithms, tree());
    const digest = createHash('sha256').update(printed, 'latin1').digest('hex');
    const merged = await run('merge', out(), '-o', sums(), '--summary-json', scratch.at('summary'));
    expect(merged.said).toContain(`4 parts, 46 files, 7.85 kB; data set sha256 ${digest}`);
    expect(JSON.parse(readFileSync(scratch.at('summary'), 'utf8'))).toMatchObject({
      files: 46,
      ok: 45,
      skipped: 1,
      failed: 0,
      parts: 4,
      dataDigest: digest,
    });
    scratch.shell('rm out/*; mkdir other; mv tree other/place');
    const place = scratch.at('other', 'place');
    for (const shard of [0, 1]) {
      await run('hash', '--shard', `${shard}/2`, ...algorithms, '--journal', journal(shard), place);
    }
    expect((await run('merge', out(), '-o', sums())).said).toContain(digest);
  });

  test('say what could not be hashed, as the walk would have, and fail by it', async () => {
    await run('plan', tree(), '--parts', '2', '-o', scratch.at('plan'));
    scratch.shell('rm tree/a-b');
    for (const part of [0, 1]) {
      await run('hash', '--plan', scratch.at('plan', `part-0000${part}.list`), '--journal', journal(part));
    }
    const merged = await run('merge', out(), '-o', sums());
    expect(merged.status).toBe(1);
    expect(merged.said).toContain('a-b: no such file or folder (ENOENT)');
    expect(readFileSync(sums(), 'latin1')).not.toContain('a-b');
  });

  test('that went on after an interruption have each result once', async () => {
    await hashPlan();
    cutSeal(journal(1));
    scratch.file('tree/0/file 0', 'changed');
    for (let part = 0; part < 4; part++) {
      await run(
        'hash',
        '--plan',
        scratch.at('plan', `part-0000${part}.list`),
        ...algorithms,
        '--journal',
        journal(part),
      );
    }
    const lines = (await run('merge', out())).printed
      .split('\n')
      .filter((line) => line.includes('sha') || line.length > 66);
    expect(new Set(lines).size).toBe(lines.length);
  });
});

describe('nothing is written, and what is wrong is named', () => {
  test.each<[string, () => void, RegExp]>([
    ['a part is missing', () => scratch.shell('rm out/2.hlj'), /part 2 of 4 is missing/],
    ['several are missing', () => scratch.shell('rm out/0.hlj out/2.hlj out/3.hlj'), /parts 0, 2-3 of 4 are missing/],
    [
      'a part is there twice',
      () => copyFileSync(journal(1), scratch.at('out', 'copy.hlj')),
      /part 1 is there 2 times: .*1\.hlj, .*copy\.hlj/,
    ],
    ['a part is unsealed', () => cutSeal(journal(3)), /3\.hlj: part 3 is unsealed: start it again/],
    ['a journal is damaged', () => damage(journal(3)), /3\.hlj: part 3 is damaged/],
    ['a file is no journal', () => writeFileSync(journal(9), 'nothing'), /9\.hlj: It is no journal.*JOURNAL_FORMAT/],
  ])('when %s', async (_, spoil, words) => {
    await hashPlan();
    spoil();
    writeFileSync(sums(), 'before');
    const merged = await run('merge', out(), '-o', sums());
    expect(merged).toMatchObject({ status: 1, printed: '' });
    expect(merged.said).toMatch(words);
    expect(merged.said).toContain('nothing was written');
    expect(readFileSync(sums(), 'utf8')).toBe('before');
    expect(leftBehind()).toEqual([]);
  });

  test('when a part is of another plan, of another folder, or was hashed with other options', async () => {
    await hashPlan();
    scratch.file('tree/new');
    await run('plan', tree(), '--parts', '4', '-o', scratch.at('plan 2'));
    await run('hash', '--plan', scratch.at('plan 2', 'part-00000.list'), ...algorithms, '--journal', journal(5));
    await run('hash', '--plan', scratch.at('plan', 'part-00001.list'), '-a', 'md5', '--journal', journal(6));
    await run('hash', ...algorithms, '--journal', journal(7), tree());
    const { status, said } = await run('merge', out());
    expect(status).toBe(1);
    expect(said).toMatch(/5\.hlj: part 0 is of another plan/);
    expect(said).toMatch(/6\.hlj: part 1 was hashed with other options/);
    expect(said).toMatch(/7\.hlj: it is no part/);
  });

  test('when a shard is of another folder', async () => {
    await hashShards(2);
    await run('hash', '--shard', '1/2', ...algorithms, '--journal', journal(2), scratch.at('tree', '1'));
    expect((await run('merge', journal(0), journal(2))).said).toMatch(/is of another folder/);
  });

  function damage(file: string): void {
    const bytes = readFileSync(file);
    bytes[bytes.length - 600]! ^= 1;
    writeFileSync(file, bytes);
  }
});

describe('held against a manifest', () => {
  test('all is well for that of a walk, in any order and dialect, and nothing else is written', async () => {
    await hashPlan();
    for (const format of ['gnu', 'bsd', 'jsonl', 'csv']) {
      // A digest without a tag is taken for MD5 where it could be ED2K.
      const named = format === 'gnu' ? ['-a', 'sha256'] : algorithms;
      await run('hash', ...named, '--format', format, '-o', scratch.at('list'), tree());
      const merged = await run('merge', '--verify', scratch.at('list'), out());
      expect(merged.printed, format).toMatch(/OK: all \d+ files listed are as the manifest says/);
      expect(merged.status, format).toBe(0);
    }
    await run('hash', '-z', '-a', 'md5', '--order', 'completion', '-o', scratch.at('list.md5'), tree());
    scratch.shell('sort -rz list.md5 -o list.md5');
    expect(await run('merge', '--verify', scratch.at('list.md5'), out())).toMatchObject({ status: 0 });
    expect(existsSync(sums())).toBe(false);
  });

  test('names may be relative to a folder', async () => {
    await hashPlan();
    scratch.shell('cd tree; find . -type f -print0 | xargs -0 md5sum >../list.md5');
    const argv = ['merge', '--verify', scratch.at('list.md5'), out()];
    expect(await run(...argv, '--root', tree())).toMatchObject({ status: 0 });
    const without = await run(...argv);
    expect(without.status).toBe(1);
    expect(without.printed).toMatch(/FAILED: no file is as its manifest says; 45 missing, 45 unlisted/);
  });

  test('each way of not being as listed is named', async () => {
    await run('hash', '-a', 'md5', '-o', scratch.at('list.md5'), tree());
    scratch.file('tree/a-b', 'other');
    scratch.file('tree/new');
    scratch.shell('rm tree/a.b');
    writeFileSync(scratch.at('list.md5'), `${readFileSync(scratch.at('list.md5'), 'latin1')}nonsense\n`, 'latin1');
    await hashPlan();
    const argv = ['merge', '--verify', scratch.at('list.md5'), out(), '-o', sums()];
    const { status, printed } = await run(...argv);
    expect(status).toBe(1);
    expect(printed).toMatch(/changed {8}.*tree\/a-b: MD5 is [0-9a-f]{32}, not [0-9a-f]{32}\n/);
    expect(printed).toMatch(/missing {8}.*tree\/a\.b\n/);
    expect(printed).toMatch(/unlisted {7}.*tree\/new\n/);
    expect(printed).toMatch(/malformed {6}.*list\.md5, line \d+\n/);
    expect(printed).toMatch(/FAILED: 1 changed, 1 missing, 1 unlisted, 1 malformed\.\n$/);
    expect(readFileSync(sums(), 'latin1')).toBe((await run('hash', ...algorithms, tree())).printed);
    expect((await run(...argv, '--unlisted', 'ignore')).printed).not.toContain('unlisted');
  });

  test('a digest that was not computed is not comparable, and a manifest of nothing is no success', async () => {
    await hashPlan(2, ['-a', 'md5']);
    await run('hash', '-a', 'sha1', '-o', scratch.at('list.sha1'), tree());
    expect((await run('merge', '--verify', scratch.at('list.sha1'), out())).printed).toMatch(/45 not comparable/);
    writeFileSync(scratch.at('empty.md5'), '');
    const empty = await run('merge', '--verify', scratch.at('empty.md5'), out());
    expect(empty.status).toBe(1);
    expect(empty.printed).toContain('names no file');
  });
});

test.each([
  [['merge', '--root', 'x', 'out'], '--root is for --verify'],
  [['merge', '--verify', 'x', '-o', '-', 'out'], 'give -o a file'],
  [['merge', '--zero', '--format', 'csv'], 'missing'],
])('%j is wrong usage', async (argv, words) => {
  const refused = await run(...argv);
  expect(refused.status).toBe(2);
  expect(refused.said).toContain(words);
});
