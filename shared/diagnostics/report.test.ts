import { describe, expect, it } from 'vitest';
import { readStats, type StatsReading } from '../stats/reader.ts';
import { type StatsInput, writeStats } from '../stats/writer.ts';
import { makeReport, type ReportParts } from './make-report.ts';
import { type AboutReport, diagnosticsReport } from './report.ts';
import { reportJson, reportText } from './report-text.ts';

const about: AboutReport = {
  product: 'Hashlane',
  version: '1.2.3',
  host: 'web',
  platform: 'linux x64',
  runtime: 'Node 20.20.2',
  engine: {
    version: '1.2.3',
    threads: 2,
    cpu: ['avx2'],
    kernels: [{ algorithm: 'sha256', implementation: 'OpenSSL 3.0', selfTest: 'passed' }],
  },
};

const process: ReportParts['process'] = {
  clockMs: 60_000,
  uptimeMs: 5_000,
  residentBytes: 148_000_000,
  peakResidentBytes: 160_000_000,
  heapUsedBytes: 21_000_000,
  externalBytes: 9_000_000,
  loopDelayMs: { mean: 1, p99: 3.44, max: 11 },
  loopBusy: 0.02,
  unacknowledgedBatches: 1,
};

const second = 1e9;

const atWork: StatsInput = {
  engine: {
    clockNs: 50 * second,
    bytesRead: 5_000,
    bytesHashed: 10_000,
    readsFromMemory: 3,
    readsFromDevice: 1,
    memoryHeld: 1 << 20,
    memoryCeiling: 256 << 20,
    memoryAllowed: 64 << 20,
    pressure: 'some',
    stalledThreads: 1,
    openAgeNs: 4e6,
  },
  threads: [
    { state: 'hashing', jobId: 7, name: '/home/ana/secret.txt', files: 12, bytes: 3_000_000 },
    { kind: 'walk', state: 'stalled', stalledNs: 12 * second, name: '/mnt/nas/secret' },
  ],
  jobs: [],
  pools: [{ blockBytes: 64, held: 4, inUse: 1, peak: 3, hits: 90, misses: 4, trimmed: 0 }],
  algorithms: [
    { algorithm: 'sha256', streamBytes: 10, laneBytes: 750, laneCapacityBytes: 1000, partBytes: 0 },
    { algorithm: 'md5', streamBytes: 10, laneBytes: 0, laneCapacityBytes: 0, partBytes: 0 },
  ],
  devices: [
    { class: 'network', readers: 4, active: 1, stalled: 1, name: '/mnt/nas' },
    { class: 'solid-state', readers: 0 },
  ],
  events: [
    { number: 1, kind: 'trimmed when idle', atNs: 20 * second, value: 1 << 20, detail: 0 },
    { number: 2, kind: 'pressure', atNs: 45 * second, value: 1, detail: 64 << 20 },
    { number: 3, kind: 'stalled', atNs: 50 * second, value: 5_000, detail: 1 },
  ],
  reasons: [{ code: 'FIFO', count: 2 }],
};

const reading = (input: StatsInput = atWork): StatsReading => readStats(writeStats(input));
const report = (withNames: boolean) => makeReport({ about, reading: reading(), process }, withNames);

describe('the report', () => {
  it('tells what the stats block says', () => {
    expect(report(false)).toMatchObject({
      layout: 'hashlane-diagnostics/1',
      stages: { bytesRead: 5_000, bytesHashed: 10_000 },
      threads: [
        { kind: 'worker', number: 1, state: 'hashing', jobId: 7, stalledMs: 0 },
        { kind: 'walk', number: 2, state: 'stalled', jobId: null, stalledMs: 12_000 },
      ],
      memory: { held: 1 << 20, allowed: 64 << 20, pressure: 'some', groupLimit: null },
      batches: { openAgeMs: 4 },
      reasons: [{ code: 'FIFO', message: 'named pipe, never opened', count: 2 }],
    });
  });

  it('tells how full the lanes were, and by whom they were hashed', () => {
    expect(report(false).lanes).toMatchObject([
      { algorithm: 'md5', fill: null, kernel: '' },
      { algorithm: 'sha256', fill: 0.75, kernel: 'OpenSSL 3.0' },
    ]);
  });

  it('tells how long ago events were, by the clock of the host while the one of the engine rests', () => {
    expect(report(false).events).toEqual([
      { number: 1, kind: 'trimmed when idle', agoMs: 40_000, bytes: 1 << 20 },
      { number: 2, kind: 'pressure', agoMs: 15_000, pressure: 'some', bytes: 64 << 20 },
      { number: 3, kind: 'stalled', agoMs: 10_000, silentMs: 5_000, thread: 2 },
    ]);
    const alone = makeReport({ about, reading: reading(), process: null }, false);
    expect(alone.events!.map((event) => event.agoMs)).toEqual([30_000, 5_000, 0]);
  });

  it('keeps to its schema, and to nothing beside it', () => {
    for (const withNames of [false, true]) {
      const whole = report(withNames);
      expect(diagnosticsReport.strict().parse(JSON.parse(reportJson(whole)))).toEqual(whole);
    }
  });

  it('leaves out what could not be read, rather than telling zeros', () => {
    const empty = makeReport({ about, reading: null, process: null }, false);
    expect(diagnosticsReport.parse(empty)).not.toHaveProperty('stages');
    expect(reportText(empty)).not.toContain('Threads');
    expect(reportText(empty)).toContain('self-test passed');
  });

  it('names files and mount points only when asked', () => {
    for (const text of [JSON.stringify(report(false)), reportText(report(false))])
      expect(text).not.toMatch(/secret|ana|nas/);
    for (const text of [JSON.stringify(report(true)), reportText(report(true))]) {
      expect(text).toContain('/home/ana/secret.txt');
      expect(text).toContain('/mnt/nas');
    }
  });
});

describe('the report as text', () => {
  it('has a line for every figure', () => {
    const text = reportText(report(false));
    for (const line of [
      /SHA-256 +OpenSSL 3.0 +self-test passed/,
      /worker 1 +hashing +12 files +3.00 MB/,
      /walk 2 +stalled for 12.0 s/,
      /64 B +held 4 +in use 1 +peak 3 +hits 90 +misses 4 +trimmed 0/,
      /SHA-256 +750 B side by side +75 % filled/,
      /reads answered from memory +75 % of 4/,
      /15.0 s ago +memory pressure some: the pools may take 67.1 MB/,
      /thread 2: a device has not answered for 5.0 s/,
      /1 +network +readers 4 +1 active +0 B +no answer to 1/,
      /2 +solid-state +readers any/,
      /FIFO +2 +named pipe/,
      /event-loop delay +mean 1.0 ms, p99 3.4 ms, max 11.0 ms/,
    ]) {
      expect(text).toMatch(line);
    }
  });

  it('shows control characters of names', () => {
    const hostile = reading({ ...atWork, threads: [{ state: 'reading', name: 'a\u001b[2J\nb' }] });
    expect(reportText(makeReport({ about, reading: hostile, process }, true))).toContain('a\\x1b[2J\\nb');
  });
});
