/** Puts the host together: core, window, and the ways between them. */
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { app, nativeTheme, session } from 'electron';
import type { Source } from '#shared/contract/models.ts';
import { createApp } from '../../app/app.ts';
import { readSettings } from '../../app/system/settings.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import { showJobs } from './activity/shown-jobs.ts';
import { isAttended } from './arguments.ts';
import { whenAskedToAdd } from './asked-to-add.ts';
import { commandChannel } from './channels.ts';
import { describeAbout, revealLog } from './desktop.ts';
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
import { WindowKeeper } from './window-keeper.ts';

/** How often is asked whether a look for updates is due. */
const updatesEveryMs = 24 * 3600 * 1000;

export async function boot(): Promise<void> {
  const { log, file: logFile } = openLog(process.argv);
  logProblems(log);
  restrictPages();
  restrictSessions();
  servePage(session.defaultSession, path.join(app.getAppPath(), 'dist', 'renderer'));
  describeAbout();

  const keeper = new WindowKeeper({
    log,
    opened: (opened) => guardWindow(opened),
    pageGone: () => menu.setAvailable([]),
  });
  const window = () => keeper.window;
  const showWindow = (): void => keeper.show();

  const profile = app.getPath('userData');
  const recent = new RecentItems({
    file: path.join(profile, 'recent.json'),
    system: app,
    changed: () => menu.setRecent(recent.paths),
    failed: (error) => log.error('the recent items could not be kept', error),
  });
  const updater = await createUpdater(log);

  const dataFolder = path.join(profile, 'data');
  const { threads, memoryLimitMiB } = readSettings(dataFolder);
  const engine = loadEngine({ memoryLimit: memoryLimitMiB * 2 ** 20, ...(threads === null ? {} : { threads }) });
  const services = electronServices({
    window,
    picked: (paths) => recent.add(paths),
    canUpdate: updater !== null,
    logError: (error) => log.error('unexpected error', error),
  });
  const core = createApp({
    engine,
    dataFolder,
    services,
    version: app.getVersion(),
  });
  const self = createRouterClient(core.router, { context: { windowId: 'host' } });
  const updates = createUpdateFlow({
    updater,
    log,
    window,
    setUpdates: async (choice) => void (await self.settings.set({ updates: choice })),
  });

  const grant = async (paths: readonly string[], announce: boolean): Promise<Source[]> => {
    const granted = await core.grant(paths, { announce });
    recent.add(paths);
    return granted;
  };
  const grantFromOutside = (paths: readonly string[]): void => {
    showWindow();
    grant(paths, true).catch((error: unknown) => log.error('paths from outside were refused', error));
  };
  const menu = new AppMenu({
    command: (name) => window()?.webContents.send(commandChannel, name),
    openRecent: (item) => grantFromOutside([item]),
    clearRecent: () => recent.clear(),
    reload: () => keeper.reload(),
    revealLogs: () => revealLog(logFile),
    checkForUpdates: () => void updates.check(),
  });
  menu.setRecent(recent.paths);

  const ports = new WindowPorts(core, log);
  listenToPages({
    connect: (page) => ports.connect(page),
    grant: (paths) => grant(paths, false),
    available: (commands) => menu.setAvailable(commands),
  });

  const jobs = showJobs({
    window,
    showWindow,
    stats: engine.stats,
    log,
    settings: ({ theme }) => {
      nativeTheme.themeSource = theme;
    },
  });
  const guardWindow = guardQuitting({
    isAttended: isAttended(process.argv),
    isBusy: () => core.activeJobs() > 0,
    window,
    async close() {
      jobs.stop();
      await core.close();
      await engine.close();
      log.info('closed');
    },
    failed: (error) => log.error('closing failed', error),
  });

  showWindow();
  self.system
    .events()
    .then((events) => jobs.follow(events))
    .catch((error: unknown) => log.error('following the jobs failed', error));
  incomingPaths.deliverTo(grantFromOutside);
  whenAskedToAdd(() => {
    showWindow();
    services
      .pickFiles?.()
      .then((paths) => core.grant(paths, { announce: true }))
      .catch((error: unknown) => log.error('the files chosen were refused', error));
  });
  onStartedAgain(showWindow);
  if (isAttended(process.argv)) {
    const checkWhenDue = (): void => void updates.checkWhenDue(readSettings(dataFolder).updates);
    window()?.once('show', checkWhenDue);
    setInterval(checkWhenDue, updatesEveryMs).unref();
  }
}
