/** Finds and loads the addon, and says what it looks like. The only file that loads a `.node`. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KnownFilesTable } from '#shared/batch/known-files.ts';
import type { WalkOptions } from '#shared/jobs/walk-options.ts';
import type { Shard } from '#shared/shards/shard.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { EngineError, type KernelInfo } from './engine.ts';

export interface AddonJobSpec extends WalkOptions {
  id: number;
  roots: readonly Uint8Array[];
  algorithmIds: readonly number[];
  walkOrder: boolean;
  filesOnly: boolean;
  filterRoots: boolean;
  listOnly?: boolean;
  listed?: boolean;
  shard?: Shard;
  countAhead: boolean;
  feeds: number;
  feedBytes: number;
  interactive: boolean;
  identities?: boolean;
  known?: KnownFilesTable;
}

export interface AddonJobEnd {
  /** `failed`: the engine had no memory or no thread to go on with; results are missing. */
  state: 'finished' | 'cancelled' | 'failed';
  files: number;
  bytes: number;
  ok: number;
  failed: number;
  skipped: number;
  filteredOut: number;
  elapsedMs: number;
}

/** What the engine says, always on the JavaScript thread. */
export interface AddonListener {
  (kind: 'batch', jobId: number, slab: number, length: number): void;
  (kind: 'feed', feedId: number, taken: boolean): void;
  (kind: 'end', jobId: number, end: AddonJobEnd): void;
}

export interface AddonEngine {
  start(spec: AddonJobSpec): { id: number; slot: number };
  pause(jobId: number): void;
  resume(jobId: number): void;
  cancel(jobId: number): void;
  /** 0 when the job takes no further feed. */
  openFeed(jobId: number, name: Uint8Array, root: number, size: number | undefined): number;
  /** The three below answer whether the operation was accepted; the listener hears when it is done. */
  writeFeed(feedId: number, bytes: Uint8Array): boolean;
  endFeed(feedId: number): boolean;
  abortFeed(feedId: number, errorNumber: number): boolean;
  releaseSlab(slab: number): void;
  /** One job less keeps the process alive. */
  unref(): void;
  /** Joins the engine's threads, save those that wait for a device which does not answer. */
  close(): void;
}

export interface Addon {
  readonly version: string;
  readonly batchLayoutVersion: number;
  readonly statsSlots: number;
  readonly cpu: readonly string[];
  /** Measures what it has to choose between, at the first call: some 20 ms. */
  readonly kernels: () => readonly KernelInfo[];
  /** What HASHLANE_KERNELS says, empty where it is not set, and what it may say on this processor. */
  readonly kernelsChoice: { asked: string; valid: boolean; allowed: readonly string[] };
  readonly algorithms: readonly { id: number; name: string; digestLength: number }[];
  /** How many bytes behind a multiple of 64 the array begins in memory. */
  readonly alignmentOf: (bytes: Uint8Array) => number;
  /** Bytes a second, 0 where there is no kernel. Ends early once the shared byte `stop` is not 0. */
  readonly measureSpeed: (
    algorithmId: number,
    milliseconds: number,
    stop: Uint8Array,
  ) => Promise<{ singleStream: number; lanes: number }>;
  readonly Engine: new (options: {
    threads: number;
    memoryLimit: number;
    giveUpAfterMs?: number;
    slabs: Uint8Array;
    slabBytes: number;
    stats: Uint8Array;
    listener: AddonListener;
  }) => AddonEngine;
}

/** In the checkout and in packages; and where npm puts the optional dependency for this platform. */
const files = [
  path.join('build', 'Release', 'hashlane.node'),
  path.join('node_modules', '@hashlane', `addon-${process.platform}-${process.arch}`, 'hashlane.node'),
];

/** The addon's path: in the checkout, unpacked beside the packaged app's archive, or of npm's package for this platform. */
export function findAddon(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const unpacked = folder.replace(/app\.asar(?=$|[\\/])/, 'app.asar.unpacked');
    const candidate = files.map((file) => path.join(unpacked, file)).find((file) => existsSync(file));
    if (candidate !== undefined) return candidate;
    const parent = path.dirname(folder);
    if (parent === folder) break;
    folder = parent;
  }
  throw new EngineError('ADDON_MISSING', `The native engine is missing. ${remedy()}`);
}

/**
 * Loads the addon. Throws EngineError ADDON_MISSING or ADDON_UNLOADABLE, which says what to do, or
 * UNKNOWN_KERNELS where HASHLANE_KERNELS names no kernels that this processor runs.
 */
export function loadAddon(): Addon {
  const addon = requireAddon(findAddon());
  const { asked, valid, allowed } = addon.kernelsChoice;
  if (!valid) {
    throw new EngineError(
      'UNKNOWN_KERNELS',
      `HASHLANE_KERNELS is "${makeVisible(asked)}". On this processor it may be ${allowed.join(', ')}, or not set at all.`,
    );
  }
  return addon;
}

/** What a person does about an engine that is missing or of another build: in the packaged app there is nothing to build. */
export function remedy(here = import.meta.url): string {
  return isPackaged(here)
    ? 'Install Hashlane again.'
    : 'Delete the folder build and run `npm start` or `npm test`; both build the engine.';
}

function isPackaged(here: string): boolean {
  return /[\\/]app\.asar(\.unpacked)?[\\/]/.test(here);
}

function requireAddon(found: string): Addon {
  try {
    return createRequire(import.meta.url)(found) as Addon;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError(
      'ADDON_UNLOADABLE',
      `The native engine does not load on this machine (${reason}). ${remedy()}`,
    );
  }
}
