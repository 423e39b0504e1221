/** `hashlane hash` over an engine that hands out results as the test wants them. */
import { beforeEach, describe, expect, test } from 'vitest';
import { recordFlags } from '#shared/batch/layout.ts';
import { leftoverPattern } from '../../base/output/leftovers.ts';
import { EngineError } from '../../engine/engine.ts';
import { digest, FakeCommand, record, turn } from '../testing/fake-command.ts';
import { StreamClosedError } from '../world.ts';

let command: FakeCommand;
beforeEach(() => {
  command = new FakeCommand();
});

test('the options reach the engine', async () => {
  const { job, status } = await command.start(
    ...['-a', 'md5,sha1', '-a', 'crc32', '--include', '*.iso', '--include', '*.img', '--exclude', 'tmp', '--no-hidden'],
    ...['--follow-symlinks', '--one-file-system', '--max-depth', '3', '--order', 'completion', '--threads', '3'],
    ...['--memory-limit', '64M', 'one', '--', '-two'],
  );
  job.finish();
  expect(await status).toBe(0);
  expect(command.world.engineOptions).toEqual({ threads: 3, memoryLimit: 64 * 2 ** 20 });
  expect(job.spec).toMatchObject({
    roots: [new TextEncoder().encode('one'), new TextEncoder().encode('-two')],
    algorithms: ['md5', 'sha1', 'crc32'],
    include: ['*.iso', '*.img'],
    exclude: ['tmp', leftoverPattern],
    hidden: false,
    followSymlinks: true,
    oneFileSystem: true,
    maxDepth: 3,
    order: 'completion',
    countAhead: false,
    feeds: 0,
  });
});

test('without options it is SHA-256 of everything, hidden files too, in walk order', async () => {
  const { job, status } = await command.start('folder');
  job.finish();
  expect(await status).toBe(0);
  expect(job.spec).toMatchObject({
    algorithms: ['sha256'],
    include: [],
    exclude: [leftoverPattern],
    hidden: true,
    followSymlinks: false,
    oneFileSystem: false,
    order: 'walk',
  });
  expect(job.spec.maxDepth).toBeNull();
});

test('results are printed in walk order, whatever the order of completion', async () => {
  const { job, status } = await command.start('folder');
  job.emit([record(2), record(0)]);
  job.emit([record(3), record(1)]);
  job.finish();
  expect(await status).toBe(0);
  expect(command.world.printed).toBe([0, 1, 2, 3].map((n) => `${digest}  file ${n}\n`).join(''));
  expect(job.unreleased).toBe(0);
});

test('with --order completion they are printed as they come', async () => {
  const { job, status } = await command.start('--order', 'completion', 'folder');
  job.emit([record(2), record(0)]);
  job.emit([record(1)]);
  job.finish();
  await status;
  expect(command.world.printed).toBe([2, 0, 1].map((n) => `${digest}  file ${n}\n`).join(''));
});

test('a slow reader makes the engine wait instead of memory grow', async () => {
  let read = (): void => undefined;
  command.world.beforeWrite = () =>
    new Promise((resolve) => {
      read = resolve;
    });
  const { job, status } = await command.start('folder');
  job.emit([record(0)]);
  await turn();
  for (let entry = 1; entry <= 5; entry++) job.emit([record(entry)]);
  await turn();
  expect(job.unreleased, 'slabs kept while nobody reads').toBe(5);
  command.world.beforeWrite = async () => undefined;
  read();
  job.finish();
  expect(await status).toBe(0);
  expect(job.unreleased).toBe(0);
  expect(command.world.printed.split('\n')).toHaveLength(7);
});

describe('what was not hashed', () => {
  test('a failure is told on standard error and ends with status 1', async () => {
    const { job, status } = await command.start('folder');
    job.emit([record(0, { status: 'unreadable', error: 'EACCES' }), record(1)]);
    job.finish();
    expect(await status).toBe(1);
    expect(command.world.said).toBe(
      'hashlane: file 0: permission denied (EACCES)\nhashlane: 1 file, 10 B, 1 failed in 0.0 s\n',
    );
    expect(command.world.printed).toBe(`${digest}  file 1\n`);
  });

  test('a file that was skipped is told and does not count as a failure', async () => {
    const { job, status } = await command.start('folder');
    job.emit([record(0, { status: 'skipped', error: 'FIFO' })]);
    job.finish();
    expect(await status).toBe(0);
    expect(command.world.said).toBe('hashlane: file 0: skipped: named pipe, never opened (FIFO)\n');
  });

  test.each([
    [
      [],
      'hashlane: file 0: another program has it open for writing; a change through a mapping may not be in its digest\n',
    ],
    [['--quiet'], ''],
  ])('a file that another program has open for writing is well, and that is told: %j', async (options, said) => {
    const { job, status } = await command.start(...options, 'folder');
    job.emit([record(0, { flags: recordFlags.openForWriting })]);
    job.finish();
    expect(await status).toBe(0);
    expect(command.world.said).toBe(said);
    expect(command.world.printed).toBe(`${digest}  file 0\n`);
  });

  test('names on standard error show their control characters', async () => {
    const { job, status } = await command.start('folder');
    job.emit([record(0, { name: 'a\nb\x1b[2J\u202e', status: 'missing', error: 'ENOENT' })]);
    job.finish();
    await status;
    expect(command.world.said).toContain('hashlane: a\\nb\\x1b[2J\\u202e: no such file or folder (ENOENT)\n');
  });

  test('formats with room for failures carry them too', async () => {
    const { job, status } = await command.start('--format', 'jsonl', 'folder');
    job.emit([record(0, { status: 'changed', error: 'GREW' })]);
    job.finish();
    expect(await status).toBe(1);
    expect(JSON.parse(command.world.printed)).toMatchObject({
      path: 'file 0',
      status: 'changed',
      error: { code: 'GREW' },
    });
  });
});

