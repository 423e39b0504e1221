/**
 * `npm run check:cluster [-- --files N --parts N --keep]`: the files of packaging/cluster with a real Slurm, one of whose
 * nodes is killed in the middle, and with GNU parallel. What is merged must be byte for byte that of one `hash`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Slurm } from './slurm.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '20000' },
    parts: { type: 'string', default: '64' },
    keep: { type: 'boolean', default: false },
  },
});
const needed = { slurmctld: 'slurm-wlm', slurmd: 'slurm-wlm', munged: 'munge', parallel: 'parallel' };
install([
  ...new Set(
    Object.entries(needed)
      .filter(([program]) => !isThere(program))
      .map(([, name]) => name),
  ),
]);

const repository = path.join(import.meta.dirname, '../../..');
const cluster = path.join(repository, 'packaging/cluster');
const folder = mkdtempSync(path.join(tmpdir(), 'hashlane-cluster-'));
const at = (...names: string[]): string => path.join(folder, ...names);
const command = at('hashlane');
writeFileSync(
  command,
  `#!/bin/sh\nexec '${process.execPath}' '${path.join(repository, 'dist/cli/hashlane.js')}' "$@"\n`,
  {
    mode: 0o755,
  },
);
const environment = { ...process.env, HASHLANE: command };
const parts = Number(values.parts);

const largeBytes = 80_000_000;

/** Sizes differ much, some names are no text, and there is a link. */
function makeTree(): string {
  const tree = at('data');
  for (let n = 0; n < Number(values.files); n++) {
    const sub = path.join(tree, String(n % 97));
    if (n < 97) mkdirSync(sub, { recursive: true });
    writeFileSync(path.join(sub, `file ${n}`), Buffer.alloc((n * 7919) % 5_000, n % 251));
  }
  // Long enough for a node to be killed over one, and without a block on the disk.
  for (let n = 0; n < parts; n++) {
    const file = openSync(path.join(tree, String(n % 97), `large ${n}`), 'w');
    ftruncateSync(file, largeBytes + n);
    closeSync(file);
  }
  writeFileSync(Buffer.concat([Buffer.from(`${tree}/0/not text `), Buffer.from([0xff])]), 'x');
  symlinkSync('0', path.join(tree, 'link'));
  return tree;
}

function isThere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

function install(packages: readonly string[]): void {
  if (packages.length === 0) return;
  const isRoot = process.getuid?.() === 0 && isThere('apt-get');
  if (!isRoot) {
    process.stderr.write(`check:cluster needs ${packages.join(', ')}: apt-get install ${packages.join(' ')}\n`);
    process.exit(1);
  }
  execFileSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { stdio: 'ignore' });
}

/** Throws unless both files are the same. */
function compare(what: string, merged: string, single: string): void {
  if (!readFileSync(merged).equals(readFileSync(single))) throw new Error(`${what}: ${merged} differs from ${single}`);
}

async function runSlurm(tree: string, single: string): Promise<string> {
  mkdirSync(at('slurm'));
  const slurm = await Slurm.start(at('slurm'), ['first', 'second']);
  try {
    const work = at('slurm-work');
    const begun = performance.now();
    const submitted = execFileSync(
      path.join(cluster, 'slurm/submit.sh'),
      [tree, values.parts, work, '-a', 'sha256,md5'],
      {
        env: { ...environment, ...slurm.environment },
        encoding: 'utf8',
      },
    );
    const [, array = '', merge = ''] = /array (\d+), merge (\d+)/.exec(submitted) ?? [];
    const sealed = (): number =>
      readdirSync(path.join(work, 'journals')).filter((name) => name.endsWith('.hlj')).length;
    await slurm.until('a quarter of the parts is under way', () => sealed() >= parts / 4);
    let killed = 0;
    await slurm.until('a part is being hashed on the second node', () => {
      const running = slurm.query('squeue', '--noheader', '-t', 'R', '-w', 'second', '-o', '%K').split('\n');
      // Its lock stands beside a journal that is written.
      if (!running.some((index) => existsSync(path.join(work, 'journals', `${index}.hlj.lock`)))) return false;
      killed = slurm.killNode('second');
      return true;
    });
    if (killed === 0) throw new Error('no part was under way on the node that was to be killed');
    const requeued = slurm.query('squeue', '--noheader', '-r', '-j', array, '-o', '%i %T %r');
    await slurm.until('the merge has ended', () => slurm.query('squeue', '--noheader', '-j', merge) === '', 600);
    const seconds = (performance.now() - begun) / 1000;
    compare('Slurm', path.join(work, 'manifest'), single);
    const resumed = readdirSync(path.join(work, 'logs')).filter((name) =>
      /goes on/.test(readFileSync(path.join(work, 'logs', name), 'utf8')),
    );
    return `Slurm: ${parts} parts on 2 nodes, one killed with ${killed} parts under way (${requeued.split('\n').length} parts left then, ${resumed.length} went on with their journals): byte-identical after ${seconds.toFixed(1)} s`;
  } finally {
    await slurm.stop();
  }
}

function runParallel(tree: string, single: string): string {
  const begun = performance.now();
  execFileSync(path.join(cluster, 'parallel.sh'), [tree, values.parts, at('parallel-work'), '--jobs', '2'], {
    env: { ...environment, HASHLANE_OPTIONS: '-a sha256,md5 --threads 1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  compare('GNU parallel', at('parallel-work', 'manifest'), single);
  return `GNU parallel: ${parts} parts, two at a time: byte-identical after ${((performance.now() - begun) / 1000).toFixed(1)} s`;
}

try {
  const tree = makeTree();
  const begun = performance.now();
  const single = at('single');
  // The link is skipped, which is no failure.
  execFileSync(command, ['hash', '-q', '-a', 'sha256,md5', '-o', single, tree], { stdio: 'ignore' });
  process.stdout.write(`one process: ${((performance.now() - begun) / 1000).toFixed(1)} s for ${values.files} files\n`);
  process.stdout.write(`${runParallel(tree, single)}\n`);
  process.stdout.write(`${await runSlurm(tree, single)}\n`);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  if (values.keep) process.stdout.write(`${folder}\n`);
  else rmSync(folder, { recursive: true, force: true });
}
