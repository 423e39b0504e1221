/**
 * Where Electron starts. Only what must happen before `ready` stands here: schemes can be
 * registered, the profile chosen and the sandbox enforced no later. Everything else is imported
 * once Electron is ready; awaiting `whenReady` at the top level of a module would never return.
 */
import { app, dialog } from 'electron';
import { isAttended, pathsOfArguments } from './arguments.ts';
import { incomingPaths } from './incoming-paths.ts';
import { registerSchemes } from './protocol.ts';

// Root has to start Electron with --no-sandbox, which this call would take back: nothing would run.
if (!process.argv.includes('--no-sandbox')) app.enableSandbox();
registerSchemes();

const paths = pathsOfArguments(process.argv, { cwd: process.cwd(), hasAppArgument: process.defaultApp === true });

// The lock lives in the profile: another `--user-data-dir` is another Hashlane.
if (app.requestSingleInstanceLock({ paths })) {
  incomingPaths.add(paths);
  incomingPaths.listen();
  app
    .whenReady()
    .then(() => import('./boot.ts'))
    .then(({ boot }) => boot())
    .catch((error: unknown) => {
      console.error(error);
      if (isAttended(process.argv)) dialog.showErrorBox('Hashlane cannot start', String(error));
      app.exit(1);
    });
} else {
  app.exit(0);
}
