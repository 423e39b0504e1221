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
import { toHex } from '#shared/text/hex.ts';
import type { Api, Capabilities, Client, ClientListener } from '../client/client.ts';
import { giveFrame } from '../client/frames.ts';
import { randomNumbers, sampleDigest } from './sample-files.ts';
import { sceneStats, startSeconds } from './scene-stats.ts';
import type { Scene } from './scenes.ts';

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
    if (!this.#scene.connects) {
      this.#tellShown();
      return;
    }
    setTimeout(() => {
      listener.connection('connected');
      listener.event({ kind: 'settings', settings: this.#settings });
      for (const job of this.#jobs) listener.event({ kind: 'job', job });
      if (this.#scene.batches.size === 0) this.#tellShown();
    });
  }

  /** Whoever takes pictures waits for this. */
  #tellShown(): void {
    document.documentElement.dataset.scene = 'shown';
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
        if (this.#underWay === 0 && this.#waiting.length === 0) setTimeout(() => this.#tellShown(), 300);
        break;
      case 'stats': {
        const frame = sceneStats(this.#scene, this.#jobs, (performance.now() - this.#began) / 1e3);
        setTimeout(() => this.#listener?.stats(frame), 2);
        break;
      }
      case 'unsubscribe':
        this.#waiting = [];
        break;
    }
    while (this.#underWay < maxUnacknowledgedBatches && this.#waiting.length > 0) {
      const batch = this.#waiting.shift()!;
      this.#underWay++;
      setTimeout(() => this.#listener && giveFrame(this.#listener, batch));
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
          clockMs: performance.now() - this.#began + startSeconds * 1e3,
          uptimeMs: performance.now(),
          residentBytes: 148_000_000,
          peakResidentBytes: 171_000_000,
          heapUsedBytes: 21_400_000,
          externalBytes: 9_800_000,
          loopDelayMs: { mean: 1.1, p99: 3.4, max: 11.8 },
          loopBusy: 0.012,
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
        inspect: os.sources.inspect.handler(({ input }) => input.ids.map((id) => ({ id, manifest: null }))),
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
        report: os.results.report.handler(() => ({
          kind: 'saved' as const,
          path: '/home/ana/report.html',
          records: 3,
        })),
        openSaved: os.results.openSaved.handler(unused),
        rehash: os.results.rehash.handler(({ input }) =>
          input.results.map(({ entry }) => ({
            entry,
            outcome: 'same' as const,
            error: null,
            digests: [],
            ...(input.further && {
              further: input.further.map((name) => ({
                algorithm: name,
                digest: toHex(sampleDigest(randomNumbers(entry + 1), name)),
              })),
            }),
          })),
        ),
        replaced: os.results.replaced.handler(() => []),
      },
      history: {
        list: os.history.list.handler(() => ({ entries: [], total: 0 })),
        open: os.history.open.handler(unused),
        label: os.history.label.handler(unused),
        delete: os.history.delete.handler(() => ({ ids: [] })),
      },
      guard: {
        list: os.guard.list.handler(() => []),
        add: os.guard.add.handler(unused),
        check: os.guard.check.handler(unused),
        accept: os.guard.accept.handler(unused),
        remove: os.guard.remove.handler(unused),
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
}
