/** The command as a process: its arguments, streams, signals and exit statuses. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Scratch } from './testing/scratch.ts';

// The sources run as they are on the Node that the project brings.
const entry = fileURLToPath(new URL('./entry.ts', import.meta.url));
/** The window is only there once it was built, beside the bundled command. */
const bundle = fileURLToPath(new URL('../../dist/cli/hashlane.js', import.meta.url));
const sha256 = (contents: string): string => createHash('sha256').update(contents, 'latin1').digest('hex');

let scratch: Scratch;
beforeEach(() => {
  scratch = new Scratch();
});
afterEach(() => scratch.remove());

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `hashlane` within a shell command, where `$H` stands for it, in the scratch folder. */
function shell(command: string): Outcome {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command.replaceAll('$H', `"$NODE" "$ENTRY"`)], {
    cwd: scratch.folder,
    encoding: 'latin1',
    maxBuffer: 1 << 28,
    env: { ...process.env, NODE: process.execPath, ENTRY: entry },
  });
  return { status, stdout, stderr };
}

/** Starts `hashlane` and resolves once it has said something on standard error. */
async function startTalking(...argv: string[]): Promise<ChildProcessWithoutNullStreams> {
  const child = spawn(process.execPath, [entry, ...argv], { cwd: scratch.folder });
  await new Promise((resolve) => child.stderr.once('data', resolve));
  return child;
}

/** The exit status, or the signal that ended it. */
const ended = (child: ChildProcessWithoutNullStreams): Promise<number | string | null> =>
  new Promise((resolve) => child.once('close', (status, signal) => resolve(status ?? signal)));

describe('arguments', () => {
  test('name files whose names are not UTF-8', () => {
    scratch.file('\xff\xe9', 'odd');
    expect(shell(`$H "$(printf '\\377\\351')"`)).toEqual({
      status: 0,
      stdout: `${sha256('odd')}  \xff\xe9\n`,
      stderr: '',
    });
  });

  test('name an output that is not UTF-8', () => {
    scratch.file('file', 'x');
    expect(shell(`$H -o "$(printf '\\377')" file && cat "$(printf '\\377')"`).stdout).toBe(`${sha256('x')}  file\n`);
  });

  test('after -- are paths, whatever they look like', () => {
    scratch.file('-file', 'x');
    scratch.file('serve', 'y');
    expect(shell('$H -- -file serve').stdout).toBe(`${sha256('x')}  -file\n${sha256('y')}  serve\n`);
  });

  test('that make no sense end with status 2', () => {
    expect(shell('$H')).toMatchObject({ status: 2, stdout: '' });
    expect(shell('$H --nosuch .')).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('streams', () => {
  test('standard input is hashed as -', () => {
    expect(shell('printf abc | $H -').stdout).toBe(`${sha256('abc')}  -\n`);
    expect(shell('$H - < /dev/null').stdout).toBe(`${sha256('')}  -\n`);
  });

  test('standard input that is a folder is a failure', () => {
    const { status, stdout, stderr } = shell('$H - < .');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^hashlane: -: is a folder \(EISDIR\)\n/);
  });

  test('a list comes from find through a pipe', () => {
    scratch.file('a b/c\nd', 'x');
    expect(shell('find . -type f -print0 | $H --files-from - --null').stdout).toBe(`\\${sha256('x')}  ./a b/c\\nd\n`);
  });

  test('a reader that stops reading ends the command quietly', () => {
    scratch.file('list', 'list\n'.repeat(3000));
    const { stdout, stderr } = shell('$H --format jsonl -a all --files-from list | head -n 1');
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).toBe('');
  });

  test('a slow reader gets everything', () => {
    scratch.file('list', 'list\n'.repeat(3000));
    const { stdout } = shell('$H --format jsonl -a all --files-from list | (sleep 0.5; cat)');
    expect(stdout.trimEnd().split('\n')).toHaveLength(3000);
  });

  test('an output without room is told', () => {
    scratch.file('file');
    expect(shell('$H file > /dev/full')).toMatchObject({
      status: 1,
      stderr: 'hashlane: cannot write to standard output: no space is left on the device (ENOSPC)\n',
    });
  });

  test('a file that takes only a part of the output is told, whatever the system says of the rest', () => {
    // 67,000 bytes in one write, of which 51,200 have room: the system takes those and reports no error.
    scratch.file('list', 'list\n'.repeat(1000));
    expect(shell("trap '' XFSZ; ulimit -f 100; $H --files-from list > sums")).toMatchObject({
      status: 1,
      stderr: 'hashlane: cannot write to standard output: the file system takes no larger file (EFBIG)\n',
    });
  });

  test('results appended to a file go behind what it holds', () => {
    scratch.file('file', 'x');
    shell('echo before > sums; $H file >> sums');
    expect(scratch.shell('cat sums')).toBe(`before\n${sha256('x')}  file\n`);
  });

  test('a file that was written to before goes on where it stood', () => {
    scratch.file('file', 'x');
    shell('(echo before; $H file; echo after) > sums');
    expect(scratch.shell('cat sums')).toBe(`before\n${sha256('x')}  file\nafter\n`);
  });
});

describe('the output file', () => {
  test('keeps the mode of the file it replaces, and a link stays a link', () => {
    scratch.file('file', 'x');
    scratch.shell('printf before > target; chmod 640 target; ln -s target sums');
    expect(shell('$H -o sums file').status).toBe(0);
    expect(scratch.shell('cat target')).toBe(`${sha256('x')}  file\n`);
    expect(statSync(scratch.at('target')).mode & 0o7777).toBe(0o640);
    expect(scratch.shell('readlink sums')).toBe('target\n');
  });

  test('that is a device is written, not replaced', () => {
    scratch.file('file', 'x');
    scratch.shell('mkfifo pipe');
    expect(shell('$H -o pipe file & cat pipe; wait').stdout).toBe(`${sha256('x')}  file\n`);
    expect(statSync(scratch.at('pipe')).isFIFO()).toBe(true);
  });

  test('that is a folder is refused', () => {
    scratch.file('folder/file');
    const { status, stderr } = shell('$H -o folder folder');
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'hashlane: cannot write folder: is a folder (EISDIR)\n' });
  });

  test('without room is told, and nothing is left behind', () => {
    scratch.file('file');
    expect(shell('$H -o /dev/full file')).toMatchObject({
      status: 1,
      stderr: 'hashlane: cannot write /dev/full: no space is left on the device (ENOSPC)\n',
    });
  });
});

