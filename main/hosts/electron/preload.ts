/**
 * The bridge between the page and main, and all that the page gets. Paths are resolved here from
 * live `File` objects: one made by a script has no path, so a page cannot name what was not dropped.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { CommandName } from '#shared/commands/commands.ts';
import { type Bridge, portsMessage } from '#shared/contract/bridge.ts';
import type { Source } from '#shared/contract/models.ts';
import {
  availableChannel,
  commandChannel,
  connectChannel,
  type GrantAnswer,
  grantChannel,
  portsChannel,
} from './channels.ts';

let onCommand: ((name: CommandName) => void) | null = null;

const bridge: Bridge = {
  platform: process.platform,
  connect: () => ipcRenderer.send(connectChannel),
  grantDropped: async (files: File[]): Promise<Source[]> => {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    const answer: GrantAnswer = await ipcRenderer.invoke(grantChannel, paths);
    if (answer.kind === 'refused') throw new Error(answer.message);
    return answer.sources;
  },
  onCommand: (listener) => {
    onCommand = listener;
  },
  tellCommands: (available) => ipcRenderer.send(availableChannel, [...available]),
};

ipcRenderer.on(commandChannel, (_event, name: CommandName) => onCommand?.(name));

// A port cannot pass the bridge; a window message carries it to the page's own world.
ipcRenderer.on(portsChannel, ({ ports }) => window.postMessage(portsMessage, '*', ports));
contextBridge.exposeInMainWorld('hashlane', bridge);
