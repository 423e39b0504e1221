import { describe, expect, test } from 'vitest';
import { diagnosticsReport } from '#shared/diagnostics/report.ts';
import { writeStats } from '#shared/stats/writer.ts';
import { type Engine, EngineError } from '../engine/engine.ts';
import { FakeEngine } from '../engine/testing/fake-engine.ts';
import { TestWorld } from './testing/test-world.ts';

describe('wrong usage ends with status 2, says why and does nothing', () => {
  test.each([
    ['no path at all', [], 'nothing to hash'],
    ['an unknown option', ['--nosuch', 'a'], "unknown option '--nosuch'"],
    ['an option of another command', ['serve', '--format', 'gnu'], "unknown option '--format'"],
    ['an unknown algorithm', ['-a', 'sha265', 'a'], "Unknown algorithm 'sha265'. Did you mean 'sha256'?"],
    ['a family of algorithms', ['-a', 'sha2', 'a'], "Did you mean 'sha224' or 'sha256'?"],
    ['an algorithm like no other', ['-a', 'rot13', 'a'], "Unknown algorithm 'rot13'. 'hashlane algorithms' lists all."],
    ['an empty list of algorithms', ['-a', '', 'a'], "Unknown algorithm ''"],
    [
      'an unknown format',
      ['--format', 'xml', 'a'],
      'Allowed choices are gnu, bsd, sfv, hashdeep, corz, sri, jsonl, json, csv',
    ],
    ['an unknown order', ['--order', 'size', 'a'], 'Allowed choices are walk, completion'],
    ['a depth that is no number', ['--max-depth', '-1', 'a'], 'Expected a whole number'],
    ['no threads', ['--threads', '0', 'a'], 'Expected a whole number from 1 to 64'],
    ['a size that is none', ['--memory-limit', '64X', 'a'], 'Expected a size such as 64M'],
    ['a size too small to work with', ['--memory-limit', '1M', 'a'], 'The minimum is 32M'],
    [
      'a size larger than any memory',
      ['--memory-limit', '99T', 'a'],
      "'--memory-limit <size>' argument '99T' is invalid. The maximum is 64T",
    ],
    ['--null without a list', ['-0', 'a'], 'there is no list'],
    ['an output without a name', ['-o', '', 'file'], 'Expected the name of a file'],
    ['standard input used twice', ['--files-from', '-', '-'], 'cannot be both hashed'],
    ['an empty pattern', ['--exclude', '', 'a'], 'it is empty'],
    ['one file for two outputs', ['-o', 'x', '--summary-json', 'x', 'a'], 'cannot go to the same file'],
    ['no time to measure in', ['bench', '--seconds', '0'], 'Expected 0.005 to 60 seconds'],
    ['a time that is none', ['bench', '--seconds', '.'], 'Expected 0.005 to 60 seconds'],
    ['an address beyond this machine', ['serve', '--host', '0.0.0.0'], 'Hashlane serves this machine only'],
    ['a port that is none', ['serve', '--port', '65536'], 'Expected a whole number from 0 to 65535'],
  ])('%s', async (_, argv, words) => {
    const world = new TestWorld();
    expect(await world.run(...argv)).toBe(2);
    expect(world.said).toContain(words);
    expect(world.said).toMatch(/^hashlane: .*\nRun 'hashlane --help' or 'hashlane COMMAND --help'\.\n$/);
    expect(world.printed).toBe('');
    expect(world.engineOptions).toBeUndefined();
  });

  test('control characters in what was typed are shown, not obeyed', async () => {
    const world = new TestWorld();
    expect(await world.run('-a', 'md\x1b[2J5', 'a')).toBe(2);
    expect(world.said).toContain('md\\x1b[2J5');
    expect(world.said).not.toContain('\x1b');
  });
});

describe('help and version go to standard output with status 0', () => {
  test.each([[['--help']], [['-h']], [['help']]])('%j tells of every command', async (argv) => {
    const world = new TestWorld();
    expect(await world.run(...argv)).toBe(0);
    for (const command of ['hash', 'serve', 'algorithms', 'bench', 'diagnostics'])
      expect(world.printed).toContain(command);
    expect(world.said).toBe('');
  });

  test('the help of hash tells of every option and gives examples', async () => {
    const world = new TestWorld();
    expect(await world.run('hash', '--help')).toBe(0);
    for (const option of [
      ...['--algorithm', '--format', '--output', '--files-from', '--null', '--include', '--exclude', '--hidden'],
      ...['--no-hidden', '--follow-symlinks', '--one-file-system', '--max-depth', '--order', '--threads'],
      ...['--memory-limit', '--summary-json', '--progress', 'Examples:'],
    ]) {
      expect(world.printed).toContain(option);
    }
  });

  test('the version is one line', async () => {
    const world = new TestWorld();
    expect(await world.run('--version')).toBe(0);
    expect(world.printed).toMatch(/^hashlane \d+\.\d+\.\d+\n$/);
  });
});

test('an engine that cannot be loaded is told with its code', async () => {
  const world = new TestWorld();
  expect(await world.run('a')).toBe(1);
  expect(world.said).toBe('hashlane: the engine is missing (ADDON_MISSING)\n');
});

test('a system without threads or memory to spare is met with what can be done', async () => {
  const world = new TestWorld();
  const loadEngine = (): Engine => {
    throw new EngineError('EAGAIN', 'The system has no thread to spare');
  };
  Object.assign(world, { loadEngine });
  expect(await world.run('a')).toBe(1);
  expect(world.said).toMatch(/^hashlane: The system has no thread to spare \(EAGAIN\)\nhashlane: give --threads 1, or/);
});

test('serve refuses a path that is not there', async () => {
  const world = new TestWorld();
  expect(await world.run('serve', '--no-open', '/no/such/folder')).toBe(1);
  expect(world.said).toBe('hashlane: /no/such/folder: no such file or folder (ENOENT)\n');
  expect(world.engineOptions).toBeUndefined();
});

test('diagnostics tells of versions, processor, kernels and memory, as text and as JSON', async () => {
  const world = new TestWorld();
  world.engine = new FakeEngine();
  expect(await world.run('diagnostics')).toBe(0);
  for (const words of ['AVX2', 'MD5', 'fake, 8 lanes AVX2', 'Buffer pools', `Node ${process.versions.node}`])
    expect(world.printed).toContain(words);
  const other = new TestWorld();
  other.engine = new FakeEngine();
  expect(await other.run('diagnostics', '--json')).toBe(0);
  expect(diagnosticsReport.parse(JSON.parse(other.printed))).toMatchObject({
    layout: 'hashlane-diagnostics/1',
    host: 'command',
    withNames: false,
    engine: { threads: 2, cpu: ['AVX2'] },
    stages: { bytesRead: 0 },
  });
});

test.each([
  [[], false],
  [['--with-names'], true],
])('diagnostics %j names files: %j', async (flags, named) => {
  const engine = new FakeEngine();
  const threads = [{ state: 'reading', jobId: 1, name: '/home/ana/secret.txt' }] as const;
  engine.stats.set(writeStats({ engine: {}, threads, jobs: [], pools: [], devices: [{ name: '/mnt/secret' }] }));
  for (const more of [[], ['--json']]) {
    const world = new TestWorld();
    world.engine = engine;
    expect(await world.run('diagnostics', ...flags, ...more)).toBe(0);
    expect(world.printed).toContain('reading');
    expect(world.printed.includes('secret.txt')).toBe(named);
    expect(world.printed.includes('/mnt/secret')).toBe(named);
  }
});
