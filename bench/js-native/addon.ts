/** The benchmarks' addon, bench/js-native/native: builds, loads and types it. */
import { createRequire } from 'node:module';
import os from 'node:os';
import { fromRoot, projectNode } from '../../scripts/setup/paths.mjs';
import { run, step } from '../../scripts/setup/run.mjs';

export interface ResultObject {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  readonly status: number;
}

export interface BenchAddon {
  /** What the processor has spent on this thread, ns; on Windows, where that clock is coarse, of the monotonic clock. */
  threadNs(): number;
  empty(): undefined;
  version(): string;
  statsSlot(block: Uint8Array, slot: number): number;
  /** Keeps results natively; the function makes an object of each. */
  results(paths: readonly string[], digests: readonly string[], sizes: readonly number[]): () => ResultObject[];
  /** Takes paths in natively; the bytes of all. */
  pathsOfBuffer(bytes: Uint8Array, ends: Uint32Array): number;
  pathsOfArrays(paths: readonly Uint8Array[]): number;
  pathsOfStrings(paths: readonly string[]): number;
  /** How many of the paths are ASCII, `times` times: by the engine, and byte by byte. */
  asciiByEngine(bytes: Uint8Array, ends: Uint32Array, times: number): number;
  asciiByBytes(bytes: Uint8Array, ends: Uint32Array, times: number): number;
  readonly Slabs: new (memory: Uint8Array, slabBytes: number) => Slabs;
  /** Nanoseconds of processor time a block: `threads` take and give back hands of 64, `count` blocks each. */
  leases(variant: 'pools' | 'malloc' | 'aligned new', bytes: number, threads: number, count: number): number;
  /** Nanoseconds of processor time an addition, `threads` that add `count` times each. */
  additions(variant: 'own cache lines' | 'packed' | 'one for all', threads: number, count: number): number;
}

/** Batches of the same bytes, by way of slabs that come back or of new memory each. */
export interface Slabs {
  /** Takes a free slab, copies `length` bytes into it and gives its number. */
  fill(length: number): number;
  release(slab: number): void;
  /** A new ArrayBuffer, made natively, with the bytes in it. */
  make(length: number): ArrayBuffer;
}

/** Builds it in the folder of the product's addon, whose libraries it shares; ninja finds out what is stale. */
export async function ensureBenchAddon(): Promise<void> {
  const tool = fromRoot('node_modules', 'cmake-js', 'bin', 'cmake-js');
  const cores = String(os.availableParallelism());
  const build = ['build', '--target=hashlane_bench', `--out=${fromRoot('build')}`, `--parallel=${cores}`];
  await step("Building the benchmarks' addon", () => run(projectNode(), [tool, ...build, '--log-level=warn']));
}

let loaded: BenchAddon | undefined;

export function benchAddon(): BenchAddon {
  loaded ??= createRequire(import.meta.url)(fromRoot('build', 'js-native', 'hashlane_bench.node')) as BenchAddon;
  return loaded;
}
