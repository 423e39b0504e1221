/** A client that plays a scene. */
import { createRouterClient, implement, ORPCError } from '@orpc/server';
import { type ByteChannelRequest, maxUnacknowledgedBatches } from '#shared/contract/byte-channel.ts';
import { contract } from '#shared/contract/contract.ts';
import {
  defaultSettings,
  type HostEvent,
  type JobSummary,
  type Settings,
  type Source,
  type SystemInfo,
} from '#shared/contract/models.ts';
import { algorithms } from '#shared/tables/algorithms.ts';
import type { Api, Capabilities, Client, ClientListener } from '../client/client.ts';
import type { Scene } from './scenes.ts';
import { writeStats } from './stats-writer.ts';

const system: SystemInfo = {
  product: 'Hashlane',
  version: '0.1.0',
  host: 'web',
  platform: 'linux x64',
  runtime: 'Node 20.20.2',
  canUpdate: false,
  engine: {
    version: '0.1.0',
    threads: 8,
    cpu: ['sse4.2', 'avx2', 'sha-ni', 'avx512f', 'avx512bw', 'vaes'],
    kernels: algorithms.map(({ name, family }) => ({
      algorithm: name,
      implementation:
        family === 'Checksums'
          ? 'xxHash 0.8.1 / libdeflate 1.14'
          : family === 'BLAKE'
            ? 'BLAKE3 AVX-512'
            : 'OpenSSL 3.0.17',
      selfTest: 'passed',
    })),
  },
};

export class SceneClient implements Client {
  readonly capabilities: Capabilities;
  readonly api: Api;
  readonly #scene: Scene;
  #settings: Settings;
  #sources: readonly Source[];
  #jobs: readonly JobSummary[];
  #listener: ClientListener | null = null;
  #waiting: Uint8Array[] = [];
  #underWay = 0;
  #began = performance.now();

  constructor(scene: Scene, isElectron: boolean) {
    this.capabilities = { canBrowseServer: !isElectron, canReveal: isElectron, recovered: false };
    this.#scene = scene;
    this.#settings = { ...defaultSettings, ...scene.settings };
    this.#sources = scene.sources;
    this.#jobs = scene.jobs;
    this.api = this.#makeApi();
  }

