/** hashlane-cli's packages, installed into a fresh system without Node: the command does its work there. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type CommandPackages, makeCommandPackages } from '../../../packaging/command/packages.ts';
import { fromRoot } from '../../setup/paths.mjs';
import { run } from '../../setup/run.mjs';
import { differences } from './archive.ts';
import type { DebianRoot } from './debian-root.ts';

/** The bar is 60 MB; Node alone takes more, stripped. This keeps it from growing. */
const limitMB = 125;

export async function makeCommandForCheck(): Promise<CommandPackages> {
  return makeCommandPackages(true);
}

/** Both packages hold what is listed. */
export async function checkCommandFiles({ tar, deb }: CommandPackages): Promise<string> {
  const list = readFileSync(fromRoot('packaging/command/shipped-files.txt'), 'utf8');
  const listed = (await run('dpkg-deb', ['-c', deb])).trim().split('\n');
  const ofDeb = listed
    .filter((line) => !line.startsWith('d'))
    .map((line) => line.replace(/^(?:\S+\s+){5}\.\//, '').replace(/ -> .*/, ''));
  const inTar = (await run('tar', ['-tzf', tar])).trim().split('\n');
  const ofTar = inTar.filter((line) => !line.endsWith('/')).map((line) => line.replace(/^[^/]+/, 'usr'));
  for (const files of [ofDeb, ofTar]) {
    const plain = files.map((file) => file.replace(/(dist\/cli\/)[\w-]+(-[\w-]{8}\.js)$/, '$1part$2'));
    const wrong = differences(list, [...new Set(plain)]);
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  }
  const installed = Number(/^ ?Installed-Size: (\d+)$/m.exec(await run('dpkg-deb', ['-I', deb]))?.[1]) / 1024;
  if (!(installed < limitMB)) throw new Error(`${installed.toFixed(0)} MiB installed, more than ${limitMB}`);
  return `${ofDeb.length} files, ${installed.toFixed(0)} MiB installed`;
}

/** hash, verify, plan, merge, diagnostics and serve, on a system that has no Node. */
export async function checkCommandWorks(root: DebianRoot): Promise<string> {
  if (await exists(root, 'node')) throw new Error('the fresh system has a Node');
  mkdirSync(root.at('data', 'sub'), { recursive: true });
  for (const name of ['a', 'b c', 'sub/d']) writeFileSync(root.at('data', name), name);
  const sh = (script: string): Promise<string> => root.run('sh', '-euc', script);
  await sh('cd /data && hashlane -o /sums . && sha256sum --check --quiet /sums && hashlane verify --root /data /sums');
  await sh(`hashlane plan /data --parts 2 -o /plan
    for part in 0 1; do hashlane hash --plan /plan/part-0000$part.list --journal /$part.hlj >/dev/null; done
    hashlane merge /0.hlj /1.hlj -o /merged && hashlane hash /data | cmp - /merged`);
  const failed = JSON.parse(await sh('hashlane algorithms --json')) as unknown[];
  if (failed.length === 0) throw new Error('the command knows no algorithm');
  await sh('test -s /usr/share/man/man1/hashlane.1.gz || test ! -d /usr/share/man');
  await checkServe(root);
  return `${statSync(root.at('usr', 'lib', 'hashlane', 'dist', 'cli', 'hashlane')).size} bytes, without Node`;
}

async function exists(root: DebianRoot, program: string): Promise<boolean> {
  return root.run('sh', '-c', `command -v ${program}`).then(
    () => true,
    () => false,
  );
}

/** The page comes over a socket, and the host ends when it is told to. */
async function checkServe(root: DebianRoot): Promise<void> {
  const server = spawn(
    'chroot',
    [root.folder, 'hashlane', 'serve', '--no-open', '--socket', '/web.sock', '--root', '/data'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const line = await new Promise<string>((resolve, reject) => {
      server.stdout.once('data', (chunk: Buffer) => resolve(String(chunk)));
      server.once('exit', () => reject(new Error('serve has ended')));
    });
    if (!line.startsWith('Hashlane is serving at http://localhost/#token=')) throw new Error(line);
    const page = execFileSync(
      'curl',
      ['--silent', '--fail', '--unix-socket', path.join(root.folder, 'web.sock'), 'http://localhost/'],
      {
        encoding: 'utf8',
      },
    );
    if (!page.includes('<title>Hashlane</title>')) throw new Error('the page is another one');
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  }
}

export async function removeCommand(root: DebianRoot): Promise<void> {
  await root.run('dpkg', '--purge', 'hashlane-cli');
  if (await exists(root, 'hashlane')) throw new Error('/usr/bin/hashlane was left behind');
}
