/** Puts the host together: core, window, and the ways between them. */
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { app, type BrowserWindow, session } from 'electron';
import { createApp } from '../../app/app.ts';
import { readSettings } from '../../app/settings.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import { Activity } from './activity.ts';
import { whenAskedToAdd } from './asked-to-add.ts';
import { electronServices } from './dialogs.ts';
import { incomingPaths } from './incoming-paths.ts';
import { listenToPages } from './ipc.ts';
import { setMenu } from './menu.ts';
import { WindowPorts } from './ports.ts';
import { servePage } from './protocol.ts';
import { askBeforeClosing, closeBeforeQuitting } from './quitting.ts';
import { restrictPages, restrictSession } from './security.ts';
import { bringToFront, openWindow } from './window.ts';

export function boot(): void {
  // A message that nobody can make sense of is a rejected promise somewhere in a transport: no reason to end.
  process.on('unhandledRejection', (reason) => console.error(reason));

  let window: BrowserWindow | undefined;
  const current = (): BrowserWindow | undefined => window;
  const dataFolder = path.join(app.getPath('userData'), 'data');
  const { threads, memoryLimitMiB } = readSettings(dataFolder);
  const engine = loadEngine({ memoryLimit: memoryLimitMiB * 2 ** 20, ...(threads === null ? {} : { threads }) });
  const services = electronServices(current);
  const core = createApp({
    engine,
    dataFolder,
    services,
    version: app.getVersion(),
  });
  const activity = new Activity(current, engine.stats);
  const ports = new WindowPorts(core);

  restrictPages();
  restrictSession(session.defaultSession);
  servePage(session.defaultSession, path.join(app.getAppPath(), 'dist', 'renderer'));
  setMenu();
  listenToPages({ connect: (page) => ports.connect(page), grant: (paths) => core.grant(paths) });

  const open = (): void => {
    window = openWindow();
    askBeforeClosing(window, () => core.activeJobs() > 0);
    window.on('closed', () => {
      window = undefined;
    });
  };
  open();

  const self = createRouterClient(core.router, { context: { windowId: 'host' } });
  void self.system.events().then((events) => activity.follow(events));
  incomingPaths.deliverTo((paths) => {
    if (window) bringToFront(window);
    void core.grant(paths, { announce: true });
  });
  whenAskedToAdd(() => {
    if (window) bringToFront(window);
    void services.pickFiles?.().then((paths) => core.grant(paths, { announce: true }));
  });

  app.on('activate', () => {
    if (!window) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  closeBeforeQuitting(async () => {
    activity.stop();
    await core.close();
    await engine.close();
  });
}
