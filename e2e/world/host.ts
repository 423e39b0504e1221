/** What differs between the hosts, as a person sees them. */
import type { Page } from '@playwright/test';

export interface Host {
  readonly kind: 'electron' | 'web';
  readonly page: Page;
  /** Adds folders by the button, the native dialog or the page's own. */
  addFolder(folder: string): Promise<void>;
  /** Adds files by the button. */
  addFiles(files: readonly string[]): Promise<void>;
  /** Does what makes an export and gives back the bytes that were saved. */
  saved(act: () => Promise<void>): Promise<Buffer>;
  clipboardText(): Promise<string>;
  close(): Promise<void>;
}

export interface HostOptions {
  /** A folder for whatever the host keeps and writes. */
  readonly scratch: string;
  /** Paths on the command line. */
  readonly paths: readonly string[];
}
