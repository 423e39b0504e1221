/** `kill -9` at random moments of a check: the record is the one from before or the one from after, and whole. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, renameSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { readRecord } from './guard-store.ts';
import { GuardedFolder } from './testing/guarded-folder.ts';

const program = fileURLToPath(new URL('testing/check-forever.ts', import.meta.url));
const kills = Number(process.env.HASHLANE_GUARD_KILLS ?? 12);
const files = 2_000;

test(`after each of ${kills} kills the record is whole, and knows what it knew`, {
  timeout: 20_000 + kills * 5_000,
}, async () => {
  const guarded = new GuardedFolder();
  onTestFinished(() => guarded.close(), 60_000);
  for (let n = 0; n < files; n++) guarded.write(`d${n % 20}/${n}`, `content of ${n}`);
  await guarded.add();
  const { file } = (await guarded.store.find(guarded.root))!;
  const digests = async (): Promise<readonly string[]> => {
    const record = await readRecord(file);
    return [...record.sorted()].map(
      (number) => `${Buffer.from(record.path(number))} ${Buffer.from(record.digest(number)).toString('hex')}`,
    );
  };
  const known = await digests();
  expect(known).toHaveLength(files);
  guarded.rot('d0/0');
  guarded.rot('d1/1');
  const inodes = new Set<string>();
  for (let n = 0; n < kills; n++) {
    const child = spawn(process.execPath, [program, guarded.store.folder, guarded.root], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    // Into a check, into the writing of its record, or between two.
    await delay(Math.random() * 150);
    child.kill('SIGKILL');
    await ended;
    expect(await digests()).toEqual(known);
    inodes.add(readFileSync(file, 'latin1').slice(-80));
  }
  // Records were replaced meanwhile, or nothing was tried.
  expect(inodes.size).toBeGreaterThan(1);
  expect(await guarded.states()).toEqual({ 'd0/0': 'damaged', 'd1/1': 'damaged' });
  renameSync(guarded.at('d0/0'), guarded.at('d0/moved'));
  guarded.rot('d0/moved');
  expect(await guarded.states()).toEqual({ 'd0/0': 'moved', 'd1/1': 'damaged' });
});
