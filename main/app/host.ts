/**
 * The seam between the core and whoever hosts it. The core knows no Electron and no HTTP: it asks
 * its host for what only a host can do, and offers it a router, byte channels and grants.
 */
import type { Source, UploadFailure } from '#shared/contract/models.ts';
import type { AppRouter } from './contract/router.ts';
import type { ResultDocument } from './results/exports.ts';

/** What a host lends to the core. Absent members are answered with FORBIDDEN. */
export interface HostServices {
  readonly kind: 'electron' | 'web';
  /** Absolute paths; empty when the person cancelled. */
  pickFiles?(): Promise<string[]>;
  pickFolder?(): Promise<string[]>;
  /** An absolute path, or null when the person cancelled. */
  chooseExportFile?(suggestedName: string): Promise<string | null>;
  /** Where the page itself fetches exports: the URL from which it gets this one, once. */
  offerDownload?(document: ResultDocument): string;
  reveal?(path: string): void;
  /** On the web host paths are typed and folders browsed; in Electron the page must not name any. */
  readonly acceptsTypedPaths: boolean;
  /** The page may send files' bytes; the host passes them to `App.receiveUpload`. */
  readonly acceptsUploads?: boolean;
  /** There is a release feed, which can be asked for new versions. */
  readonly canUpdate?: boolean;
  /** Errors that nobody foresaw; windows are told only that there was one. */
  logError?(error: unknown): void;
}

/** One end of a byte channel, whatever carries it. */
export interface BytePort {
  /** Copies the bytes before it returns: they lie in memory that others write to, shared memory perhaps. */
  post(frame: Uint8Array): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** Names one entry of a declared upload in a running job. */
export interface UploadTarget {
  readonly jobId: number;
  readonly sourceId: string;
  /** Index of the entry in what was declared. */
  readonly index: number;
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
  /**
   * Hashes an uploaded file from `body`, taking bytes no faster than the engine does. When it
   * throws, the rest of `body` is the caller's to dispose of. Throws Problem: NOT_FOUND, CONFLICT
   * (sent before, or the job has ended), UPLOAD_ABORTED (other bytes than declared).
   */
  receiveUpload(target: UploadTarget, body: AsyncIterable<Uint8Array>): Promise<void>;
  /** Records that the page cannot send this entry. Throws Problem: NOT_FOUND, CONFLICT. */
  failUpload(target: UploadTarget, failure: UploadFailure): Promise<void>;
  /** Jobs that have not ended: what quitting would interrupt. */
  activeJobs(): number;
  /**
   * Cancels what runs, waits for the engine's jobs, closes the windows' channels and removes the
   * journals. The engine itself is its owner's to close, afterwards.
   */
  close(): Promise<void>;
}
