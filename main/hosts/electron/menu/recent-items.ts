/**
 * What was added last, for the menu: paths that a person chose, newest first. Kept in the profile,
 * readable by its owner alone, and gone when it is cleared.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { limits } from '#shared/jobs/limits.ts';

const most = 10;

const recentFile = z.array(z.string().min(1).max(limits.pathLength)).max(most);

export interface SystemRecents {
  /** Absent where the system keeps no list of recent documents. */
  addRecentDocument?(path: string): void;
  clearRecentDocuments?(): void;
}

export interface RecentItemsOptions {
  /** Where the list is kept. */
  readonly file: string;
  readonly system: SystemRecents;
  readonly changed: () => void;
  /** The list cannot be written; it holds until the program ends. */
  readonly failed: (error: unknown) => void;
}

export class RecentItems {
  readonly #options: RecentItemsOptions;
  #paths: readonly string[];

  constructor(options: RecentItemsOptions) {
    this.#options = options;
    this.#paths = read(options.file);
  }

  get paths(): readonly string[] {
    return this.#paths;
  }

  /** Of a large drop the first ones count. */
  add(paths: readonly string[]): void {
    const added = paths.slice(0, most);
    if (added.length === 0) return;
    this.#paths = [...new Set([...added, ...this.#paths])].slice(0, most);
    for (const path of added) this.#options.system.addRecentDocument?.(path);
    this.#keep(() => writeFileSync(this.#options.file, JSON.stringify(this.#paths), { mode: 0o600 }));
  }

  clear(): void {
    this.#paths = [];
    this.#options.system.clearRecentDocuments?.();
    this.#keep(() => rmSync(this.#options.file, { force: true }));
  }

  #keep(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#options.failed(error);
    }
    this.#options.changed();
  }
}

/** Empty when nothing was kept yet or the file is damaged: of no consequence. */
function read(file: string): readonly string[] {
  try {
    return recentFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}
