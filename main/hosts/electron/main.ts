/**
 * Where Electron starts. Only what must happen before `ready` stands here: schemes can be
 * registered, the profile chosen and the sandbox enforced no later. Everything else is imported
 * once Electron is ready; awaiting `whenReady` at the top level of a module would never return.
 */
import { app, dialog } from 'electron';
import { describeStartFailure } from '../../base/start-failure.ts';
import { hasFlag, isAttended, pathsOfArguments } from './arguments.ts';
import { keepCrashDumps } from './diagnostics.ts';
import { becomeOnlyInstance } from './instances.ts';
import { registerSchemes } from './protocol.ts';

// Root has to start Electron with --no-sandbox, which this call would take back: nothing would run.
if (!hasFlag(process.argv, 'no-sandbox')) app.enableSandbox();
registerSchemes();
keepCrashDumps();

const paths = pathsOfArguments(process.argv, { cwd: process.cwd(), hasAppArgument: process.defaultApp === true });

if (becomeOnlyInstance(paths)) {
  app
    .whenReady()
    .then(() => import('./boot.ts'))
    .then(({ boot }) => boot())
    .catch((error: unknown) => {
      console.error(error);
      if (isAttended(process.argv)) dialog.showErrorBox('Hashlane cannot start', `${describeStartFailure(error)}.`);
      app.exit(1);
    });
} else {
  app.exit(0);
}
