/** Where problems are noted: the log, and crash dumps that stay on this machine. */
import { app, crashReporter, type WebContents } from 'electron';
import { hasFlag } from './arguments.ts';
import { Log } from './log/log.ts';
import { LogFile } from './log/log-file.ts';

/** Minidumps go to the profile and nowhere else. As early as possible: what crashes before leaves none. */
export function keepCrashDumps(): void {
  crashReporter.start({ uploadToServer: false, ignoreSystemCrashHandler: false });
}

/** @param argv `--log-paths` lets names of files into the log */
export function openLog(argv: readonly string[]): { log: Log; file: string } {
  const file = new LogFile(app.getPath('logs'), 'hashlane');
  const log = new Log({
    file,
    namesPaths: hasFlag(argv, 'log-paths'),
    echo: (text) => console.error(text),
  });
  const { electron, chrome, node } = process.versions;
  const runtime = `Electron ${electron}, Chromium ${chrome}, Node ${node}`;
  log.info(`Hashlane ${app.getVersion()} on ${process.platform} ${process.arch}, ${runtime}`);
  return { log, file: file.path };
}

/** Notes what goes wrong anywhere in the app's processes. */
export function logProblems(log: Log): void {
  // A message that nobody can make sense of is a rejected promise somewhere in a transport: no reason to end.
  process.on('unhandledRejection', (reason) => log.error('unhandled rejection', reason));
  process.on('uncaughtExceptionMonitor', (error) => log.error('uncaught exception', error));
  app.on('child-process-gone', (_event, { type, reason, exitCode, serviceName }) => {
    if (reason !== 'clean-exit')
      log.error(`${type} process${serviceName ? ` ${serviceName}` : ''} ended: ${reason}, ${exitCode}`);
  });
  app.on('web-contents-created', (_event, page) => logPage(page, log));
}

/** Errors of the page's console. Electron 35 has moved the details onto the event; this runs on 33 too. */
function logPage(page: WebContents, log: Log): void {
  page.on('console-message', (event: object, legacyLevel?: unknown, legacyMessage?: unknown) => {
    const { level, message } = event as { level?: unknown; message?: unknown };
    const isError = level === undefined ? legacyLevel === 3 : level === 'error';
    if (isError) log.error('page', String(message ?? legacyMessage));
  });
}
