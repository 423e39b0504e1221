/** Operands and lists over real files and a real engine, in a process of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasProgram, Scratch } from './testing/scratch.ts';

const entry = fileURLToPath(new URL('./entry.ts', import.meta.url));
const sha256 = (contents: string): string => createHash('sha256').update(contents, 'latin1').digest('hex');

let scratch: Scratch;
beforeEach(() => {
  scratch = new Scratch();
});
afterEach(() => scratch.remove());

/** Runs a command of `shell`, where `$H` stands for the command; lines of standard output and standard error. */
function run(command: string, shell = 'bash') {
  const { status, stdout, stderr } = spawnSync(shell, ['-c', command.replaceAll('$H', '"$NODE" "$ENTRY"')], {
    cwd: scratch.folder,
    encoding: 'latin1',
    timeout: 60_000,
    maxBuffer: 1 << 28,
    env: { ...process.env, NODE: process.execPath, ENTRY: entry },
  });
  return { status, lines: stdout.split('\n').slice(0, -1), said: stderr };
}

/** Starts the command in the background, as `$pid`, and waits until it listens to signals: before that it may ignore them. */
const begun = (operands: string): string =>
  `$H --verbose ${operands} 2> said & pid=$!; while ! grep -q '^SigCgt:.*[37bf]$' /proc/$pid/status; do sleep 0.1; done;`;

const onUnix = describe.skipIf(process.platform === 'win32');

onUnix('an operand', () => {
  test('that is a process substitution, /dev/stdin or a named pipe is read', () => {
    scratch.file('a', 'a');
    const { status, lines } = run('mkfifo p; printf piped > p & $H a <(printf made) p; printf in | $H /dev/stdin');
    expect(status).toBe(0);
    expect(lines[0]).toBe(`${sha256('a')}  a`);
    expect(lines[1]).toMatch(new RegExp(`^${sha256('made')} {2}/dev/fd/\\d+$`));
    expect(lines[2]).toBe(`${sha256('piped')}  p`);
    expect(lines[3]).toBe(`${sha256('in')}  /dev/stdin`);
  });

  test('that gives no digest is a failure, where the same within a folder is none', () => {
    scratch.file('d/a', 'a');
    run('mkfifo d/p; ln -s a d/l');
    expect(run('$H d')).toMatchObject({ status: 0, lines: [`${sha256('a')}  d/a`] });
    expect(run('$H /dev/null d')).toMatchObject({ status: 1, lines: [`${sha256('a')}  d/a`] });
    expect(run('python3 -c "import socket; socket.socket(socket.AF_UNIX).bind(\'s\')"; $H s').status).toBe(1);
  });

  test('that is empty is an error of its own, and the others are hashed', () => {
    scratch.file('a', 'a');
    const { status, lines, said } = run('$H "" a "$unset"');
    expect({ status, lines }).toEqual({ status: 1, lines: [`${sha256('a')}  a`] });
    expect(said.match(/an operand is empty/g)).toHaveLength(2);
  });

  test('is held against the filters as a file, and --exclude wins', () => {
    for (const name of ['a.bak', 'b.txt', 'c.txt', 'd/e.bak', 'd/f.txt', '.g.txt']) scratch.file(name, name);
    const names = (command: string): string[] => run(command).lines.map((line) => line.slice(66));
    expect(names("$H --exclude '*.bak' *")).toEqual(['b.txt', 'c.txt', 'd/f.txt']);
    expect(names("$H --include '*.txt' --exclude 'b*' *")).toEqual(['c.txt', 'd/f.txt']);
    expect(names("ls | $H --files-from - --include 'b*'")).toEqual(['b.txt']);
    expect(names("$H --no-hidden --exclude './d/f.txt' ./d/f.txt .g.txt")).toEqual(['.g.txt']);
    expect(names('$H --exclude d/f.txt ./d/f.txt b.txt')).toEqual(['b.txt']);
  });

  test('that is standard input has all algorithms but those that need its size', () => {
    scratch.file('a', 'a');
    const { status, lines, said } = run('printf x | $H -a all --format jsonl - a');
    expect(status).toBe(0);
    const [input, file] = lines.map((line) => JSON.parse(line));
    expect(input).toMatchObject({ path: '-', status: 'ok', digests: { sha256: sha256('x') } });
    expect(Object.keys(file.digests)).toHaveLength(Object.keys(input.digests).length + 3);
    expect(said).toContain('BTIH and Git blobs are left out');
  });

  test('that is closed standard input is a failure, and so is closed standard output', () => {
    scratch.file('a', 'a');
    expect(run('$H - <&-')).toMatchObject({ status: 1, lines: [] });
    expect(run('$H a >&-')).toMatchObject({
      status: 1,
      said: expect.stringContaining('standard output: it is closed'),
    });
    expect(run('$H - < /dev/null')).toMatchObject({ status: 0, lines: [`${sha256('')}  -`] });
    expect(run('$H a > /dev/null').status).toBe(0);
  });

  test.each(['SHA-256', 'sha2-256', 'Sha256'])('the algorithm %s is known by that name', (name) => {
    scratch.file('a', 'a');
    expect(run(`$H -a ${name} a`).lines).toEqual([`${sha256('a')}  a`]);
  });
});

onUnix('standard output that is a file in the folder', () => {
  test('is no part of the list, whose names the list of GNU accepts', () => {
    scratch.file('a', 'a');
    scratch.file('b', 'b');
    const { status, said } = run('$H . > SUMS');
    expect(status).toBe(0);
    expect(said).toBe('hashlane: ./SUMS: left out, for this command writes it\n');
    expect(run('cat SUMS').lines).toEqual([`${sha256('a')}  ./a`, `${sha256('b')}  ./b`]);
    expect(run('sha256sum --check --strict --quiet SUMS').status).toBe(0);
  });
});

