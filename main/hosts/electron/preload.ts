/**
 * The bridge between the page and main, and all that the page gets. Paths are resolved here from
 * live `File` objects: one made by a script has no path, so a page cannot name what was not dropped.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { type CommandName, commandNames } from '#shared/commands/commands.ts';
import { type Bridge, portsMessage } from '#shared/contract/bridge.ts';
import type { Source } from '#shared/contract/models.ts';
import { limits } from '#shared/jobs/limits.ts';
import {
  availableChannel,
  commandChannel,
  connectChannel,
  type GrantAnswer,
  grantChannel,
  portsChannel,
} from './channels.ts';
import { plainArray, plainListener, plainStrings } from './preload-arguments.ts';

let onCommand: ((name: CommandName) => void) | null = null;

const bridge: Bridge = {
  platform: process.platform,
  connect: () => ipcRenderer.send(connectChannel),
  grantDropped: async (files: File[]): Promise<Source[]> => {
    // guard: plain arguments => const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    const paths = pathsOf(plainArray(files, limits.sources));
    const answer: GrantAnswer = await ipcRenderer.invoke(grantChannel, paths);
    if (answer.kind === 'refused') throw new Error(answer.message);
    return answer.sources;
  },
  onCommand: (listener) => {
    onCommand = plainListener(listener);
  },
  tellCommands: (available) => ipcRenderer.send(availableChannel, plainStrings(available, commandNames.length)),
};

/** Only files that a person chose have a path; Electron itself looks inside, no property of theirs counts. */
function pathsOf(files: readonly unknown[]): string[] {
  const paths: string[] = [];
  for (let index = 0; index < files.length; index++) {
    // guard: paths of files made by script => const path = (files[index] as { path?: string }).path ?? '';
    const path = webUtils.getPathForFile(files[index] as File);
    if (path !== '') paths.push(path);
  }
  return paths;
}

ipcRenderer.on(commandChannel, (_event, name: CommandName) => onCommand?.(name));

// A port cannot pass the bridge; a window message carries it to the page's own world.
ipcRenderer.on(portsChannel, ({ ports }) => window.postMessage(portsMessage, '*', ports));
contextBridge.exposeInMainWorld('hashlane', bridge);
