/** The benchmarks' addon, bench/boundary/native: builds, loads and types it. */
import { createRequire } from 'node:module';
import os from 'node:os';
import { at, projectNode } from '../../scripts/setup/places.mjs';
import { run, step } from '../../scripts/setup/run.mjs';

/** Slots by name in `count` regions of `size` slots from `start` on. */
export interface RegionTable {
  readonly name: string;
  readonly start: number;
  readonly size: number;
  readonly count: number;
  readonly slots: Readonly<Record<string, number>>;
}

/** The same results in several forms; see native/results.h for what is in them. */
export interface ResultSet {
  /** Has the engine write them anew: [slab, length, slab, length, …]. */
  writeBatches(): number[];
  objects(): ResultObject[];
  /** The same without strings. */
  numbers(): ResultNumbers[];
  /** Both make the form natively and give its length; the two below hand over what was made last. */
  makeJson(): number;
  makeProtobuf(): number;
  json(): string;
  protobuf(target: Uint8Array): number;
}

export interface ResultNumbers {
  readonly size: number;
  readonly status: number;
  readonly flags: number;
  readonly modifiedMs: number;
}

export interface ResultObject extends ResultNumbers {
  readonly path: string;
  /** Hex; empty where there is an error. */
  readonly sha256: string;
  readonly error: string;
}

/** Batches of the same bytes, by way of slabs that come back or of new memory each. */
export interface Slabs {
  /** Takes a free slab, copies `length` bytes into it and gives its number. */
  fill(length: number): number;
  release(slab: number): void;
  /** A new ArrayBuffer, made natively, with the bytes in it. */
  make(length: number): ArrayBuffer;
  /** Copies the bytes to where JavaScript wants them. */
  fillThis(target: Uint8Array): void;
}

/** Paths one behind the other, and where each ends; what is done to all of them `times` times gives a number. */
type OverPaths = (bytes: Uint8Array, ends: Uint32Array, times: number) => number;

export interface BenchAddon {
  /** What the processor has spent on this thread, ns; on Windows, where that clock is coarse, of the monotonic clock. */
  threadNs(): number;
  // batches.cc
  readonly ResultSet: new (
    count: number,
    slabs: Uint8Array,
    slabBytes: number,
  ) => ResultSet;
  // calls.cc
  empty(): void;
  version(): string;
  layoutVersion(): number;
  algorithmNames(): string[];
  nameLookup(names: readonly string[]): (number: number) => string;
  statsReader(block: Uint8Array, tables: readonly RegionTable[]): () => Record<string, unknown>;
  statsSlot(block: Uint8Array, slot: number): number;
  // slabs.cc
  readonly Slabs: new (
    memory: Uint8Array,
    slabBytes: number,
  ) => Slabs;
  // paths.cc: take the paths in natively, and give the bytes of all
  pathsOfBuffer(bytes: Uint8Array, ends: Uint32Array): number;
  pathsOfArrays(paths: readonly Uint8Array[]): number;
  pathsOfStrings(paths: readonly string[]): number;
  asciiByEngine: OverPaths;
  asciiByWords: OverPaths;
  asciiByBytes: OverPaths;
  unitsOfEngine: OverPaths;
  unitsOneByOne: OverPaths;
}

/** Builds it in the folder of the product's addon, whose libraries it shares; ninja finds out what is stale. */
export async function ensureBenchAddon(): Promise<void> {
  const tool = at('node_modules', 'cmake-js', 'bin', 'cmake-js');
  const cores = String(os.availableParallelism());
  const build = ['build', '--target=hashlane_boundary', `--out=${at('build')}`, `--parallel=${cores}`];
  await step("Building the benchmarks' addon", () => run(projectNode(), [tool, ...build, '--log-level=warn']));
}

let loaded: BenchAddon | undefined;

export function benchAddon(): BenchAddon {
  loaded ??= createRequire(import.meta.url)(at('build', 'boundary', 'hashlane_boundary.node')) as BenchAddon;
  return loaded;
}