onUnix('a list', () => {
  const abc = ['a', 'b', 'c'].map((name) => `${sha256(name)}  ${name}`);
  beforeEach(() => {
    for (const name of ['a', 'b', 'c']) scratch.file(name, name);
  });

  test('may be given several times, and follows the operands', () => {
    expect(run("printf 'b\\n' > l; printf 'c\\n' | $H a --files-from l --files-from -").lines).toEqual(abc);
    expect(run('$H --files-from - --files-from - </dev/null').status).toBe(2);
  });

  test.each([
    ['a byte order mark', "printf '\\357\\273\\277a\\nb\\nc\\n'"],
    ['UTF-16', "printf '\\377\\376a\\0\\n\\0b\\0\\n\\0c\\0\\n\\0'"],
    ['CR LF', "printf 'a\\r\\nb\\r\\nc\\r\\n'"],
    ['no end of its last line', "printf 'a\\nb\\nc'"],
  ])('may have %s', (_, print) => expect(run(`${print} | $H --files-from -`).lines).toEqual(abc));

  test('keeps a carriage return that only some of its names have', () => {
    scratch.file('x\r', 'x');
    expect(run("printf 'a\\nx\\r\\n' | $H --files-from -").lines).toEqual([abc[0], `\\${sha256('x')}  x\\r`]);
  });

  test('begins to be hashed before it ends', async () => {
    const child = spawn(process.execPath, [entry, '--files-from', '-'], { cwd: scratch.folder });
    child.stdin.write('a\nb\n');
    let printed = '';
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk) => {
        printed += chunk;
        if (printed.split('\n').length > 2) resolve();
      });
    });
    expect(printed).toBe(`${abc[0]}\n${abc[1]}\n`);
    child.stdin.end('c\n');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(printed.split('\n').slice(0, 3)).toEqual(abc);
  });

  test('is hashed in parts when it is long, in its order', () => {
    const { status, lines } = run("yes 'a' | head -n 130000 > l; echo b >> l; $H -a crc32 --files-from l");
    expect({ status, count: lines.length, last: lines.at(-1)?.slice(10) }).toEqual({
      status: 0,
      count: 130_001,
      last: 'b',
    });
  });

  test('with a path that never ends is refused in little memory', () => {
    const { status, said } = run("yes | tr -d '\\n' | head -c 300000000 | $H --files-from -");
    expect(status).toBe(2);
    expect(said).toContain('a path longer than 1 MiB');
  });

  test('that is a pipe without a writer can be interrupted', () => {
    expect(run(`mkfifo p; ${begun('--files-from p')} kill -INT $pid; wait $pid`, 'dash').status).toBe(130);
    expect(run(`mkfifo q; ${begun('q a')} kill -TERM $pid; wait $pid`, 'dash').status).toBe(143);
  });
});

onUnix('what goes wrong', () => {
  test('goes to a file of its own on demand, and is summed up', () => {
    scratch.file('a', 'a');
    const { status, said } = run('$H --errors e a gone');
    expect(status).toBe(1);
    expect(said).toMatch(/^hashlane: 1 file, 1 B, 1 failed in \d\.\d s.*\n$/);
    expect(run('cat e').lines).toEqual(['hashlane: gone: no such file or folder (ENOENT)']);
    expect(run('$H --errors e -o e a').status).toBe(2);
    expect(run('$H --quiet a gone').said).toBe('hashlane: gone: no such file or folder (ENOENT)\n');
    expect(run('$H --verbose a').said).toMatch(/^hashlane: 1 file, 1 B in /);
  });

  test('and has scrolled away is said once more', () => {
    const { said } = run('$H $(seq 101 130)');
    expect(said.split('\n').slice(30, 37)).toEqual([
      'hashlane: the first 5 failures once more:',
      ...[101, 102, 103, 104, 105].map((n) => `hashlane: ${n}: no such file or folder (ENOENT)`),
      expect.stringMatching(/^hashlane: 0 files, 0 B, 30 failed in /),
    ]);
  });
});

onUnix.each(['bash', 'dash', 'zsh'])('in a loop of %s', (shell) => {
  test.skipIf(!hasProgram(shell))('an interruption ends the loop as well', async () => {
    scratch.shell('truncate -s 1T huge');
    const loop = 'for n in 1 2 3; do echo $n; "$NODE" "$ENTRY" --progress always huge; echo status $?; done';
    const child = spawn(shell, ['-c', loop], {
      cwd: scratch.folder,
      env: { ...process.env, NODE: process.execPath, ENTRY: entry },
      detached: true,
    });
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    await new Promise((resolve) => child.stderr.once('data', resolve));
    // From a terminal it goes to the whole group, as here.
    process.kill(-child.pid!, 'SIGINT');
    await new Promise((resolve) => child.once('close', resolve));
    expect(printed).toBe('1\n');
  });

  test.skipIf(!hasProgram(shell)).each([
    ['INT', 130],
    ['TERM', 143],
    ['HUP', 129],
  ])('SIG%s is seen as a status of its own', (signal, status) => {
    scratch.shell('truncate -s 1T huge');
    const { lines } = run(`${begun('huge')} kill -${signal} $pid; wait $pid; echo status $?`, shell);
    expect(lines).toEqual([`status ${status}`]);
  });
});