describe('when things go wrong in the middle', () => {
  test('an engine that fails ends the command with its code', async () => {
    const { job, status } = await command.start('folder');
    job.emit([record(0)]);
    job.fail(new EngineError('SLAB_LOST', 'the engine lost a slab'));
    expect(await status).toBe(1);
    expect(command.world.said).toBe('hashlane: the engine lost a slab (SLAB_LOST)\n');
  });

  test('a result that never comes does not pass unseen', async () => {
    const { job, status } = await command.start('folder');
    job.emit([record(0), record(2)]);
    job.finish({ files: 3 });
    expect(await status).toBe(1);
    expect(command.world.said).toContain('RESULTS_LOST');
  });

  test('a batch that is damaged does not pass unseen', async () => {
    const { job, status } = await command.start('folder');
    job.emitBytes(new Uint8Array(100));
    expect(await status).toBe(1);
    expect(command.world.said).toContain('The result batch is damaged');
    expect(job.calls).toContain('cancel');
    expect(job.unreleased).toBe(0);
  });

  test('a reader that goes away ends the work quietly', async () => {
    command.world.beforeWrite = () => Promise.reject(new StreamClosedError());
    const { job, status } = await command.start('folder');
    job.emit([record(0)]);
    job.emit([record(1)]);
    expect(await status).toBe(0);
    expect(job.calls).toContain('cancel');
    expect(job.unreleased).toBe(0);
    expect(command.world.said).not.toContain('\r');
  });

  test('an interruption cancels the job and ends with status 130', async () => {
    const { job, status } = await command.start('folder');
    job.emit([record(0)]);
    await turn();
    command.world.interrupt();
    expect(await status).toBe(130);
    expect(job.calls).toContain('cancel');
    expect(command.world.said).toBe('hashlane: interrupted\n');
  });

  test('an interruption is heard even when nobody reads the output', async () => {
    command.world.beforeWrite = () => new Promise(() => undefined);
    const { job, status } = await command.start('folder');
    job.emit([record(0)]);
    job.emit([record(1)]);
    await turn();
    command.world.interrupt();
    expect(await status).toBe(130);
    expect(job.unreleased).toBe(0);
  });

  test('an interrupted JSON document is still one', async () => {
    const { job, status } = await command.start('--format', 'json', 'folder');
    job.emit([record(0)]);
    await turn();
    command.world.interrupt();
    expect(await status).toBe(130);
    expect(JSON.parse(command.world.printed)).toHaveLength(1);
  });

  test('an interruption while a list is read is heard', async () => {
    command.world.input = (async function* () {
      yield await new Promise<Uint8Array>(() => undefined);
    })();
    const status = command.world.run('--files-from', '-');
    await turn();
    command.world.interrupt();
    expect(await status).toBe(130);
  });
});

describe('on a terminal', () => {
  test('names are shown with their control characters in every format', async () => {
    command.world.output.isTerminal = true;
    for (const format of ['gnu', 'csv']) {
      const { job, status } = await command.start('--format', format, 'folder');
      job.emit([record(0, { name: 'a\x1b[2Jb' })]);
      job.finish();
      await status;
      command.engine.jobs.pop();
    }
    expect(command.world.printed).toContain('a\\x1b[2Jb\n');
    expect(command.world.printed).toContain('a\\x1b[2Jb,10,ok,');
    expect(command.world.printed).toContain('\r\n');
    expect(command.world.printed).not.toContain('\x1b');
  });

  test('progress is drawn, makes way for messages, and leaves no trace', async () => {
    command.world.messages.isTerminal = true;
    const { job, status } = await command.start('--color', 'never', 'folder');
    expect(job.spec.countAhead, 'so that totals are known').toBe(true);
    job.setStat('state', 1);
    job.setStat('filesDone', 1234);
    const drawn = async (): Promise<void> => {
      while (!command.world.said.endsWith('\x1b[K')) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await drawn();
    expect(command.world.said).toMatch(/^\r1,234 files /);
    job.emit([record(0, { status: 'missing', error: 'ENOENT' })]);
    expect(command.world.said).toMatch(/\r\x1b\[Khashlane: file 0: no such file or folder \(ENOENT\)\n$/);
    await drawn();
    job.finish();
    await status;
    expect(command.world.said).toMatch(/\r\x1b\[Khashlane: 0 files, 0 B, 1 failed in 0.0 s\n$/);
  });

  test.each([
    ['--progress never', ['--progress', 'never'], 'xterm'],
    ['a terminal that cannot draw', [], 'dumb'],
  ])('no progress with %s', async (_, argv, term) => {
    command.world.messages.isTerminal = true;
    command.world.environment.TERM = term;
    const { job, status } = await command.start(...argv, 'folder');
    expect(job.spec.countAhead).toBe(false);
    job.finish();
    await status;
    expect(command.world.said).not.toContain('\r');
  });
});
