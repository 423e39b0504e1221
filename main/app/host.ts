/**
 * The seam between the core and whoever hosts it. The core knows no Electron and no HTTP: it asks
 * its host for what only a host can do, and offers it a router, byte channels and grants.
 */
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
  /** The only folder that the page may list and type paths of, absolute and without links; absent: all. */
  readonly rootFolder?: string;
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
