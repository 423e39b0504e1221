/**
 * `npm run check:kills [-- --kills N --power N --files N]`: kills scans at random moments and compares each resumed
 * result with an undisturbed run. Ends with 1 when a file is missing, doubled or has another digest.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runKilled } from './run-killed.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    power: { type: 'string', default: '100' },
    files: { type: 'string', default: '20000' },
  },
});
const command = path.join(import.meta.dirname, '../../../dist/cli/hashlane.js');
const folder = mkdtempSync(path.join(tmpdir(), 'hashlane-kills-'));
const files = Number(values.files);
for (let n = 0; n < files; n++) {
  const sub = path.join(folder, 'tree', String(n % 100));
  if (n < 100) mkdirSync(sub, { recursive: true });
  writeFileSync(path.join(sub, `file ${n}`), `${n}\n`.repeat((n % 700) + 1));
}
const algorithms = 'sha256,ed2k';
const hash = () =>
  spawnSync(process.execPath, [command, '-a', algorithms, 'tree'], {
    cwd: folder,
    encoding: 'latin1',
    maxBuffer: 1 << 30,
  });
// The first run warms the cache and lets the files' times settle.
hash();
const before = performance.now();
const undisturbed = hash().stdout;
const usualMs = performance.now() - before;
if (undisturbed.split('\n').length <= files) throw new Error('the undisturbed run did not hash every file');

/** In words for whoever mends it. */
function difference(output: string): string {
  const [expected, got] = [undisturbed, output].map((text) => text.split('\n'));
  const missing = expected!.filter((line) => !got!.includes(line)).slice(0, 3);
  const surplus = got!.filter((line) => !expected!.includes(line)).slice(0, 3);
  return `${got!.length} lines for ${expected!.length}; missing ${missing.join(' | ')}; surplus ${surplus.join(' | ')}`;
}

let failed = 0;
let kills = 0;
let known = 0;
/** Goes on until so many processes were killed. */
async function round(wanted: number, loseUnsynced: boolean): Promise<number> {
  let killed = 0;
  while (killed < wanted) {
    const outcome = await runKilled({ command, folder, root: 'tree', algorithms, usualMs, loseUnsynced });
    killed += outcome.kills;
    known += outcome.known;
    if (outcome.trouble !== '' || outcome.output !== undisturbed) {
      failed++;
      process.stderr.write(`after ${outcome.kills} kills: ${outcome.trouble || difference(outcome.output)}\n`);
    }
  }
  return killed;
}
try {
  kills = await round(Number(values.kills), false);
  const power = await round(Number(values.power), true);
  process.stdout.write(
    `${files} files, ${kills} kills, ${power} more with unsynced data lost: ${failed} journals differ; ` +
      `${known} files were not read again; an undisturbed run takes ${Math.round(usualMs)} ms\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;
