/** Which files `hash` chooses, with the real engine. */
import { utimesSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadEngine } from '../../engine/native-engine.ts';
import { pointInTime } from '../point-in-time.ts';
import { Scratch } from '../testing/scratch.ts';
import { TestWorld } from '../testing/test-world.ts';
import { ignoreLines } from './ignore-file.ts';

let scratch: Scratch;
beforeEach(() => {
  scratch = new Scratch();
});
afterEach(() => scratch.remove());

/** The names below the folder that are hashed, in order. */
async function chosen(...argv: string[]): Promise<string[]> {
  const world = new TestWorld();
  world.engine = loadEngine({ threads: 2 });
  const status = await world.run('--format', 'jsonl', ...argv, scratch.at('d'));
  expect({ status, said: world.said }).toEqual({ status: 0, said: '' });
  const names = Buffer.from(world.printed, 'latin1')
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return names.map((line) => (JSON.parse(line) as { path: string }).path.slice(scratch.at('d').length + 1));
}

const refused = async (...argv: string[]): Promise<string> => {
  const world = new TestWorld();
  expect(await world.run(...argv, 'd')).toBe(2);
  return world.said;
};

describe('patterns', () => {
  beforeEach(() => {
    for (const name of ['a.jpg', 'b.PNG', 'é.txt', 'folder/a.jpg', 'folder/deep/c', 'tmp/x', '{y}']) {
      scratch.file(`d/${Buffer.from(name).toString('latin1')}`, 'x');
    }
  });

  test.each([
    ['braces', ['--include', '*.{jpg,PNG}'], ['a.jpg', 'b.PNG', 'folder/a.jpg']],
    ['sets of characters', ['--include', '[é].txt'], ['é.txt']],
    ['a slash at the end', ['--include', 'folder/'], ['folder/a.jpg', 'folder/deep/c']],
    ['./', ['--include', './a.jpg'], ['a.jpg']],
    ['no regard to case', ['--iinclude', '*.png', '--iexclude', 'FOLDER'], ['b.PNG']],
    ['braces without a comma', ['--include', '{y}'], ['{y}']],
    ['an exclusion beside an inclusion', ['--include', '*.jpg', '--exclude', 'folder'], ['a.jpg']],
    ['depths', ['--min-depth', '1', '--max-depth', '1'], ['folder/a.jpg', 'tmp/x']],
  ])('with %s', async (_, argv, names) => {
    expect(await chosen(...argv)).toEqual(names);
  });

  test('come from a file in the syntax of .gitignore', async () => {
    scratch.file('ignore', '# images\r\n*.jpg\r\n\r\n!/a.jpg\r\ntmp/\r\n*.txt   \r\n');
    expect(await chosen('--ignore-file', scratch.at('ignore'))).toEqual(['a.jpg', 'b.PNG', 'folder/deep/c', '{y}']);
  });

  test('that are not valid are refused with the place', async () => {
    expect(await refused('--exclude', '[tmp')).toContain("'[' at character 1 is not closed");
    expect(await refused('--exclude', '[z-a]')).toContain("the range 'z-a' at character 2 is upside down");
    expect(await refused('--include', '')).toContain('it is empty');
  });

  test('beyond what the engine takes are a usage error', async () => {
    const many = Array.from({ length: 10_001 }, (_, n) => ['--exclude', `x${n}`]).flat();
    expect(await refused(...many)).toContain('There are more than 10000 patterns');
  });
});

test('an ignore file that is not valid is refused with its line', () => {
  expect(() => ignoreLines('a\n[b\n', 'file')).toThrow("file, line 2: '[b' is not valid: '[' at character 1");
  expect(ignoreLines('\\#a\na\\ \n{b\n!c\n', 'file')).toEqual(['\\#a', 'a\\ ', '{b', '!c']);
});

test('an ignore file that cannot be read is a failure', async () => {
  const world = new TestWorld();
  expect(await world.run('--ignore-file', scratch.at('none'), 'd')).toBe(1);
  expect(world.said).toContain('none: no such file or folder (ENOENT)');
});

test('files are chosen by size, both bounds included', async () => {
  for (const size of [0, 10, 1024, 2048]) scratch.file(`d/${size}`, 'x'.repeat(size));
  expect(await chosen('--min-size', '1')).toEqual(['10', '1024', '2048']);
  expect(await chosen('--max-size', '1K')).toEqual(['0', '10', '1024']);
  expect(await chosen('--min-size', '10', '--max-size', '10')).toEqual(['10']);
});

test('files are chosen by the time they were modified', async () => {
  for (const [name, time] of [
    ['old', '2001-01-01'],
    ['middle', '2020-06-01T12:00:00Z'],
  ] as const) {
    scratch.file(`d/${name}`, 'x');
    utimesSync(scratch.at('d', name), new Date(time), new Date(time));
  }
  scratch.file('d/now', 'x');
  expect(await chosen('--newer-than', '2010-01-01')).toEqual(['middle', 'now']);
  expect(await chosen('--newer-than', '1h')).toEqual(['now']);
  expect(await chosen('--older-than', '2020-06-01T12:00:00Z')).toEqual(['old']);
  expect(await chosen('--older-than', '1h', '--newer-than', '2010-01-01')).toEqual(['middle']);
});

test('the options choose among files that are named as well', async () => {
  scratch.file('d', 'x'.repeat(100));
  expect(await chosen('--min-size', '101')).toEqual([]);
  expect(await chosen('--min-size', '100')).toHaveLength(1);
});

test('a point in time is a date here, or how long ago', () => {
  vi.useFakeTimers({ now: 1_000_000_000_000 });
  try {
    expect(pointInTime('90min')).toBe(1_000_000_000_000 - 5_400_000);
    expect(pointInTime('2w')).toBe(1_000_000_000_000 - 14 * 86_400_000);
    expect(pointInTime('2026-01-31')).toBe(new Date(2026, 0, 31).getTime());
    expect(pointInTime('2026-01-31 12:00')).toBe(new Date(2026, 0, 31, 12).getTime());
    expect(pointInTime('2026-01-31T12:00:00Z')).toBe(Date.UTC(2026, 0, 31, 12));
    for (const text of ['', 'yesterday', '7', '7x', '2026-13-01', '-1d'])
      expect(() => pointInTime(text)).toThrow('Expected');
  } finally {
    vi.useRealTimers();
  }
});
