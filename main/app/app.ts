/** Puts the core together: one engine, one data folder, any number of windows. */
import path from 'node:path';
import type { Source, UploadFailure } from '#shared/contract/sources.ts';
import type { Engine } from '../engine/engine.ts';
import { GuardStore } from '../guard/guard-store.ts';
import { guardTask } from '../guard/guard-task.ts';
import { JournalFolder } from '../store/journal-folder.ts';
import { type TaskRegistry, taskKinds } from '../tasks/registry.ts';
import { type AppRouter, createRouter } from './contract/router.ts';
import { GuardService } from './guard/guard-service.ts';
import type { BytePort, HostServices } from './host.ts';
import { JobService } from './jobs/job-service.ts';
import { SourceList } from './sources/sources.ts';
import { ProcessReadings } from './system/process-readings.ts';
import { SettingsStore } from './system/settings.ts';
import { describeSystem } from './system/system-description.ts';
import { Deliveries } from './windows/deliveries.ts';
import { EventHub } from './windows/events.ts';
import { WindowPresence } from './windows/window-presence.ts';

/** Names one entry of a declared upload in a running job. */
export interface UploadTarget {
  readonly jobId: number;
  readonly sourceId: string;
  /** Index of the entry in what was declared. */
  readonly index: number;
}

export interface App {
  /** One router for all windows; the context names the window, so that credits are told apart. */
  readonly router: AppRouter;
  /** Serves a window's byte channel until it closes. `windowId` ties it to its contract calls. */
  attachBytes(windowId: string, port: BytePort): void;
  /**
   * Makes sources of paths that the person chose outside the page: dialogs, drops resolved by the
   * preload, the command line. With `announce` every window is told (`sources` event). A path that
   * does not exist still becomes a source: hashing it reports it as missing.
   */
  grant(paths: readonly (string | Uint8Array)[], options?: { announce?: boolean }): Promise<Source[]>;
  /**
   * Hashes an uploaded file from `body`, taking bytes no faster than the engine does. When it
   * throws, the rest of `body` is the caller's to dispose of. Throws Problem: NOT_FOUND, CONFLICT
   * (sent before, or the job has ended), UPLOAD_ABORTED (other bytes than declared).
   */
  receiveUpload(target: UploadTarget, body: AsyncIterable<Uint8Array>): Promise<void>;
  /** Records that the page cannot send this entry. Throws Problem: NOT_FOUND, CONFLICT. */
  failUpload(target: UploadTarget, failure: UploadFailure): Promise<void>;
  /** Jobs that have not ended: what quitting would interrupt. */
  activeJobs(): number;
  /**
   * Ends what runs, which can go on when the app is opened again, waits for the engine's jobs and
   * closes the windows' channels. The engine itself is its owner's to close, afterwards.
   */
  close(): Promise<void>;
}

export interface AppOptions {
  readonly engine: Engine;
  /** Made when it is absent; holds the settings and this run's journals. */
  readonly dataFolder: string;
  readonly services: HostServices;
  /** The product's. */
  readonly version: string;
  /** How long a window may be away before its unsent uploads are given up, milliseconds. */
  readonly windowGraceMs?: number;
  /** The kinds of tasks; default: all. */
  readonly tasks?: TaskRegistry;
}

/** Throws the system's error when the data folder cannot be made or written. */
export function createApp(options: AppOptions): App {
  const { engine, services, dataFolder, version, windowGraceMs = 15_000 } = options;
  const guardStore = new GuardStore(path.join(dataFolder, 'guard'), services.rootFolder);
  const tasks = options.tasks ?? { ...taskKinds, guard: guardTask(guardStore) };
  const deliveries: Deliveries = new Deliveries({ job: (id) => jobs.find(id), stats: engine.stats });
  const journals = JournalFolder.open(dataFolder);
  const sources = new SourceList();
  const settings = new SettingsStore(dataFolder, () => events.settingsChanged());
  const jobs = new JobService(
    engine,
    tasks,
    sources,
    journals,
    {
      changed: (job) => {
        events.jobChanged(job.id);
        deliveries.wake();
        if (!job.active) enforceLimits();
      },
      batchWritten: (job, sequence, batch) => deliveries.batchWritten(job, sequence, batch),
      forgotten: (ids) => events.jobsForgotten(ids),
    },
    version,
  );
  const enforceLimits = (): void => {
    jobs.enforce(settings.get().history).catch((error: unknown) => services.logError?.(error));
  };
  enforceLimits();
  const events = new EventHub({
    settings: () => settings.get(),
    jobIds: () => jobs.ids(),
    job: (id) => jobs.find(id)?.summary(),
    status: (id) => jobs.find(id)?.status(),
    forgottenIds: () => jobs.forgottenIds(),
    waiting: (ids) => sources.pick(ids),
  });
  const readings = new ProcessReadings();
  const presence = new WindowPresence(windowGraceMs, (windowId) => {
    jobs.windowGone(windowId).catch((error: unknown) => services.logError?.(error));
  });
  const router = createRouter({
    engine,
    services,
    info: { ...describeSystem(engine.info, version), host: services.kind, canUpdate: services.canUpdate ?? false },
    jobs,
    guard: new GuardService(guardStore, engine, jobs, sources),
    sources,
    settings,
    events,
    process: (windowId) => readings.read(deliveries.unacknowledged(windowId)),
    expectWindow: (windowId) => presence.expect(windowId),
  });

  return {
    router,
    attachBytes(windowId, port) {
      deliveries.attach(windowId, port, () => presence.detach(windowId));
      presence.attach(windowId);
    },
    async grant(paths, { announce = false } = {}) {
      const granted = await sources.grant(paths);
      if (announce) events.sourcesArrived(granted);
      return granted;
    },
    receiveUpload: ({ jobId, sourceId, index }, body) => jobs.uploadsOf(jobId).receive(sourceId, index, body),
    failUpload: ({ jobId, sourceId, index }, failure) => jobs.uploadsOf(jobId).fail(sourceId, index, failure),
    activeJobs: () => jobs.ids().filter((id) => jobs.find(id)?.active).length,
    async close() {
      presence.close();
      await jobs.close();
      events.close();
      deliveries.close();
      readings.close();
    },
  };
}
