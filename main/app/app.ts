/** Puts the core together: one engine, one data folder, any number of windows. */
import type { Engine } from '../engine/engine.ts';
import { JournalFolder } from '../store/journal-folder.ts';
import { type TaskRegistry, taskKinds } from '../tasks/registry.ts';
import { createRouter } from './contract/router.ts';
import type { App, HostServices } from './host.ts';
import { JobService } from './jobs/job-service.ts';
import { SourceList } from './sources/sources.ts';
import { ProcessReadings } from './system/process-readings.ts';
import { SettingsStore } from './system/settings.ts';
import { describeSystem } from './system/system-description.ts';
import { Delivery } from './windows/delivery.ts';
import { EventHub } from './windows/events.ts';
import { WindowPresence } from './windows/window-presence.ts';

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
  const { engine, services, dataFolder, version, windowGraceMs = 15_000, tasks = taskKinds } = options;
  const deliveries = new Map<string, Delivery>();
  const wakeAll = (): void => {
    for (const delivery of deliveries.values()) delivery.wake();
  };

  const journals = JournalFolder.open(dataFolder);
  const sources = new SourceList();
  const settings = new SettingsStore(dataFolder, () => events.settingsChanged());
  const jobs = new JobService(engine, tasks, sources, journals, {
    changed: (job) => {
      events.jobChanged(job.id);
      wakeAll();
    },
    batchWritten: (job, sequence, batch) => {
      for (const delivery of deliveries.values()) delivery.batchWritten(job, sequence, batch);
    },
    forgotten: (ids) => events.jobsForgotten(ids),
  });
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
    sources,
    settings,
    events,
    process: (windowId) => readings.read(deliveries.get(windowId)?.unacknowledged ?? 0),
    expectWindow: (windowId) => presence.expect(windowId),
  });

  return {
    router,
    attachBytes(windowId, port) {
      // A socket that breaks is replaced before its end is noticed: a window has one channel.
      deliveries.get(windowId)?.close();
      const delivery = new Delivery(port, { job: (id) => jobs.find(id), stats: engine.stats });
      deliveries.set(windowId, delivery);
      presence.attach(windowId);
      port.onClose(() => {
        if (deliveries.get(windowId) === delivery) deliveries.delete(windowId);
        presence.detach(windowId);
      });
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
      for (const delivery of deliveries.values()) delivery.close();
      readings.close();
      await journals.remove();
    },
  };
}
