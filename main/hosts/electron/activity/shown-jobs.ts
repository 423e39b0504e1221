/** All that shows the system what the jobs do. */
import { type BrowserWindow, powerSaveBlocker } from 'electron';
import type { Settings } from '#shared/contract/models.ts';
import { isSeen, notify } from '../desktop.ts';
import type { Log } from '../log/log.ts';
import { EndNotice } from './end-notice.ts';
import { JobLog } from './job-log.ts';
import { JobWatch } from './job-watch.ts';
import { SleepBlock } from './sleep-block.ts';
import { Taskbar } from './taskbar.ts';

export interface ShownJobsOptions {
  window(): BrowserWindow | undefined;
  showWindow(): void;
  /** The engine's live block. */
  readonly stats: Uint8Array;
  readonly log: Log;
  settings(settings: Settings): void;
}

export function showJobs({ window, showWindow, stats, log, settings }: ShownJobsOptions): JobWatch {
  return new JobWatch([
    new SleepBlock(powerSaveBlocker),
    new Taskbar(window, stats),
    new EndNotice({
      isSeen: () => isSeen(window()),
      show: (title, body) => notify(title, body, showWindow, log),
    }),
    new JobLog(log),
    { settings },
  ]);
}
