import { writeBatch } from '#shared/batch/writer.ts';
import type { JobSummary, Settings, Source } from '#shared/contract/models.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { randomNumbers, sampleBatches, sampleDigest } from './sample-files.ts';

export interface Scene {
  readonly connects: boolean;
  readonly settings: Partial<Settings>;
  readonly sources: readonly Source[];
  readonly jobs: readonly JobSummary[];
  readonly batches: ReadonlyMap<number, readonly Uint8Array[]>;
  /** Files and bytes of a running job; it never ends. */
  readonly isBusy: boolean;
  /** What the engine has to cope with. */
  readonly trouble?: 'pressure' | 'stall';
}

const root = '/srv/archive/Estate of M. Teixeira';

const folder: Source = { id: 'a', kind: 'folder', name: 'Estate of M. Teixeira', path: root, size: null };

const waiting: readonly Source[] = [
  folder,
  {
    id: 'b',
    kind: 'file',
    name: 'debian-12.11.0-amd64-netinst.iso',
    path: '/home/ana/Downloads/debian-12.11.0-amd64-netinst.iso',
    size: 702_545_920,
  },
  { id: 'c', kind: 'file', name: 'ledger\u202Etxt.exe', path: '/home/ana/Downloads/ledger\u202Etxt.exe', size: 48_128 },
  { id: 'd', kind: 'folder', name: 'photos-2019', path: '/mnt/nas/photos-2019', size: null },
  { id: 'e', kind: 'upload', name: 'Contract drafts', path: 'Contract drafts', size: 18_400_112 },
];

const nothing: Scene = { connects: true, settings: {}, sources: [], jobs: [], batches: new Map(), isBusy: false };

interface Finished {
  readonly count: number;
  readonly algorithms: readonly AlgorithmName[];
  readonly failEvery: number;
  readonly state?: JobSummary['state'];
}

function job({ count, algorithms, failEvery, state = 'finished' }: Finished): Scene {
  const batches = [...sampleBatches(1, { count, root, algorithms, failEvery })];
  const summary: JobSummary = {
    id: 1,
    kind: 'hash',
    slot: 0,
    outcome: null,
    state,
    algorithms: [...algorithms],
    sources: [folder],
    startedAt: 1_763_640_000_000,
    batches: batches.length,
    totals: { files: count, bytes: count * 1_400_000, ok: count, failed: 0, skipped: 0, elapsedMs: count * 1.7 + 400 },
    failure: null,
  };
  return {
    ...nothing,
    jobs: [summary],
    batches: new Map([[1, batches]]),
    isBusy: state === 'running' || state === 'paused',
  };
}

/** Names that would break a careless table. */
function hostile(): Scene {
  const scene = job({ count: 0, algorithms: ['sha256'], failEvery: 0 });
  const random = randomNumbers(5);
  const names = [
    'line\nbreak.txt',
    'tab\there.txt',
    '\u001b[31mred\u001b[0m.log',
    'invoice\u202Efdp.exe',
    'שלום עולם.txt',
    '文件/报告 二零二五.pdf',
    `${'deep/'.repeat(40)}leaf.bin`,
    `${'x'.repeat(250)}.dat`,
    '  leading and trailing  ',
  ].map((name) => `${root}/${name}`);
  const records = names.map((name, entryId) => ({
    entryId,
    name,
    size: 1000 + entryId,
    digests: { sha256: sampleDigest(random, 'sha256') },
  }));
  const batch = writeBatch({ jobId: 1, sequence: 0, algorithms: ['sha256'], records });
  return { ...scene, jobs: [{ ...scene.jobs[0]!, batches: 1 }], batches: new Map([[1, [batch]]]) };
}

export const scenes: Readonly<Record<string, () => Scene>> = {
  connecting: () => ({ ...nothing, connects: false }),
  empty: () => nothing,
  ready: () => ({ ...nothing, sources: waiting }),
  busy: () => job({ count: 640, algorithms: ['sha256'], failEvery: 97, state: 'running' }),
  pressure: () => ({
    ...job({ count: 640, algorithms: ['sha256'], failEvery: 97, state: 'running' }),
    trouble: 'pressure',
  }),
  stalled: () => ({
    ...job({ count: 640, algorithms: ['sha256'], failEvery: 97, state: 'running' }),
    trouble: 'stall',
  }),
  paused: () => job({ count: 640, algorithms: ['sha256'], failEvery: 0, state: 'paused' }),
  finished: () => job({ count: 4_812, algorithms: ['md5', 'sha256'], failEvery: 0 }),
  more: () => ({ ...job({ count: 4_812, algorithms: ['sha256'], failEvery: 611 }), sources: waiting }),
  errors: () => job({ count: 120, algorithms: ['sha256'], failEvery: 4 }),
  many: () =>
    job({ count: 900, algorithms: ['crc32', 'md5', 'sha1', 'ed2k', 'sha256', 'sha512', 'blake3'], failEvery: 50 }),
  one: () => job({ count: 1, algorithms: ['md5', 'sha256'], failEvery: 0 }),
  large: () => job({ count: 200_000, algorithms: ['sha256'], failEvery: 9_973 }),
  million: () => job({ count: 1_200_000, algorithms: ['crc32'], failEvery: 9_973 }),
  hostile,
};
