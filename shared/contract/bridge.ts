/**
 * What Electron's preload puts on `window.hashlane`, and nothing more. On the web host the object
 * is absent, which is how the renderer tells where it runs.
 */
import type { CommandName } from '../commands/commands.ts';
import type { Source } from './models.ts';

export interface Bridge {
  readonly platform: string;
  /**
   * Asks main for fresh ports. They arrive as a window message whose data is `portsMessage`, with
   * the contract's port first and the byte channel's second.
   */
  connect(): void;
  /**
   * Grants what the person dropped. Takes live `File` objects: the preload itself turns them into
   * paths, so the page cannot name one that was not dropped.
   */
  grantDropped(files: File[]): Promise<Source[]>;
  /** Commands chosen in the menu. The last listener gets them; null ends it. */
  onCommand(listener: ((name: CommandName) => void) | null): void;
  /** The commands that the menu can offer now. */
  tellCommands(available: readonly CommandName[]): void;
}

/** In the page's address, once: the page before this one ended unexpectedly. */
export const recoveredParameter = 'recovered';

export const portsMessage = 'hashlane:ports';

/** The subprotocol of the web host's sockets. */
export const socketProtocol = 'hashlane';

/** Begins the subprotocol by which a page shows that it holds the session's secret. */
export const socketSecretPrefix = 'hashlane.secret.';

/** In the fragment of a printed address: a token that can be exchanged for the secret once. */
export const tokenParameter = 'token';

/** Where the web host listens for what a port carries in Electron. */
export const webRoutes = {
  contract: '/rpc',
  bytes: '/bytes',
  /** POST, body a token: answers with the session's secret. GET: 204 as long as the secret is valid. */
  session: '/session',
  /**
   * POST, body the file's bytes: `/upload/<job id>/<source id>/<entry index>`; or no body and
   * `?failed=<uploadFailure>` for a file that will not come.
   */
  upload: '/upload',
  /** GET, answers a file: the URL comes from `results.export`. */
  export: '/export',
} as const;
