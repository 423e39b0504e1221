/**
 * 100,000 small files, MD5: Hashlane's command against `rhash -r`, in turn, several rounds.
 *
 *     npm run bench -- [--files N] [--rounds N] [--json FILE]
 *
 * Prints medians, ratios and the command's peak memory. Both read from a warm page cache.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { smallFiles } from './corpus.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '7' },
    json: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const folder = smallFiles(Number(values.files));
const scratch = mkdtempSync(path.join(os.tmpdir(), 'hashlane-bench-'));
const summary = path.join(scratch, 'summary.json');
const command = fileURLToPath(new URL('../dist/cli/hashlane.js', import.meta.url));

const contenders = [
  { name: 'hashlane', words: [process.execPath, command, 'hash', '-a', 'md5', '--summary-json', summary, folder] },
  { name: 'rhash', words: ['rhash', '-r', '--md5', folder] },
] as const;

function run(words: readonly string[]): { seconds: number; lines: number } {
  const began = process.hrtime.bigint();
  const { status, stdout, error } = spawnSync(words[0]!, words.slice(1), { maxBuffer: 1 << 30 });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (error || status !== 0) throw new Error(`${words[0]} failed: ${error?.message ?? `exit status ${status}`}`);
  return { seconds, lines: stdout.toString('latin1').split('\n').length - 1 };
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;

const seconds = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
const peaks: number[] = [];
for (let round = -1; round < rounds; round++) {
  for (const { name, words } of contenders) {
    const result = run(words);
    if (result.lines !== Number(values.files)) throw new Error(`${name} printed ${result.lines} lines`);
    // The first round warms the page cache and is not counted.
    if (round < 0) continue;
    seconds.get(name)!.push(result.seconds);
    if (name === 'hashlane')
      peaks.push((JSON.parse(readFileSync(summary, 'utf8')) as { peakRssBytes: number }).peakRssBytes);
  }
}
rmSync(scratch, { recursive: true });

const rhash = median(seconds.get('rhash')!);
const report = {
  work: `${values.files} small files, MD5`,
  rounds,
  medians: Object.fromEntries([...seconds].map(([name, list]) => [name, median(list)])),
  timesFasterThanRhash: rhash / median(seconds.get('hashlane')!),
  peakMemoryMB: Math.max(...peaks) / 1e6,
};
console.log(`${report.work}, ${rounds} rounds in turn, medians`);
for (const [name, list] of seconds) {
  console.log(`  ${name.padEnd(10)}${median(list).toFixed(3)} s   × ${(rhash / median(list)).toFixed(2)} of rhash`);
}
console.log(`  hashlane's peak memory: ${report.peakMemoryMB.toFixed(0)} MB`);
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
