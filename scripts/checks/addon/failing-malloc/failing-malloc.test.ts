/**
 * The addon as it ships, with one allocation that fails: the process goes on, and every file has its digest or says that
 * memory was short. HASHLANE_FAILURES sets how many allocations are tried for each list of algorithms (`all` for each one).
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { algorithms } from '#shared/tables/algorithms.ts';
import { run } from '../../../setup/run.mjs';

const everything = algorithms.map(({ name }) => name).join(',');
const lists = [everything, 'sha256', 'md5,sha1,crc32', 'blake3', 'ed2k,tth,aich', 'xxh3-64,sha3-256', 'btih,whirlpool'];
const wanted = process.env.HASHLANE_FAILURES ?? '6';

let scratch = '';
let library = '';
let paths: string[] = [];

beforeAll(async () => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'hashlane-failing-'));
  library = path.join(scratch, 'failing-malloc.so');
  const source = path.join(import.meta.dirname, 'failing-malloc.c');
  await run('cc', ['-O1', '-shared', '-fPIC', '-o', library, source, '-ldl']);
  const folder = path.join(scratch, 'files');
  mkdirSync(folder);
  const write = (name: string, bytes: number): void => {
    writeFileSync(path.join(folder, name), Buffer.alloc(bytes, name));
    utimesSync(path.join(folder, name), 1e9, 1e9);
  };
  for (let index = 0; index < 20; index++) write(`small ${index}`, index * 700);
  write('middle', 3_000_000);
  write('large', 20_000_000);
  paths = [folder];
}, 60_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Outcome {
  readonly results?: Readonly<Record<string, string>>;
  readonly refused?: string;
}

/** Runs the addon in a process of its own; rejects when that does not end by itself with status 0. */
async function hash(list: string, environment: Record<string, string>): Promise<Outcome> {
  const script = path.join(import.meta.dirname, 'hash-once.ts');
  const env = { ...process.env, LD_PRELOAD: library, ...environment };
  return await new Promise((resolve, reject) => {
    execFile(process.execPath, [script, list, ...paths], { env, timeout: 60_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.signal ?? error.code} with ${JSON.stringify(environment)}: ${stderr}`));
      else resolve(JSON.parse(stdout));
    });
  });
}

/** Files that are missing, came from nowhere, or have another digest; those that say that memory was short are right. */
function differences(results: Readonly<Record<string, string>>, expected: Readonly<Record<string, string>>): string[] {
  const names = new Set([...Object.keys(results), ...Object.keys(expected)]);
  return [...names].filter((name) => {
    const result = results[name] ?? 'missing';
    return expected[name] === undefined || (result !== expected[name] && !result.startsWith('unreadable '));
  });
}

const named = (list: string): string => (list === everything ? 'all algorithms' : list);

describe.runIf(process.platform === 'linux')('one allocation that fails', () => {
  test.each(lists.map((list) => [named(list), list] as const))(
    'loses nothing and ends nothing with %s',
    async (_name, list) => {
      const counted = path.join(scratch, 'allocations');
      const undisturbed = (await hash(list, { HASHLANE_ALLOCATIONS: counted })).results!;
      expect(Object.keys(undisturbed)).toHaveLength(22);
      for (const result of Object.values(undisturbed)) expect(result).toMatch(/^ok /);
      const allocations = Number(readFileSync(counted, 'utf8'));
      expect(allocations).toBeGreaterThan(50);
      const tries = wanted === 'all' ? allocations : Math.min(Number(wanted), allocations);
      const problems: string[] = [];
      for (let index = 0; index < tries; index++) {
        // Spread over the run, and never the same numbers for two lists.
        const at = Math.floor(((index + list.length / 1000) * allocations) / tries) + 1;
        const outcome = await hash(list, { HASHLANE_FAIL_AT: String(at) }).catch((error: Error) => error.message);
        if (typeof outcome === 'string') problems.push(outcome);
        else if (outcome.results)
          problems.push(...differences(outcome.results, undisturbed).map((it) => `${at}: ${it}`));
      }
      expect(problems).toEqual([]);
    },
    1_800_000,
  );
});
