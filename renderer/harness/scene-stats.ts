/** The stats block of an engine that has been at work since the harness began, or rests. */
import type { JobSummary } from '#shared/contract/models.ts';
import { type StatsInput, writeStats } from '#shared/stats/writer.ts';
import type { Scene } from './scenes.ts';

/** The engine's clock when the harness begins. */
export const startSeconds = 42;

const names = ['Masters/Interviews/MAS-000641.mov', 'Scans/1991 Lisbon/SCA-000642.tif', 'Disk images/DIS-000643.iso'];
const MiB = 2 ** 20;

interface Moment {
  readonly seconds: number;
  readonly isRunning: boolean;
  readonly bytes: number;
  readonly trouble: Scene['trouble'];
}

export function sceneStats(scene: Scene, jobs: readonly JobSummary[], passedSeconds: number): Uint8Array {
  const seconds = passedSeconds + startSeconds;
  const isRunning = jobs.some((job) => job.state === 'running');
  const bytes = isRunning ? seconds * 812e6 + Math.sin(seconds) * 9e7 : 4e9;
  const moment = { seconds, isRunning, bytes, trouble: scene.trouble };
  return writeStats({
    engine: engine(moment),
    threads: threads(moment),
    jobs: scene.isBusy
      ? [
          {
            slot: 0,
            jobId: 1,
            filesFound: 12_408,
            bytesFound: 96e9,
            filesDone: 640 + Math.floor(passedSeconds * 12),
            bytesDone: Math.min(bytes, 96e9),
            countComplete: 1,
            activeNs: seconds * 1e9,
          },
        ]
      : [],
    pools: [
      { blockBytes: 64, held: 512, inUse: 12, peak: 377, hits: 90_210, misses: 512, trimmed: 0 },
      { blockBytes: 256, held: 1_024, inUse: 96, peak: 803, hits: 188_400, misses: 1_024, trimmed: 0 },
      { blockBytes: 1024, held: 128, inUse: 4, peak: 88, hits: 12_811, misses: 128, trimmed: 0 },
      { blockBytes: 16 << 10, held: 64, inUse: 9, peak: 64, hits: 44_190, misses: 96, trimmed: 32 },
      { blockBytes: 256 << 10, held: 32, inUse: 6, peak: 41, hits: 20_004, misses: 41, trimmed: 9 },
      { blockBytes: 4 << 20, held: 12, inUse: 6, peak: 20, hits: 3_410, misses: 20, trimmed: 8 },
    ],
    algorithms: [
      {
        algorithm: 'md5',
        streamBytes: bytes * 0.1,
        laneBytes: bytes * 0.9,
        laneCapacityBytes: bytes * 0.94,
        partBytes: 0,
      },
      {
        algorithm: 'sha256',
        streamBytes: bytes * 0.1,
        laneBytes: bytes * 0.9,
        laneCapacityBytes: bytes * 1.3,
        partBytes: 0,
      },
      { algorithm: 'blake3', streamBytes: bytes * 0.1, laneBytes: 0, laneCapacityBytes: 0, partBytes: bytes * 0.9 },
    ],
    devices: [
      { class: 'solid-state', readers: 0, active: isRunning ? 6 : 0, bytesRead: bytes * 0.8, name: '/' },
      {
        class: 'network',
        readers: 4,
        active: isRunning ? 2 : 0,
        stalled: scene.trouble === 'stall' ? 2 : 0,
        bytesRead: bytes * 0.2,
        name: '/mnt/nas',
      },
    ],
    events: events(moment),
    reasons: [
      { code: 'EACCES', count: 3 },
      { code: 'SYMLINK', count: 41 },
      { code: 'FIFO', count: 1 },
    ],
  });
}

