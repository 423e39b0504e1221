/** A few of what `npm run check:kills` does by the hundred. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runKilled } from './run-killed.ts';

const command = path.join(import.meta.dirname, '../../../main/cli/entry.ts');

test.each([false, true])(
  'killed at random moments, a scan gives every result once (unsynced data lost: %s)',
  async (loseUnsynced) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'hashlane-kills-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }), 60_000);
    for (let n = 0; n < 1_000; n++) {
      const sub = path.join(folder, 'tree', String(n % 10));
      if (n < 10) mkdirSync(sub, { recursive: true });
      writeFileSync(path.join(sub, `file ${n}`), `${n}\n`.repeat((n % 100) + 1));
    }
    const hash = () =>
      spawnSync(process.execPath, [command, '-a', 'md5', 'tree'], {
        cwd: folder,
        encoding: 'latin1',
        maxBuffer: 1 << 28,
      });
    const before = performance.now();
    const undisturbed = hash().stdout;
    const usualMs = performance.now() - before;
    expect(undisturbed.split('\n')).toHaveLength(1_001);
    for (let journal = 0; journal < 2; journal++) {
      const outcome = await runKilled({ command, folder, root: 'tree', algorithms: 'md5', usualMs, loseUnsynced });
      expect(outcome.trouble).toBe('');
      expect(outcome.output).toBe(undisturbed);
    }
  },
  120_000,
);
