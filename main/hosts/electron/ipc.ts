/**
 * The three messages a page can send to main by itself; everything else runs over the ports it gets
 * in answer. The only file that touches ipcMain, so that no handler is without its checks: the
 * sender must be the main frame of our own page, and the input must fit its schema.
 */
import { ipcMain, type WebContents, type WebFrameMain } from 'electron';
import * as z from 'zod';
import { type CommandName, commandNames } from '#shared/commands/commands.ts';
import type { Source } from '#shared/contract/models.ts';
import { limits } from '#shared/jobs/limits.ts';
import { availableChannel, connectChannel, type GrantAnswer, grantChannel } from './channels.ts';
import { isOwnPage } from './protocol.ts';

// guard: form of granted paths => const droppedPaths = z.any();
const droppedPaths = z.array(z.string().min(1).max(limits.pathLength)).max(limits.sources);

// guard: form of commands => const availableCommands = z.any();
const availableCommands = z.array(z.enum(commandNames)).max(commandNames.length);

export interface IpcHandlers {
  /** The page wants its ports. */
  connect(page: WebContents): void;
  /** The preload resolved what the person dropped. */
  grant(paths: string[]): Promise<Source[]>;
  /** What the menu can offer now. */
  available(commands: readonly CommandName[]): void;
}

/** `frame` is null when the page has gone meanwhile: nobody to answer. */
function isOwnFrame(frame: WebFrameMain | null): boolean {
  return frame !== null && /* guard: main frame */ frame.parent === null && /* guard: sender */ isOwnPage(frame.url);
}

export function listenToPages(handlers: IpcHandlers): void {
  ipcMain.on(connectChannel, (event) => {
    if (isOwnFrame(event.senderFrame)) handlers.connect(event.sender);
  });
  ipcMain.on(availableChannel, (event, input: unknown) => {
    const commands = isOwnFrame(event.senderFrame) ? availableCommands.safeParse(input) : null;
    if (commands?.success) handlers.available(commands.data);
  });
  ipcMain.handle(grantChannel, async (event, input: unknown): Promise<GrantAnswer> => {
    if (!isOwnFrame(event.senderFrame)) return { kind: 'refused', message: 'Only the Hashlane window may add files.' };
    const paths = droppedPaths.safeParse(input);
    if (!paths.success) {
      return {
        kind: 'refused',
        message: `At most ${limits.sources.toLocaleString('en')} files and folders can be dropped at once.`,
      };
    }
    return { kind: 'granted', sources: await handlers.grant(paths.data) };
  });
}
