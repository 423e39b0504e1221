/** `plan`, `hash --plan` and `hash --shard` with the real engine on real files. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Plan } from '#shared/shards/plan.ts';
import { cutSeal } from '../../../store/testing/cut-seal.ts';
import { readPlan } from '../../../tasks/plan/read-plan.ts';
import { runReally as run, runReallyIn } from '../../testing/real-run.ts';
import { Scratch } from '../../testing/scratch.ts';

let scratch: Scratch;
beforeEach(() => {
  scratch = new Scratch();
  for (let n = 0; n < 60; n++) scratch.file(`tree/${n % 7}/file ${n}`, 'x'.repeat(n * 10));
  for (const name of ['tree/line\nbreak', 'tree/not text \xff', 'tree/a-b', 'tree/a/b', 'tree/.hidden'])
    scratch.file(name);
  symlinkSync('a-b', scratch.at('tree', 'link'));
  symlinkSync('.', scratch.at('tree', 'a', 'loop'));
});
afterEach(() => scratch.remove());

const tree = () => scratch.at('tree');
const list = (part: number) => scratch.at('plan', `part-0000${part}.list`);

async function makePlan(...options: string[]): Promise<Plan> {
  const { status } = await run(
    'plan',
    tree(),
    ...(options.length > 0 ? options : ['--parts', '4']),
    '-o',
    scratch.at('plan'),
  );
  expect(status).toBe(0);
  return readPlan(scratch.at('plan'));
}

/** Lines of all parts, sorted. */
async function hashed(count: number, ...options: string[]): Promise<string[]> {
  const lines: string[] = [];
  for (let part = 0; part < count; part++) {
    lines.push(...(await run('hash', '--plan', list(part), '--format', 'jsonl', ...options)).printed.split('\n'));
  }
  return lines.filter((line) => line !== '').sort();
}

const whole = async (...options: string[]): Promise<string[]> =>
  (await run('hash', '--format', 'jsonl', ...options, tree())).printed.trimEnd().split('\n').sort();

describe('a plan', () => {
  test('has every entry of the walk in one of its lists, with its size, and reads nothing', async () => {
    chmodSync(scratch.at('tree', 'a-b'), 0o000);
    const plan = await makePlan();
    const entries = plan.parts.flatMap(({ list: name }) =>
      readFileSync(scratch.at('plan', name), 'latin1')
        .split('\0')
        .filter((entry) => entry !== ''),
    );
    expect(plan.parts).toHaveLength(4);
    expect(entries).toHaveLength(67);
    expect(entries).toContain('590 3/file 59');
    expect(entries).toContain('- link');
    expect(entries).toContain('15 not text \xff');
    expect(plan.bytes).toBe(plan.parts.reduce((sum, { bytes }) => sum + bytes, 0));
    for (const { bytes } of plan.parts) expect(Math.abs(bytes - plan.bytes / 4)).toBeLessThan(plan.bytes / 4 / 50);
  });

  test('is the same where nothing changed, and another where something did or other files are chosen', async () => {
    const { digest } = await makePlan();
    const again = async (...options: string[]): Promise<string> => {
      const to = scratch.at(`plan ${Math.random()}`);
      expect((await run('plan', tree(), '--parts', '4', '-o', to, ...options)).status).toBe(0);
      return (await readPlan(to)).digest;
    };
    expect(await again()).toBe(digest);
    expect(await again('--no-hidden')).not.toBe(digest);
    scratch.file('tree/new');
    expect(await again()).not.toBe(digest);
  });

  test('has as many parts as bytes need', async () => {
    expect((await makePlan('--part-bytes', '5K')).parts).toHaveLength(4);
  });

  test.each([
    ['without a number of parts', () => [tree(), '-o', scratch.at('plan')], 2, '--part-bytes'],
    ['within its own root', () => [tree(), '--parts', '2', '-o', scratch.at('tree', 'plan')], 2, 'cannot lie in'],
    ['of a root that is not there', () => [scratch.at('none'), '--parts', '2', '-o', scratch.at('plan')], 1, 'ENOENT'],
    ['in a folder that holds something', () => [tree(), '--parts', '2', '-o', scratch.folder], 1, 'not empty'],
  ])('%s is refused', async (_, argv, status, words) => {
    const refused = await run('plan', ...argv());
    expect(refused.status).toBe(status);
    expect(refused.said).toContain(words);
    expect(readdirSync(scratch.folder).filter((name) => name === 'plan' || name === '.entries')).toEqual([]);
  });
});

