import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { globMatches } from '#shared/text/glob.ts';
import { EngineError } from '../../engine/engine.ts';
import { digest, FakeCommand, record } from '../testing/fake-command.ts';
import { StreamClosedError } from '../world.ts';

let command: FakeCommand;
let folder: string;
beforeEach(() => {
  command = new FakeCommand();
  folder = mkdtempSync(path.join(tmpdir(), 'hashlane-hash-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the output file', () => {
  const at = (name: string): string => path.join(folder, name);

  test('appears whole, and nothing else stays', async () => {
    const { job, status } = await command.start('-o', at('sums'), 'folder');
    expect(readdirSync(folder), 'while the work goes on').toEqual([expect.stringMatching(/^\.hashlane-\w+\.part$/)]);
    job.emit([record(0)]);
    job.finish();
    expect(await status).toBe(0);
    expect(readFileSync(at('sums'), 'latin1')).toBe(`${digest}  file 0\n`);
    expect(readdirSync(folder)).toEqual(['sums']);
    expect(command.world.printed).toBe('');
  });

  test('is what it was before when the command is interrupted', async () => {
    writeFileSync(at('sums'), 'before');
    const { job, status } = await command.start('-o', at('sums'), 'folder');
    job.emit([record(0)]);
    command.world.interrupt();
    expect(await status).toBe(130);
    expect(readFileSync(at('sums'), 'latin1')).toBe('before');
    expect(readdirSync(folder)).toEqual(['sums']);
  });

  test('is what it was before when the engine fails', async () => {
    writeFileSync(at('sums'), 'before');
    const { job, status } = await command.start('-o', at('sums'), 'folder');
    job.fail(new EngineError('SLAB_LOST', 'the engine lost a slab'));
    expect(await status).toBe(1);
    expect(readFileSync(at('sums'), 'latin1')).toBe('before');
    expect(readdirSync(folder)).toEqual(['sums']);
  });

  test('that cannot be written is told before anything is hashed', async () => {
    expect(await command.world.run('-o', at('none/sums'), 'folder')).toBe(1);
    expect(command.world.said).toMatch(/^hashlane: cannot write .*none\/sums: no such file or folder \(ENOENT\)\n$/);
    expect(command.engine.jobs).toHaveLength(0);
  });

  test('never stands among its own results, and neither does the file written meanwhile', async () => {
    writeFileSync(at('sums'), 'before');
    const { job, status } = await command.start('-o', at('sums'), folder);
    const [temporary] = readdirSync(folder).filter((name) => name !== 'sums');
    expect(job.spec.exclude?.some((pattern) => globMatches(pattern, temporary!))).toBe(true);
    job.emit([record(0, { name: at('sums') }), record(1)]);
    job.finish();
    expect(await status).toBe(0);
    expect(readFileSync(at('sums'), 'latin1')).toBe(`${digest}  file 1\n`);
    expect(command.world.said).toContain(`hashlane: ${at('sums')}: left out, for this command writes it\n`);
  });

  test('a file of the same name elsewhere is hashed', async () => {
    writeFileSync(at('sums'), 'before');
    const { job, status } = await command.start('-o', at('sums'), 'folder');
    job.emit([record(0, { name: 'elsewhere/sums' })]);
    job.finish();
    expect(await status).toBe(0);
    expect(readFileSync(at('sums'), 'latin1')).toBe(`${digest}  elsewhere/sums\n`);
  });
});

describe('with a summary beside it', () => {
  const at = (name: string): string => path.join(folder, name);

  test.each([
    ['another spelling', './sums'],
    ['a link to it', 'link'],
  ])('%s of the same file is refused before anything is hashed', async (_, second) => {
    symlinkSync('sums', at('link'));
    expect(await command.world.run('-o', at('sums'), '--summary-json', `${folder}/${second}`, 'folder')).toBe(2);
    expect(command.world.said).toContain('cannot go to the same file');
    expect(command.engine.jobs).toHaveLength(0);
    expect(readdirSync(folder).filter((name) => name !== 'link')).toEqual([]);
  });

  test('the results are kept when nobody reads the summary', async () => {
    const { job, status } = await command.start('-o', at('sums'), '--summary-json', '-', 'folder');
    command.world.output.write = async () => {
      throw new StreamClosedError();
    };
    job.emit([record(0)]);
    job.finish();
    await status;
    expect(readFileSync(at('sums'), 'latin1')).toBe(`${digest}  file 0\n`);
  });
});

test('the summary counts files, bytes and outcomes', async () => {
  const { job, status } = await command.start('--summary-json', '-', '-o', path.join(folder, 'sums'), 'folder');
  job.emit([
    record(0),
    record(1, { size: 32 }),
    record(2, { status: 'missing', error: 'ENOENT' }),
    record(3, { status: 'skipped', error: 'SYMLINK' }),
  ]);
  job.finish();
  expect(await status).toBe(1);
  expect(JSON.parse(command.world.printed)).toEqual({
    files: 4,
    bytes: 42,
    ok: 2,
    failed: 1,
    skipped: 1,
    elapsedMs: 5,
    peakRssBytes: expect.any(Number),
  });
});
