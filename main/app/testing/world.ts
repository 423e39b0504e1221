/** A core over a fake engine in a folder of its own, and a window that talks to it. */
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { onTestFinished, vi } from 'vitest';
import type { ByteChannelRequest } from '#shared/contract/byte-channel.ts';
import type { JobSummary } from '#shared/contract/models.ts';
import { defaultSettings } from '#shared/contract/models.ts';
import { temporaryFolder } from '../../base/testing/temporary-folder.ts';
import { FakeEngine, type FakeJob } from '../../engine/testing/fake-engine.ts';
import { createApp } from '../app.ts';
import type { App, BytePort, HostServices } from '../host.ts';

export { temporaryFolder };

export class World {
  readonly engine = new FakeEngine();
  readonly folder = temporaryFolder();
  readonly dataFolder = path.join(this.folder, 'data');
  readonly errors: unknown[] = [];
  readonly app: App;

  constructor(services: Partial<HostServices> = {}) {
    this.app = createApp({
      engine: this.engine,
      dataFolder: this.dataFolder,
      services: {
        kind: 'web',
        acceptsTypedPaths: true,
        acceptsUploads: true,
        logError: (error) => this.errors.push(error),
        ...services,
      },
      version: '1.2.3',
      windowGraceMs: 20,
    });
    onTestFinished(() => this.app.close());
  }

  client(windowId = 'window-1') {
    return createRouterClient(this.app.router, { context: { windowId } });
  }

  /** Starts a job on one granted path that need not exist. */
  async startJob(): Promise<{ job: FakeJob; summary: JobSummary }> {
    const [source] = await this.app.grant(['/somewhere/a']);
    const summary = await this.client().jobs.start({
      kind: 'hash',
      sources: [source!.id],
      algorithms: ['md5'],
      walk: defaultSettings.walk,
    });
    return { job: this.engine.jobs.at(-1)!, summary };
  }

  openWindow(windowId = 'window-1'): FakeWindow {
    const window = new FakeWindow();
    this.app.attachBytes(windowId, window);
    return window;
  }

  async state(id: number): Promise<JobSummary> {
    return (await this.client().jobs.list()).find((job) => job.id === id)!;
  }

  async untilState(id: number, state: JobSummary['state']): Promise<JobSummary> {
    return vi.waitUntil(async () => {
      const job = await this.state(id);
      return job.state === state && job;
    });
  }
}

/** The other end of a byte channel. */
export class FakeWindow implements BytePort {
  readonly frames: Uint8Array[] = [];
  closed = false;
  #message: (message: unknown) => void = () => undefined;
  readonly #close: (() => void)[] = [];

  post(frame: Uint8Array): void {
    this.frames.push(frame.slice());
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener;
  }
  onClose(listener: () => void): void {
    this.#close.push(listener);
  }
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const listener of this.#close) listener();
  }

  ask(request: ByteChannelRequest): void {
    this.#message(request);
  }
  /** Anything at all. */
  send(message: unknown): void {
    this.#message(message);
  }
  async frameCount(count: number): Promise<void> {
    await vi.waitUntil(() => this.frames.length >= count);
  }
}
