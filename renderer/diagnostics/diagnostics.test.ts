import { describe, expect, it } from 'vitest';
import type { SystemInfo } from '#shared/contract/models.ts';
import { readStats, type StatsReading } from '#shared/stats/reader.ts';
import { writeStats } from '#shared/stats/writer.ts';
import { diagnosticsReport } from './report.ts';
import { ThroughputHistory } from './throughput.ts';

const system: SystemInfo = {
  product: 'Hashlane',
  version: '1.2.3',
  host: 'web',
  platform: 'linux x64',
  canUpdate: false,
  runtime: 'Node 20.20.2',
  engine: {
    version: '1.2.3',
    threads: 2,
    cpu: ['avx2'],
    kernels: [{ algorithm: 'sha256', implementation: 'OpenSSL 3.0', selfTest: 'passed' }],
  },
};

function reading(seconds: number, bytesRead: number): StatsReading {
  const threads = [{ state: 'hashing', name: '/home/ana/secret.txt', files: 12, bytes: 3_000_000 }] as const;
  const pools = [{ blockBytes: 64, held: 4, inUse: 1, peak: 3, hits: 90, misses: 4, trimmed: 0 }];
  return readStats(
    writeStats({ engine: { clockNs: seconds * 1e9, bytesRead, bytesHashed: bytesRead * 2 }, threads, jobs: [], pools }),
  );
}

describe('the report', () => {
  it('tells kernels, threads and pools, and names no file', () => {
    const report = diagnosticsReport({ system, reading: reading(1, 5_000), process: null });
    expect(report).toContain('SHA-256: OpenSSL 3.0, self-test passed');
    expect(report).toContain('1: hashing, 12 files, 3.00 MB');
    expect(report).toContain('64 B: held 4, in use 1, peak 3, hits 90, misses 4, trimmed 0');
    expect(report).toContain('bytesRead: 5,000');
    expect(report).not.toContain('secret');
  });
});

describe('throughput', () => {
  it('is told in bytes a second, newest at 0', () => {
    const history = new ThroughputHistory();
    for (let tenth = 0; tenth <= 20; tenth++) history.observe(reading(100 + tenth / 10, tenth * 1e6));
    const { seconds, read, hashed } = history.series();
    expect(seconds.at(-1)).toBe(0);
    expect(read.at(-1)).toBeCloseTo(10e6, -3);
    expect(hashed.at(-1)).toBeCloseTo(20e6, -3);
  });

  it('forgets what is older than a minute', () => {
    const history = new ThroughputHistory();
    for (let second = 0; second < 300; second++) history.observe(reading(second, second));
    const { seconds } = history.series();
    expect(seconds[0]).toBeGreaterThanOrEqual(-61);
  });

  it('leaves out readings that bring no new time', () => {
    const history = new ThroughputHistory();
    history.observe(reading(1, 0));
    history.observe(reading(1, 100));
    expect(history.series().read).toEqual([]);
  });
});
