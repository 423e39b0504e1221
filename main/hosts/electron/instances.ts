/**
 * One Hashlane per profile: a further start hands its paths to the running one and ends. On macOS
 * the Finder does the same by an event of its own.
 */
import { app } from 'electron';
import * as z from 'zod';
import { limits } from '#shared/jobs/limits.ts';
import { pathsOfArguments } from './arguments.ts';
import { IncomingPaths } from './incoming-paths.ts';

const handedOver = z.object({ paths: z.array(z.string().max(limits.pathLength)).max(limits.sources) });

export const incomingPaths = new IncomingPaths();

/** What a further start does to the window, once there is one. */
let startedAgain: () => void = () => undefined;

/**
 * False when another instance runs, which has the paths then. Must be called before `ready`: the
 * file that starts the app on macOS comes earlier.
 */
export function becomeOnlyInstance(paths: readonly string[]): boolean {
  // The lock lives in the profile: another `--user-data-dir` is another Hashlane.
  if (!app.requestSingleInstanceLock({ paths })) return false;
  incomingPaths.add(paths);
  app.on('open-file', (event, path) => {
    event.preventDefault();
    incomingPaths.add([path]);
  });
  app.on('second-instance', (_event, argv, cwd, data) => {
    const parsed = handedOver.safeParse(data);
    // Electron loses the data of some starts on the way (seen with 33 on Linux); the arguments arrive.
    const handed = parsed.success
      ? parsed.data.paths
      : pathsOfArguments(argv, { cwd, hasAppArgument: process.defaultApp === true });
    incomingPaths.add(handed);
    startedAgain();
  });
  return true;
}

export function onStartedAgain(listener: () => void): void {
  startedAgain = listener;
}
