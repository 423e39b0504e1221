/** Puts the host together: core, window, and the ways between them. */
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { app, nativeTheme, powerSaveBlocker, session } from 'electron';
import type { Settings } from '#shared/contract/models.ts';
import { createApp } from '../../app/app.ts';
import { readSettings } from '../../app/settings.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import { EndNotice } from './activity/end-notice.ts';
import { JobLog } from './activity/job-log.ts';
import { JobWatch } from './activity/job-watch.ts';
import { SleepBlock } from './activity/sleep-block.ts';
import { Taskbar } from './activity/taskbar.ts';
import { isAttended } from './arguments.ts';
import { commandChannel } from './channels.ts';
import { describeAbout, isSeen, notify, revealLog } from './desktop.ts';
import { logProblems, openLog } from './diagnostics.ts';
import { electronServices } from './dialogs.ts';
import { incomingPaths, onStartedAgain } from './instances.ts';
import { listenToPages } from './ipc.ts';
import { AppMenu } from './menu/menu.ts';
import { RecentItems } from './menu/recent-items.ts';
import { WindowPorts } from './ports.ts';
import { servePage } from './protocol.ts';
import { guardQuitting } from './quitting.ts';
import { restrictPages, restrictSessions } from './security.ts';
import { createUpdater } from './updates/electron-updater.ts';
import { createUpdateFlow } from './updates/updates.ts';
import { AppWindow } from './window.ts';

/** How often is asked whether a look for updates is due. */
const updatesEveryMs = 24 * 3600 * 1000;

export async function boot(): Promise<void> {
  const { log, file: logFile } = openLog(process.argv);
  logProblems(log);
  restrictPages();
  restrictSessions();
  servePage(session.defaultSession, path.join(app.getAppPath(), 'dist', 'renderer'));
  describeAbout();

  let shown: AppWindow | undefined;
  const window = () => shown?.window;
  const dataFolder = path.join(app.getPath('userData'), 'data');
  const { threads, memoryLimitMiB } = readSettings(dataFolder);
  const engine = loadEngine({ memoryLimit: memoryLimitMiB * 2 ** 20, ...(threads === null ? {} : { threads }) });
  const updater = await createUpdater(log);

  const recent = new RecentItems({
    file: path.join(app.getPath('userData'), 'recent.json'),
    system: app,
    changed: () => menu.setRecent(recent.paths),
    failed: (error) => log.error('the recent items could not be kept', error),
  });
  const core = createApp({
    engine,
    dataFolder,
    services: electronServices({
      window,
      picked: (paths) => recent.add(paths),
      canUpdate: updater !== null,
      logError: (error) => log.error('unexpected error', error),
    }),
    version: app.getVersion(),
  });
  const self = createRouterClient(core.router, { context: { windowId: 'host' } });
  const updates = createUpdateFlow({
    updater,
    log,
    window,
    setUpdates: async (choice) => void (await self.settings.set({ updates: choice })),
  });

  const grant = (paths: readonly string[], announce = false) => {
    recent.add(paths);
    return core.grant(paths, { announce });
  };
  const grantFromOutside = (paths: readonly string[]): void => {
    showWindow();
    grant(paths, true).catch((error: unknown) => log.error('paths from outside were refused', error));
  };
  const menu = new AppMenu({
    command: (name) => window()?.webContents.send(commandChannel, name),
    openRecent: (item) => grantFromOutside([item]),
    clearRecent: () => recent.clear(),
    reload: () => shown?.reload(),
    revealLogs: () => revealLog(logFile),
    checkForUpdates: () => void updates.check(),
  });
  menu.setRecent(recent.paths);

  const ports = new WindowPorts(core, log);
  listenToPages({
    connect: (page) => ports.connect(page),
    grant: (paths) => grant(paths),
    available: (commands) => menu.setAvailable(commands),
  });

  const guardWindow = guardQuitting({
    isAttended: isAttended(process.argv),
    isBusy: () => core.activeJobs() > 0,
    window,
    async close() {
      watch.stop();
      await core.close();
      await engine.close();
      log.info('closed');
    },
    failed: (error) => log.error('closing failed', error),
  });
  const showWindow = (): void => {
    if (shown !== undefined) {
      shown.bringToFront();
      return;
    }
    const opened = new AppWindow(log);
    shown = opened;
    guardWindow(opened.window);
    const unavailable = (): void => menu.setAvailable([]);
    opened.window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) unavailable();
    });
    opened.window.webContents.on('render-process-gone', unavailable);
    opened.window.on('closed', () => {
      shown = undefined;
      unavailable();
    });
  };
  showWindow();

  let updateChoice: Settings['updates'] = 'never';
  const watch = new JobWatch([
    new SleepBlock(powerSaveBlocker),
    new Taskbar(window, engine.stats),
    new EndNotice({
      isSeen: () => isSeen(window()),
      show: (title, body) => notify(title, body, showWindow, log),
    }),
    new JobLog(log),
    {
      settings: (settings) => {
        nativeTheme.themeSource = settings.theme;
        updateChoice = settings.updates;
      },
    },
  ]);
  self.system
    .events()
    .then((events) => watch.follow(events))
    .catch((error: unknown) => log.error('following the jobs failed', error));

  if (isAttended(process.argv)) {
    setInterval(() => void updates.checkWhenDue(updateChoice), updatesEveryMs).unref();
    window()?.once('show', () => void updates.checkWhenDue(readSettings(dataFolder).updates));
  }

  incomingPaths.deliverTo(grantFromOutside);
  onStartedAgain(showWindow);
  app.on('activate', showWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}
