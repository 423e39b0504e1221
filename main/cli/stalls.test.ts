/** The command over a folder in which a mount hangs, as a network mount does whose server is gone. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compileHangingMount, HangingMount, isMounted, mountingProblem } from './testing/hanging-mount.ts';
import { Scratch } from './testing/scratch.ts';

const entry = fileURLToPath(new URL('./entry.ts', import.meta.url));
const problem = mountingProblem();

interface Row {
  readonly path: string;
  readonly status: string;
  readonly error?: { readonly code: string };
  readonly digests?: { readonly md5: string };
}

describe.skipIf(problem !== undefined)(`a mount that hangs${problem === undefined ? '' : ` (${problem})`}`, () => {
  let tools: Scratch;
  let program: string;
  let scratch: Scratch;
  let mount: HangingMount;
  let command: ChildProcessWithoutNullStreams | undefined;

  beforeAll(() => {
    tools = new Scratch();
    program = compileHangingMount(tools.folder);
  }, 60_000);
  afterAll(() => tools.remove());

  /** Path as the command tells it, and where its contents lie. */
  const files: readonly (readonly [string, string])[] = [
    ...['all/a/1', 'all/a/2', 'all/z/1', 'all/z/2'].map((name) => [name, name] as const),
    ...['large', 'small', 'sub/file'].map((name) => [`all/mount/${name}`, `behind/${name}`] as const),
  ];

  beforeEach(async () => {
    scratch = new Scratch();
    for (const [, file] of files) scratch.file(file);
    scratch.file('behind/large', 'large'.repeat(200_000));
    scratch.shell('mkdir all/mount');
    mount = await HangingMount.mount(program, scratch.at('behind'), scratch.at('all/mount'));
  });
  afterEach(async () => {
    command?.kill('SIGKILL');
    command = undefined;
    await mount.remove();
    const mounted = isMounted(scratch.at('all/mount'));
    // What is still mounted is not deleted from.
    if (!mounted) scratch.remove();
    expect(mounted).toBe(false);
  });

  function start(...more: string[]): ChildProcessWithoutNullStreams {
    const argv = [entry, 'hash', '-a', 'md5', '--format', 'jsonl', ...more, 'all'];
    command = spawn(process.execPath, argv, { cwd: scratch.folder });
    return command;
  }
  const ended = (child: ChildProcessWithoutNullStreams): Promise<number | string | null> =>
    new Promise((resolve) => child.once('close', (status, signal) => resolve(status ?? signal)));

  async function outcome(
    child: ChildProcessWithoutNullStreams,
  ): Promise<{ status: number | string | null; rows: Row[] }> {
    const [status, lines] = await Promise.all([ended(child), text(child.stdout)]);
    return {
      status,
      rows: lines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    };
  }

  const told = (rows: readonly Row[]): string[] =>
    rows.map((row) => `${row.path} ${row.digests?.md5 ?? `${row.status} ${row.error?.code}`}`);
  const digests = (keep: (path: string) => boolean): string[] =>
    files
      .filter(([name]) => keep(name))
      .map(
        ([name, file]) =>
          `${name} ${createHash('md5')
            .update(readFileSync(scratch.at(file)))
            .digest('hex')}`,
      );

  test.each([
    ['open small', 'all/mount/small'],
    ['read small', 'all/mount/small'],
    ['read large', 'all/mount/large'],
    ['read large 500000', 'all/mount/large'],
    ['lookup sub', 'all/mount/sub'],
    ['open sub', 'all/mount/sub'],
    ['list sub', 'all/mount/sub'],
    ['list .', 'all/mount'],
  ])('costs what lies there, and nothing else: %s', async (hanging, lost) => {
    await mount.tell(`hang ${hanging}`);
    const { status, rows } = await outcome(start('--io-timeout', '2'));
    expect(told(rows).sort()).toEqual(
      [...digests((name) => name !== lost && !name.startsWith(`${lost}/`)), `${lost} unreadable STALLED`].sort(),
    );
    expect(status).toBe(1);
  });

  test.each(['read large 500000', 'open small', 'list sub'])(
    'that comes back in time costs nothing: %s',
    async (hanging) => {
      await mount.tell(`hang ${hanging}`);
      const result = outcome(start('--io-timeout', '60'));
      await mount.says(`hanging ${hanging.split(' ', 2).join(' ')}`);
      await mount.tell('answer');
      const { status, rows } = await result;
      expect(told(rows).sort()).toEqual(digests(() => true).sort());
      expect(status).toBe(0);
    },
  );

  test('is waited for as long as it answers at all', async () => {
    // Six answers for the one folder, four for the other: each takes longer than the limit.
    await mount.tell('slow 600');
    const { status, rows } = await outcome(start('--io-timeout', '2'));
    expect(told(rows).sort()).toEqual(digests(() => true).sort());
    expect(status).toBe(0);
  });

  test.each([
    ['SIGINT', 'read small'],
    ['SIGINT', 'list sub'],
    ['SIGKILL', 'read small'],
    ['SIGKILL', 'list sub'],
  ] as const)('does not hold up %s: %s', async (signal, hanging) => {
    await mount.tell(`hang ${hanging}`);
    const child = start();
    const status = ended(child);
    await mount.says(`hanging ${hanging}`);
    const sent = performance.now();
    child.kill(signal);
    expect(await status).toBe(signal);
    expect(performance.now() - sent).toBeLessThan(3000);
    // Nobody is left who would keep the mount busy.
    scratch.shell('umount all/mount');
  });
});
