/**
 * The seam between the core and whoever hosts it. The core knows no Electron and no HTTP: it asks
 * its host for what only a host can do, and offers it a router, byte channels and grants.
 */
import type { Source } from '#shared/contract/models.ts';
import type { AppRouter } from './router.ts';

/** What a host lends to the core. Absent members are answered with FORBIDDEN. */
export interface HostServices {
  readonly kind: 'electron' | 'web';
  /** Absolute paths; empty when the person cancelled. */
  pickFiles?(): Promise<string[]>;
  pickFolder?(): Promise<string[]>;
  /** An absolute path, or null when the person cancelled. */
  chooseExportFile?(suggestedName: string): Promise<string | null>;
  reveal?(path: string): void;
  /** On the web host paths are typed and folders browsed; in Electron the page must not name any. */
  readonly acceptsTypedPaths: boolean;
}

/** One end of a byte channel, whatever carries it. */
export interface BytePort {
  /** Copies or takes the bytes before it returns. */
  post(frame: Uint8Array): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

export interface App {
  /** One router for all windows; the context names the window, so that credits are told apart. */
  readonly router: AppRouter;
  /** Serves a window's byte channel until it closes. `windowId` ties it to its contract calls. */
  attachBytes(windowId: string, port: BytePort): void;
  /**
   * Makes sources of paths that the person chose outside the page: dialogs, drops resolved by the
   * preload, the command line. With `announce` every window is told (`sources` event). A path that
   * does not exist still becomes a source: hashing it reports it as missing.
   */
  grant(paths: readonly (string | Uint8Array)[], options?: { announce?: boolean }): Promise<Source[]>;
  /** Cancels what runs, waits for the engine, flushes journals. */
  close(): Promise<void>;
}