describe('the parts of a plan together', () => {
  test.each([
    ['all', []],
    ['chosen ones', ['--exclude', '3', '--min-size', '20', '--no-hidden']],
    ['those that links lead to', ['--follow-symlinks']],
  ])('give what a walk gives: %s', async (_, walk) => {
    await makePlan('--parts', '4', ...walk);
    expect(await hashed(4)).toEqual(await whole(...walk));
  });

  test('say of what is gone or could not be read what a walk would say of it', async () => {
    mkdirSync(scratch.at('tree', 'closed'), { mode: 0o000 });
    await makePlan();
    scratch.shell("rm 'tree/3/file 59'");
    const found = await hashed(4);
    expect(found.filter((line) => line.includes('"missing"'))).toHaveLength(1);
    chmodSync(scratch.at('tree', 'closed'), 0o700);
  });

  test('may be empty', async () => {
    scratch.shell('rm -r tree; mkdir tree; echo x >tree/one');
    await makePlan('--parts', '3');
    expect(await hashed(3)).toEqual(await whole());
  });

  test('of a root that is a file are that file', async () => {
    expect((await run('plan', scratch.at('tree', 'a-b'), '--parts', '1', '-o', scratch.at('plan'))).status).toBe(0);
    const { printed } = await run('hash', '--plan', list(0));
    expect(printed).toBe((await run(scratch.at('tree', 'a-b'))).printed);
  });
});

describe('a part', () => {
  const journal = () => scratch.at('2.hlj');

  test('goes on where it stood, and once it is done it is printed and nothing is read', async () => {
    await makePlan();
    const first = await run('hash', '--plan', list(2), '--journal', journal());
    cutSeal(journal());
    const resumed = await run('hash', '--plan', list(2), '--journal', journal());
    expect(resumed).toMatchObject({ status: 0, printed: first.printed });
    expect(resumed.said).toContain('goes on; 16 files were done');
    cutSeal(journal());
    expect((await run('resume', journal())).printed).toBe(first.printed);
    const before = statSync(journal(), { bigint: true }).mtimeNs;
    expect(await run('hash', '--plan', list(2), '--journal', journal())).toEqual(first);
    expect(statSync(journal(), { bigint: true }).mtimeNs).toBe(before);
    for (const options of [
      ['-z', '--upper'],
      ['--base', tree()],
      ['--template', '{path}{nl}'],
    ]) {
      const argv = ['hash', '--plan', list(2), ...options];
      expect((await run(...argv, '--journal', journal())).printed, options.join()).toBe((await run(...argv)).printed);
    }
  });

  test('is that of the task of an array, when the folder of the plan is named', async () => {
    await makePlan();
    const environment = { SLURM_ARRAY_TASK_ID: '2' };
    const { printed } = await runReallyIn(environment, 'hash', '--plan', scratch.at('plan'));
    expect(printed).toBe((await run('hash', '--plan', list(2))).printed);
    expect(await run('hash', '--plan', scratch.at('plan'))).toMatchObject({ status: 2 });
  });

  test.each([
    ['another part', () => ['--plan', list(1)]],
    ['other algorithms', () => ['-a', 'md5', '--plan', list(2)]],
    ['a shard', () => ['--shard', '2/4', tree()]],
    ['the whole', () => [tree()]],
  ])('does not go on with the journal of %s', async (_, other) => {
    await makePlan();
    await run('hash', ...other(), '--journal', journal());
    const before = readFileSync(journal());
    const refused = await run('hash', '--plan', list(2), '--journal', journal());
    expect(refused).toMatchObject({ status: 1, printed: '' });
    expect(refused.said).toContain('other paths, or with other options');
    cutSeal(journal());
    expect(await run('hash', '--plan', list(2), '--journal', journal())).toMatchObject({ status: 1 });
    expect(readFileSync(journal())).toEqual(before.subarray(0, statSync(journal()).size));
  });

  test.each([
    ['a changed list', () => writeFileSync(list(2), '1 other\0'), 'not what the plan beside it says'],
    ['a changed plan', () => scratch.shell('sed -i \'s/.entries.: 1/"entries": 2/\' plan/plan.json'), 'it was changed'],
    ['a list without its plan', () => scratch.shell('rm plan/plan.json'), 'ENOENT'],
    ['a plan that was not finished', () => writeFileSync(scratch.at('plan', 'plan.json'), '{"for'), 'no JSON'],
    [
      'a list of no plan',
      () =>
        scratch.shell(
          'mv plan/part-00002.list plan/other.list; ln -s other.list plan/part-00002.list; sed -i s/part-00002/part-00009/ plan/plan.json',
        ),
      'it was changed',
    ],
  ])('is refused for %s', async (_, spoil, words) => {
    await makePlan();
    spoil();
    const refused = await run('hash', '--plan', list(2));
    expect(refused).toMatchObject({ status: 1, printed: '' });
    expect(refused.said).toContain(words);
  });

  test.each([
    ['paths', () => ['--plan', list(0), tree()]],
    ['what chooses files', () => ['--plan', list(0), '--exclude', '*.tmp']],
    ['a shard', () => ['--plan', list(0), '--shard', '0/4']],
    ['a list of paths', () => ['--plan', list(0), '--files-from', list(0)]],
  ])('takes no %s besides', async (_, argv) => {
    await makePlan();
    expect(await run('hash', ...argv())).toMatchObject({ status: 2, printed: '' });
  });
});

