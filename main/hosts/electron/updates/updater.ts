/** What can look for, fetch and install a new version: electron-updater in a package that has a feed. */
export interface Release {
  readonly version: string;
}

export interface Updater {
  /** null when this is the newest. Fetches nothing but the feed. Throws when it cannot be reached. */
  check(): Promise<Release | null>;
  /** Fetches what `check` has found. */
  download(): Promise<void>;
  /** Quits, installs and starts the new version. */
  install(): void;
}
