/** What is hashed beside the paths of the command line: standard input and lists. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FakeJob } from '../../engine/testing/fake-engine.ts';
import { FakeCommand } from '../testing/fake-command.ts';

let command: FakeCommand;
let folder: string;
beforeEach(() => {
  command = new FakeCommand();
  folder = mkdtempSync(path.join(tmpdir(), 'hashlane-hash-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('standard input', () => {
  test('is hashed as a feed called -', async () => {
    command.world.input = [Buffer.from('some '), Buffer.from('bytes')];
    const { job, status } = await command.start('-');
    expect(await status).toBe(0);
    expect(job.spec).toMatchObject({ roots: [], feeds: 1 });
    expect(job.feeds).toEqual([{ name: '-', root: 0, bytes: 'some bytes', end: 'complete' }]);
  });

  test('that breaks off is not taken for complete', async () => {
    command.world.input = (function* () {
      yield Buffer.from('some');
      throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
    })();
    const { job, status } = await command.start('-');
    await status;
    expect(job.feeds[0]?.end).toBe('EISDIR');
  });
});

describe('a list of paths', () => {
  const names = (job: FakeJob): string[] => job.spec.roots.map((root) => Buffer.from(root).toString('latin1'));

  test('is one path a line; names are bytes, and nothing is trimmed', async () => {
    command.world.input = [Buffer.from('a \n b\r\n\xff', 'latin1'), Buffer.from('\xfe\n\nlast', 'latin1')];
    const { job, status } = await command.start('--files-from', '-', 'first');
    job.finish();
    expect(await status).toBe(0);
    expect(names(job)).toEqual(['first', 'a ', ' b\r', '\xff\xfe', 'last']);
  });

  test('with --null, line ends belong to the names', async () => {
    const list = path.join(folder, 'list');
    writeFileSync(list, 'a\nb\0c\0');
    const { job, status } = await command.start('-0', '--files-from', list);
    job.finish();
    await status;
    expect(names(job)).toEqual(['a\nb', 'c']);
  });

  test('that is separated by NUL without --null is refused', async () => {
    command.world.input = [Buffer.from('a\0b\0')];
    expect(await command.world.run('--files-from', '-')).toBe(2);
    expect(command.world.said).toContain('add --null');
  });

  test('that cannot be read is told', async () => {
    expect(await command.world.run('--files-from', path.join(folder, 'none'))).toBe(1);
    expect(command.world.said).toMatch(/^hashlane: cannot read the list .*none: no such file or folder \(ENOENT\)\n$/);
  });

  test('that is empty gives no results and is well', async () => {
    const { job, status } = await command.start('--files-from', '-', '--format', 'json');
    job.finish();
    expect(await status).toBe(0);
    expect(JSON.parse(command.world.printed)).toEqual([]);
  });
});