  open(listener: ClientListener): void {
    this.#listener = listener;
    listener.connection('connecting');
    if (!this.#scene.connects) return;
    setTimeout(() => {
      listener.connection('connected');
      listener.event({ kind: 'settings', settings: this.#settings });
      for (const job of this.#jobs) listener.event({ kind: 'job', job });
    });
  }

  /** For looking at the banner: `hashlaneScene.lose()` in the console of the harness. */
  lose(): void {
    this.#listener?.connection('lost');
  }

  reconnect(): void {
    this.#listener?.connection('connected');
  }

  send(request: ByteChannelRequest): void {
    switch (request.kind) {
      case 'subscribe':
        this.#waiting.push(...(this.#scene.batches.get(request.jobId) ?? []).slice(request.sequence));
        break;
      case 'acknowledge':
        this.#underWay--;
        break;
      case 'stats': {
        const frame = this.#stats();
        setTimeout(() => this.#listener?.frame(frame), 2);
        break;
      }
      case 'unsubscribe':
        this.#waiting = [];
        break;
    }
    while (this.#underWay < maxUnacknowledgedBatches && this.#waiting.length > 0) {
      const batch = this.#waiting.shift()!;
      this.#underWay++;
      setTimeout(() => this.#listener?.frame(batch));
    }
  }

  pickFiles(): Promise<Source[]> {
    return Promise.resolve([]);
  }
  pickFolder(): Promise<Source[]> {
    return Promise.resolve([]);
  }
  addDropped(dropped: DataTransfer): Promise<Source[]> {
    const files = Array.from(dropped.files);
    return Promise.resolve(
      files.map(
        (file): Source => ({
          id: file.name,
          kind: 'file',
          name: file.name,
          path: `/dropped/${file.name}`,
          size: file.size,
        }),
      ),
    );
  }
  sendUploads(): void {}
  stopUploads(): void {}
  dropUploads(): void {}
  download(): void {}
  onCommand(): () => void {
    return () => undefined;
  }
  tellCommands(): void {}

  #emit(event: HostEvent): void {
    this.#listener?.event(event);
  }

  #changeJobs(state: JobSummary['state']): void {
    this.#jobs = this.#jobs.map((job) => ({ ...job, state }));
    for (const job of this.#jobs) this.#emit({ kind: 'job', job });
  }

  #makeApi(): Api {
    const os = implement(contract);
    const unused = (): never => {
      throw new ORPCError('NOT_FOUND', { message: 'The harness has no such thing.', defined: true });
    };
    const router = os.router({
      system: {
        info: os.system.info.handler(() => system),
        process: os.system.process.handler(() => ({
          uptimeMs: performance.now(),
          residentBytes: 148_000_000,
          heapUsedBytes: 21_400_000,
          loopDelayMs: { mean: 1.1, p99: 3.4, max: 11.8 },
          unacknowledgedBatches: this.#underWay,
        })),
        events: os.system.events.handler(unused),
        reveal: os.system.reveal.handler(() => undefined),
      },
      sources: {
        list: os.sources.list.handler(() => [...this.#sources]),
        pickFiles: os.sources.pickFiles.handler(unused),
        pickFolder: os.sources.pickFolder.handler(unused),
        addPath: os.sources.addPath.handler(({ input }) => ({
          id: input.path,
          kind: 'folder' as const,
          name: input.path,
          path: input.path,
          size: null,
        })),
        listFolder: os.sources.listFolder.handler(({ input }) => ({
          path: input.path ?? '/srv/archive',
          parent: '/srv',
          folders: ['Estate of M. Teixeira', 'Ingest', 'Masters', 'Quarantine', 'photos-2019'].map((name) => ({
            name,
            path: `${input.path ?? '/srv/archive'}/${name}`,
          })),
          truncated: false,
        })),
        declareUpload: os.sources.declareUpload.handler(unused),
        remove: os.sources.remove.handler(() => undefined),
      },
      jobs: {
        start: os.jobs.start.handler(unused),
        pause: os.jobs.pause.handler(() => this.#changeJobs('paused')),
        resume: os.jobs.resume.handler(() => this.#changeJobs('running')),
        cancel: os.jobs.cancel.handler(() => this.#changeJobs('cancelled')),
        list: os.jobs.list.handler(() => [...this.#jobs]),
        forget: os.jobs.forget.handler(() => undefined),
      },
      results: {
        export: os.results.export.handler(() => ({
          kind: 'saved' as const,
          path: '/home/ana/hashlane.txt',
          records: 4_812,
        })),
        hashAgain: os.results.hashAgain.handler(({ input }) =>
          input.results.map(({ entry }) => ({ entry, outcome: 'same' as const, error: null, digests: [] })),
        ),
      },
      settings: {
        get: os.settings.get.handler(() => this.#settings),
        set: os.settings.set.handler(({ input }) => {
          this.#settings = { ...this.#settings, ...(input as Partial<Settings>) };
          return this.#settings;
        }),
      },
    });
    return createRouterClient(router) as Api;
  }

  /** Counters of an engine that has been at work since the harness began. */
  #stats(): Uint8Array {
    const seconds = (performance.now() - this.#began) / 1e3 + 42;
    const isRunning = this.#jobs.some((job) => job.state === 'running');
    const bytes = isRunning ? seconds * 812e6 + Math.sin(seconds) * 9e7 : 4e9;
    const names = [
      'Masters/Interviews/MAS-000641.mov',
      'Scans/1991 Lisbon/SCA-000642.tif',
      'Disk images/DIS-000643.iso',
    ];
    return writeStats({
      engine: {
        clockNs: seconds * 1e9,
        bytesRead: bytes,
        bytesHashed: bytes * 1.9,
        filesHashed: 640,
        batchesSealed: 41,
        batchBytes: 1_340_000,
        recordsDelivered: 640,
        slabsUnreleased: isRunning ? 1 : 0,
        slabCount: 8,
        slabBytes: 8 << 20,
        queueDepth: isRunning ? 231 : 0,
        queueCapacity: 1024,
        listQueueDepth: isRunning ? 3 : 0,
        slabWaits: 2,
        memoryWaits: 17,
        memoryWaitNs: 43e6,
        memoryCeiling: 256 * 2 ** 20,
        memoryHeld: 61 * 2 ** 20,
        memoryPeak: 94 * 2 ** 20,
        trims: 1,
        trimmedBytes: 12 << 20,
      },
      threads: Array.from({ length: 8 }, (_, index) => {
        const name = isRunning && index < 6 ? `/srv/archive/Estate of M. Teixeira/${names[index % 3]!}` : '';
        return {
          state: !isRunning
            ? 'idle'
            : index === 6
              ? 'waiting for memory'
              : index === 7
                ? 'idle'
                : index % 2
                  ? 'hashing'
                  : 'reading',
          jobId: 1,
          name,
          entrySize: 4_000_000_000 / (index + 1),
          entryDone: ((seconds * 3e8) % 4_000_000_000) / (index + 1),
          files: 80 - index * 3,
          bytes: bytes / 8,
        } as const;
      }),
      jobs: this.#scene.isBusy
        ? [
            {
              slot: 0,
              jobId: 1,
              filesFound: 12_408,
              bytesFound: 96e9,
              filesDone: 640 + Math.floor((seconds - 42) * 12),
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
    });
  }
}
