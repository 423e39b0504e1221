import { describe, expect, test } from 'vitest';
import { isShard, parseShard, ShardError } from './shard.ts';

const slurm = {
  SLURM_ARRAY_TASK_ID: '3',
  SLURM_ARRAY_TASK_COUNT: '64',
  SLURM_ARRAY_TASK_MIN: '0',
  SLURM_ARRAY_TASK_MAX: '63',
};

describe('a shard', () => {
  test.each([
    ['0/1', { index: 0, count: 1 }],
    ['63/64', { index: 63, count: 64 }],
  ])('%s needs no environment', (text, shard) => {
    expect(parseShard(text)).toEqual(shard);
  });

  test.each(['/', 'auto', '/64', '3/'])('%s takes what it lacks from a Slurm array', (text) => {
    expect(parseShard(text, slurm)).toEqual({ index: 3, count: 64 });
  });

  test('takes its number from an Indexed Job, which does not say how many there are', () => {
    expect(parseShard('/8', { JOB_COMPLETION_INDEX: '7' })).toEqual({ index: 7, count: 8 });
    expect(() => parseShard('/', { JOB_COMPLETION_INDEX: '7' })).toThrow('how many');
  });

  test.each(['', '3', '4/4', '1/0', '-1/4', '1/4/2', 'a/b', '0/100001', '/4'])('%o is refused', (text) => {
    expect(() => parseShard(text)).toThrow(ShardError);
  });

  test.each([
    ['which begins at 1', { ...slurm, SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_MAX: '64' }],
    [
      'of two tasks that were started anew',
      { SLURM_ARRAY_TASK_ID: '0', SLURM_ARRAY_TASK_COUNT: '2', SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_MAX: '9' },
    ],
  ])('is not told by the count of an array %s', (_, environment) => {
    expect(() => parseShard('/', environment)).toThrow('without gaps');
  });

  test('is a whole number below their count', () => {
    expect(isShard({ index: 0, count: 1 })).toBe(true);
    for (const [index, count] of [
      [1, 1],
      [-1, 2],
      [0.5, 2],
      [0, 0],
      [0, 1.5],
    ] as const) {
      expect(isShard({ index, count })).toBe(false);
    }
  });
});