describe('shards', () => {
  test('together give what a walk gives, and each goes on with its journal', async () => {
    const lines: string[] = [];
    for (let shard = 0; shard < 3; shard++) {
      const journal = scratch.at(`${shard}.hlj`);
      const argv = ['--shard', `${shard}/3`, '--format', 'jsonl', '--journal', journal, tree()];
      const first = await run(...argv);
      cutSeal(journal);
      expect((await run(...argv)).printed).toBe(first.printed);
      expect(await run(...argv)).toMatchObject({ status: 0, printed: first.printed });
      lines.push(...first.printed.split('\n').filter((line) => line !== ''));
    }
    expect(lines.sort()).toEqual(await whole());
  });

  test('know their number by the array that they are a task of', async () => {
    const environment = { SLURM_ARRAY_TASK_ID: '1', SLURM_ARRAY_TASK_COUNT: '3' };
    const second = (await run('--shard', '1/3', tree())).printed;
    expect((await runReallyIn(environment, '--shard', 'auto', tree())).printed).toBe(second);
    expect((await runReallyIn({ JOB_COMPLETION_INDEX: '1' }, '--shard', '/3', tree())).printed).toBe(second);
    expect(await run('--shard', 'auto', tree())).toMatchObject({ status: 2 });
  });

  test('are the same wherever the folder lies', async () => {
    const below = async (root: string): Promise<string[]> =>
      (await run('--shard', '0/3', root)).printed.split('\n').map((line) => line.replace(`${root}/`, ''));
    const before = await below(tree());
    scratch.shell('mkdir elsewhere; mv tree elsewhere/other');
    expect(await below(scratch.at('elsewhere', 'other'))).toEqual(before);
  });

  test('share one folder, and no journal lies in it', async () => {
    expect(await run('--shard', '0/3', tree(), scratch.folder)).toMatchObject({ status: 2 });
    const inside = path.join(tree(), 'job.hlj');
    expect((await run('--shard', '0/3', '--journal', inside, tree())).said).toContain('cannot lie in');
  });
});