function engine({ seconds, isRunning, bytes, trouble }: Moment): StatsInput['engine'] {
  const short = trouble === 'pressure';
  return {
    clockNs: seconds * 1e9,
    workerCount: 8,
    bytesRead: bytes,
    bytesHashed: bytes * 1.9,
    filesHashed: 640 + Math.floor(seconds * 12),
    foldersListed: 61,
    filteredOut: 12,
    batchesSealed: 41 + Math.floor(seconds),
    batchBytes: 1_340_000,
    recordsDelivered: 640 + Math.floor(seconds * 12 + Math.sin(seconds * 2) * 3),
    filesInLanes: 588,
    filesInBlocks: 52,
    readsFromMemory: 1_204,
    readsFromDevice: 87,
    filesPrefetched: 64,
    openRecords: isRunning ? 7 : 0,
    openAgeNs: isRunning ? 9e6 : 0,
    slabsUnreleased: isRunning ? 1 : 0,
    unreleasedAgeNs: isRunning ? 2.1e6 : 0,
    slabCount: 8,
    slabBytes: 8 * MiB,
    jobsActive: isRunning ? 1 : 0,
    queueDepth: isRunning ? 231 : 0,
    queueCapacity: 1024,
    listQueueDepth: isRunning ? 3 : 0,
    slabWaits: 2,
    memoryWaits: short ? 412 : 17,
    memoryWaitNs: short ? 9.4e9 : 43e6,
    memoryCeiling: 256 * MiB,
    memoryAllowed: short ? 64 * MiB : 256 * MiB,
    memoryHeld: short ? (60 + 4 * Math.sin(seconds)) * MiB : (88 + 9 * Math.sin(seconds / 3)) * MiB,
    memoryPeak: short ? 231 * MiB : 104 * MiB,
    trims: short ? 4 : 1,
    trimmedBytes: short ? 167 * MiB : 12 * MiB,
    pressure: short ? 'some' : 'none',
    pressureRises: short ? 2 : 0,
    groupLimit: short ? 512 * MiB : 0,
    stalledThreads: trouble === 'stall' ? 2 : 0,
    stalls: trouble === 'stall' ? 3 : 0,
    stallsGivenUp: 0,
  };
}

function threads({ seconds, isRunning, bytes, trouble }: Moment): StatsInput['threads'] {
  const workers = Array.from({ length: 8 }, (_, index): StatsInput['threads'][number] => {
    const hangs = trouble === 'stall' && index < 2;
    const name = hangs
      ? `/mnt/nas/photos-2019/IMG_${2041 + index}.jpg`
      : isRunning && index < 6
        ? `/srv/archive/Estate of M. Teixeira/${names[index % 3]!}`
        : '';
    return {
      state:
        !isRunning || index === 7 ? 'idle' : index === 6 ? 'waiting for memory' : index % 2 ? 'hashing' : 'reading',
      ...(hangs && { state: 'stalled', stalledNs: (seconds - startSeconds + 6 - index) * 1e9 }),
      jobId: name === '' ? 0 : 1,
      name,
      entrySize: 4_000_000_000 / (index + 1),
      entryDone: ((seconds * 3e8) % 4_000_000_000) / (index + 1),
      files: 80 - index * 3,
      bytes: bytes / 8,
    };
  });
  const walk = '/srv/archive/Estate of M. Teixeira/Letters';
  const others: StatsInput['threads'] = isRunning
    ? [
        { kind: 'walk', state: 'waiting', jobId: 1, name: walk },
        { kind: 'lister', state: 'listing', jobId: 1, name: walk },
      ]
    : [];
  return [...workers, { kind: 'housekeeper', state: 'idle' }, ...others];
}

function events({ trouble }: Moment): NonNullable<StatsInput['events']> {
  const idle = { number: 1, kind: 'trimmed when idle', atNs: 20e9, value: 12 * MiB, detail: 0 } as const;
  if (trouble === 'pressure') {
    return [
      idle,
      { number: 2, kind: 'pressure', atNs: 31e9, value: 1, detail: 128 * MiB },
      { number: 3, kind: 'trimmed under pressure', atNs: 31.1e9, value: 103 * MiB, detail: 0 },
      { number: 4, kind: 'pressure', atNs: 38e9, value: 1, detail: 64 * MiB },
      { number: 5, kind: 'trimmed under pressure', atNs: 38.1e9, value: 52 * MiB, detail: 0 },
    ];
  }
  if (trouble === 'stall') {
    return [
      idle,
      { number: 2, kind: 'stalled', atNs: 30e9, value: 5_000, detail: 3 },
      { number: 3, kind: 'answered', atNs: 33e9, value: 8_012, detail: 3 },
      { number: 4, kind: 'stalled', atNs: 41e9, value: 5_000, detail: 0 },
      { number: 5, kind: 'stalled', atNs: 42e9, value: 5_000, detail: 1 },
    ];
  }
  return [idle];
}
