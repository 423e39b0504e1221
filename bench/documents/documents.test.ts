import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contender, report, suite } from '../testing/results.ts';
import { ioReport, ioSection } from './io-section.ts';
import { markdownTable, replaceMarked } from './marked.ts';
import { measurementsSection } from './measurements-section.ts';
import { peersSection } from './peers-section.ts';

describe('what stands between markers', () => {
  test('is replaced, and nothing else is', () => {
    expect(replaceMarked('a\n<!-- x -->\nold\n<!-- /x -->\nb\n', 'x', 'new')).toBe(
      'a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb\n',
    );
  });

  test('is not changed by being replaced with itself', () => {
    const once = replaceMarked('<!-- x --><!-- /x -->', 'x', 'text');
    expect(replaceMarked(once, 'x', 'text')).toBe(once);
  });

  test.each(['nothing', '<!-- x --> open', 'closed <!-- /x -->', '<!-- x --><!-- /x --><!-- x --><!-- /x -->'])(
    'must be there exactly once: %s',
    (document) => {
      expect(() => replaceMarked(document, 'x', 'text')).toThrow('one pair of markers');
    },
  );

  test('has its place in docs/performance.md', () => {
    const document = readFileSync(new URL('../../docs/performance.md', import.meta.url), 'utf8');
    for (const name of ['peers', 'js-native', 'product', 'io'])
      expect(replaceMarked(document, name, 'text')).toContain('text');
  });
});

test('a threshold in a cell does not end it', () => {
  expect(markdownTable(['a'], [['b|c']])).toBe('| a |\n| --- |\n| b\\|c |\n');
});

describe('the section of the peers', () => {
  const measured = { ...suite('large/md5', [contender('rhash', 3), contender('7z', 0.8)]), thresholds: [] };

  test('shows thresholds, losses and times, and nothing of this machine', () => {
    const baseline = contender('read × 1', 0.2, { hashes: false });
    const thresholds = [{ text: 'at least × 5 the speed of rhash', value: 3, met: false }];
    const text = peersSection(report([{ ...measured, contenders: [...measured.contenders, baseline], thresholds }]));
    expect(text).toContain('| large/md5 | at least × 5 the speed of rhash | MISSED, 3.00 |');
    expect(text).toContain('- large/md5: × 0.80 of the speed of 7z\n');
    expect(text).not.toContain('of the speed of read');
    expect(text).toContain('| large/md5<br>some work | **1.000 s** (0.900 s to 1.100 s) | 2.00 GB/s | 50.0 MB |');
    expect(text).toContain('rhash 3.000 s, **× 3.00**<br>7z 0.800 s, **× 0.80** | read × 1: 0.200 s |');
    expect(text).toContain('Peers: rhash 1.4.3.');
    expect(text).not.toContain('/somewhere');
  });

  test('says so when corpora were small, and when a peer did less', () => {
    const incomplete = [{ name: 'rhash', files: 0 }];
    const text = peersSection(report([{ ...measured, incomplete }], { quick: true }));
    expect(text).toContain('nothing here is to be judged by');
    expect(text).toContain('**× 3.00**, hashed only 0 of 1 files');
  });
});

test('the section of measurements shows thresholds, medians, multiples and notes', () => {
  const ours = { name: 'a batch', rounds: [4, 5, 6] };
  const thresholds = [{ text: 'at least × 100 against objects', value: 140, met: true }];
  const row = { what: 'batches/1000', per: 'result', unit: 'ns' as const, ours, thresholds, note: 'read in order' };
  const text = measurementsSection({
    layout: 'hashlane-measurements/1',
    group: 'js-native',
    version: '1.2.3',
    quick: true,
    rounds: 3,
    machine: { processor: 'A processor', cores: 2, memoryBytes: 8e9, system: 'Linux 6.1 x64', runtime: 'Node 24' },
    suites: [
      {
        name: 'batches',
        about: 'About it.',
        failure: null,
        rows: [{ ...row, plain: [{ name: 'objects', rounds: [560, 700, 840] }] }],
      },
      { name: 'calls', about: 'About calls.', failure: 'somewhere on this machine', rows: [] },
    ],
  });
  expect(text).toContain('nothing here is to be judged by');
  expect(text).toContain('| batches/1000 | at least × 100 against objects | met, 140 |');
  expect(text).toContain('| batches/1000 | result | a batch **5.00 ns** | objects 700 ns, **× 140.00** |');
  expect(text).toContain('- batches/1000: read in order');
  expect(text).toContain('### Calls\n\nAbout calls.\n\n**Could not be run to its end.**');
  expect(text).not.toContain('on this machine');
});

test('the section of io_uring compares with plain calls on as many threads', () => {
  const variant = (name: string, threads: number, cpuSeconds: number) => ({
    variant: name,
    threads,
    seconds: 1,
    cpuSeconds,
  });
  const text = ioSection(
    ioReport.parse({
      layout: 'hashlane-io/1',
      files: 100_000,
      bytes: 1,
      rounds: 7,
      warm: [variant('plain', 1, 0.4), variant('ring', 1, 0.5), variant('plain', 2, 0.2), variant('ring', 2, 0.3)],
      cold: [variant('plain', 1, 3), { ...variant('plain', 32, 3), seconds: 0.25 }],
      calls: [{ call: 'pread', nanoseconds: 250.4 }],
    }),
  );
  expect(text).toContain('100,000 files');
  expect(text).toContain('| ring | 1 | 1.000 s | 0.500 s | × 1.25 |');
  expect(text).toContain('| ring | 2 | 1.000 s | 0.300 s | × 1.50 |');
  expect(text).toContain('| plain | 32 | 0.250 s | 3.000 s | × 0.25 |');
  expect(text).toContain('| pread | 250 ns |');
});