describe('signals', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s in the middle of a huge file ends it by that signal',
    async (signal) => {
      scratch.shell('truncate -s 1T huge');
      const child = await startTalking('--progress', 'always', '-o', 'sums', 'huge');
      expect(readdirSync(scratch.folder)).toHaveLength(2);
      const sent = performance.now();
      child.kill(signal);
      expect(await ended(child)).toBe(signal);
      expect(performance.now() - sent).toBeLessThan(2000);
      expect(readdirSync(scratch.folder)).toEqual(['huge']);
    },
  );

  test('an interruption is heard while nobody reads the output', async () => {
    // Far more than pipe and slabs hold: the engine itself is made to wait.
    scratch.file('list', `gone\n${'file\n'.repeat(20_000)}`);
    scratch.file('file');
    const child = await startTalking('-a', 'all', '--format', 'jsonl', '--files-from', 'list');
    child.kill('SIGINT');
    expect(await new Promise((resolve) => child.once('exit', (_, by) => resolve(by)))).toBe('SIGINT');
    child.stdout.destroy();
    child.stderr.destroy();
  });
});

describe.skipIf(!existsSync(bundle))('serve', () => {
  test('prints one line with the address, answers there, and ends when it is told to', async () => {
    const child = spawn(process.execPath, [bundle, 'serve', '--no-open'], {
      env: { ...process.env, XDG_DATA_HOME: scratch.folder },
    });
    const stderr = text(child.stderr);
    const line = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
    const [, url] = /^Hashlane is serving at (http:\/\/127\.0\.0\.1:\d+\/#token=\S+)\n$/.exec(line) ?? [];
    expect(url, line).toBeDefined();
    const { hash, origin } = new URL(url!);
    const enter = (token: string) =>
      fetch(new URL('/session', origin), { method: 'POST', headers: { origin }, body: token }).then(
        ({ status }) => status,
      );
    expect(await enter(hash.replace('#token=', ''))).toBe(200);
    expect(await enter(hash.replace('#token=', ''))).toBe(401);
    const again = new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
    child.kill('SIGUSR2');
    expect(await enter((await again).trim().replace(/.*#token=/, ''))).toBe(200);
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
    expect(await stderr).toBe('');
  });
});

test.skipIf(process.platform === 'win32')(
  'the signal that opens a debugger in other Node programs opens none',
  async () => {
    const child = spawn(process.execPath, [entry, '-'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const stderr = text(child.stderr);
    const stdout = text(child.stdout);
    // Standard input is read only once the listeners are there.
    child.stdin.write('x'.repeat(1 << 20));
    await new Promise((resolve) => child.stdin.write('x'.repeat(1 << 20), resolve));
    child.kill('SIGUSR1');
    child.stdin.end();
    expect(await ended(child)).toBe(0);
    expect(await stderr).toBe('');
    expect(await stdout).toMatch(/^[0-9a-f]{64} {2}-\n$/);
  },
);

test.skipIf(!existsSync(bundle))('the bundled command runs through its launcher', () => {
  scratch.file('file', 'x');
  const launcher = path.join(path.dirname(entry), 'hashlane.mjs');
  const { stdout, status } = spawnSync(process.execPath, [launcher, 'file'], { cwd: scratch.folder, encoding: 'utf8' });
  expect({ stdout, status }).toEqual({ stdout: `${sha256('x')}  file\n`, status: 0 });
});
