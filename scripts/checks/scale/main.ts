/**
 * `npm run check:scale [-- --journals N --results N --files N]`: how plan and merge grow. Merges generated journals and
 * plans a tree of real files without contents, each in a process of its own; says time and peak memory. Ends with 1 where
 * merge takes more than 200 MB, loses a result, or a plan's parts differ by more than 2 %.
 */

import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeJournals } from './journals.ts';

const { values } = parseArgs({
  options: {
    journals: { type: 'string', default: '200' },
    results: { type: 'string', default: '1000000' },
    files: { type: 'string', default: '100000' },
    parts: { type: 'string', default: '64' },
  },
});
const command = path.join(import.meta.dirname, '../../../dist/cli/hashlane.js');
const folder = mkdtempSync(path.join(tmpdir(), 'hashlane-scale-'));
const at = (name: string): string => path.join(folder, name);
const mostBytes = 200e6;

interface Measured {
  readonly seconds: number;
  readonly rssBytes: number;
}

/** The peak is what the system says of the process, as of any program. */
function run(...argv: string[]): Measured {
  const begun = performance.now();
  const { status, stderr } = spawnSync('/usr/bin/env', ['time', '-f', 'PEAK %M', process.execPath, command, ...argv], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
  });
  const peak = /PEAK (\d+)/.exec(stderr)?.[1];
  if (status !== 0 || peak === undefined) throw new Error(`${argv[0]}: status ${status}\n${stderr.slice(-2_000)}`);
  return { seconds: (performance.now() - begun) / 1000, rssBytes: Number(peak) * 1024 };
}

const told = ({ seconds, rssBytes }: Measured): string => `${seconds.toFixed(1)} s, ${(rssBytes / 1e6).toFixed(0)} MB`;

async function mergeMany(): Promise<void> {
  const [journals, results] = [Number(values.journals), Number(values.results)];
  await makeJournals(at('journals'), journals, results);
  const merged = run('merge', at('journals'), '-o', at('manifest'), '--summary-json', at('summary'));
  const { ok } = JSON.parse(readFileSync(at('summary'), 'utf8')) as { ok: number };
  process.stdout.write(
    `merge of ${journals} journals, ${results} results: ${told(merged)}; manifest ${(statSync(at('manifest')).size / 1e6).toFixed(0)} MB\n`,
  );
  if (ok !== results) throw new Error(`${ok} results were merged`);
  if (merged.rssBytes > mostBytes) throw new Error('it took more than 200 MB');
  rmSync(at('journals'), { recursive: true });
  rmSync(at('manifest'));
}

function planMany(): void {
  const files = Number(values.files);
  for (let n = 0; n < files; n++) {
    const sub = path.join(folder, 'tree', String(n % 1_000));
    if (n < 1_000) mkdirSync(sub, { recursive: true });
    const file = openSync(path.join(sub, `file-${n}`), 'w');
    // Sizes as trees have them, without a block on the disk.
    const share = ((Math.imul(n, 0x9e3779b1) >>> 0) + 0.5) / 2 ** 32;
    ftruncateSync(file, Math.min(1_000_000, Math.floor(2_000 * share ** -0.5)));
    closeSync(file);
  }
  const planned = run('plan', at('tree'), '--parts', values.parts, '-o', at('plan'));
  const plan = JSON.parse(readFileSync(path.join(at('plan'), 'plan.json'), 'utf8')) as {
    bytes: number;
    files: number;
    parts: { bytes: number }[];
  };
  const mean = plan.bytes / plan.parts.length;
  const spread = Math.max(...plan.parts.map(({ bytes }) => Math.abs(bytes - mean) / mean));
  process.stdout.write(
    `plan of ${plan.files} files into ${plan.parts.length} parts: ${told(planned)}; parts differ by ${(spread * 100).toFixed(2)} %\n`,
  );
  if (plan.files !== files) throw new Error(`${plan.files} files were planned`);
  if (spread > 0.02) throw new Error('they differ by more than 2 %');
}

try {
  await mergeMany();
  planMany();
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
