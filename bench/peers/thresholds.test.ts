import { describe, expect, test } from 'vitest';
import { contender, suite } from '../testing/results.ts';
import { chosen, suites } from './suites/all.ts';
import { fullSizes, quickSizes } from './suites/suite.ts';
import { suiteText } from './terminal.ts';
import { memoryBelow, memoryNotAbove, timesBaseline, timesFaster } from './thresholds.ts';

describe('a threshold', () => {
  test('of speed is held against the fastest of the peers that took part', () => {
    const measured = suite('large/md5', [contender('rhash', 3), contender('openssl', 1.2)]);
    expect(timesFaster(1.2, 'rhash', 'openssl')(measured, [])).toMatchObject({ value: 1.2, met: true });
    expect(timesFaster(1.3, 'rhash', 'openssl')(measured, [])).toMatchObject({ value: 1.2, met: false });
    expect(timesFaster(3, 'rhash', 'absent')(measured, [])).toMatchObject({ value: 3, met: true });
  });

  test('is neither met nor missed when nobody it names took part', () => {
    expect(timesFaster(2, 'absent')(suite('a', []), [])).toMatchObject({ value: null, met: null });
    expect(timesBaseline(2, 'absent')(suite('a', []), [])).toMatchObject({ value: null, met: null });
    expect(memoryNotAbove('absent')(suite('a', []), [])).toMatchObject({ value: null, met: null });
  });

  test('of a baseline counts how many times longer Hashlane takes', () => {
    const measured = suite('small/md5', [contender('baseline', 0.5, { hashes: false })]);
    expect(timesBaseline(2, 'baseline')(measured, [])).toMatchObject({ value: 2, met: true });
    expect(timesBaseline(1.9, 'baseline')(measured, [])).toMatchObject({ value: 2, met: false });
  });

  test('of memory knows a limit, and an earlier suite', () => {
    const withPeak = (name: string, peakMemoryBytes: number) =>
      suite(name, [], { contenders: [contender('hashlane', 1, { peakMemoryBytes })] });
    const small = withPeak('small', 100e6);
    expect(memoryBelow(300)(small, [])).toMatchObject({ value: 100, met: true });
    expect(memoryBelow(100)(small, [])).toMatchObject({ met: false });
    expect(memoryNotAbove('small')(withPeak('big', 109e6), [small])).toMatchObject({ met: true });
    expect(memoryNotAbove('small')(withPeak('big', 120e6), [small])).toMatchObject({ value: 1.2, met: false });
  });
});

describe('the suites', () => {
  const all = suites(quickSizes);
  const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name);

  test('are chosen by group, by name, or all but the opt-in ones', () => {
    expect(names(chosen(all, ['medium', 'large/md5'], false))).toEqual(['large/md5', 'medium/md5', 'medium/five']);
    expect(names(chosen(all, [], false)).some((name) => name.startsWith('million/'))).toBe(false);
    expect(chosen(all, [], true)).toHaveLength(all.length);
    expect(() => chosen(all, ['large', 'huge'], false)).toThrow('No such suite: huge.');
  });

  test('have names of their own, at every size', () => {
    for (const sizes of [quickSizes, fullSizes]) {
      const all = names(suites(sizes));
      expect(new Set(all).size).toBe(all.length);
    }
  });

  test('let Hashlane take part once, and nobody twice', () => {
    const setting = { hashlane: ['node', 'hashlane.js'], tools: '/tools', summary: '/summary' };
    const corpus = { folder: '/corpus', files: 5, bytes: 5000, list: '/corpus.list' };
    for (const { name, contenders } of all) {
      const taking = contenders(corpus, setting).map((one) => one.name);
      expect(
        taking.filter((one) => one === 'hashlane'),
        name,
      ).toHaveLength(1);
      expect(new Set(taking).size, name).toBe(taking.length);
      expect(taking.length, name).toBeGreaterThan(2);
    }
  });
});

test('a suite is shown with its thresholds, who is missing, who failed and what differs', () => {
  const text = suiteText({
    ...suite('large/md5', [contender('rhash', 3.14)], {
      missing: [{ program: 'b3sum', package: 'b3sum' }],
      failed: [{ name: '7z', reason: 'ended with status 2' }],
      incomplete: [{ name: 'rhash', files: 0 }],
    }),
    thresholds: [
      { text: 'at least × 5', value: 3.14, met: false },
      { text: 'at least × 2', value: 3.14, met: true },
      { text: 'at least × 1', value: null, met: null },
    ],
  });
  expect(text).toMatch(/^ {2}rhash +3\.140 s +2\.826 s +3\.454 s +637 MB\/s +3\.140 s +50\.0 MB +× 3\.14$/m);
  for (const line of [
    'at least × 5: MISSED, 3.14',
    'at least × 2: met, 3.14',
    'at least × 1: not measured',
    'b3sum is not installed (apt-get install b3sum)',
    '7z failed: ended with status 2',
    'rhash hashed 0 of 1 files',
    '3 digests compared, all the same',
  ]) {
    expect(text).toContain(`  ${line}\n`);
  }
  const differing = { ...suite('a', [], { disagreements: ['md5 of f: a says 1, b says 2'] }), thresholds: [] };
  expect(suiteText(differing)).toContain('DIGESTS DIFFER:\n    md5 of f: a says 1, b says 2');
});
