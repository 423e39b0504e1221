/** What was pasted to be compared with what is in the table, and what came of it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import type { Outcome } from '../again/again-store.ts';
import type { ListFound } from './find-list.ts';
import type { ComparedDigest, KnownDigests } from './judge.ts';

export type Verdict =
  /** `rows`: all files that have the digest, the first one first. */
  | {
      readonly kind: 'match';
      readonly rows: readonly number[];
      readonly digests: readonly ComparedDigest[];
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'different';
      readonly row: number;
      readonly digests: readonly ComparedDigest[];
      readonly expectedSize: number | null;
    }
  /** None of several files has it. `needs`: what no file has a digest of yet, and it may be. */
  | { readonly kind: 'absent'; readonly compared: readonly AlgorithmName[]; readonly needs: readonly AlgorithmName[] }
  /** A list was compared with all files. */
  | { readonly kind: 'list'; readonly found: ListFound }
  | { readonly kind: 'computing'; readonly needs: readonly AlgorithmName[] }
  /** The file cannot be read any more, or is no longer what the table says. */
  | { readonly kind: 'stale'; readonly row: number; readonly outcome: Outcome }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unrecognised' };

export interface CheckState {
  /** As it was pasted or typed; empty: nothing is compared. */
  readonly text: string;
  readonly verdict: Verdict | null;
  /** Digests that were computed for comparing only, by the key of the result. */
  readonly further: ReadonlyMap<string, KnownDigests>;
}

const nothing: CheckState = { text: '', verdict: null, further: new Map() };

export type CheckStore = StoreApi<CheckState>;

export function createCheckStore(): CheckStore {
  return createStore(() => nothing);
}

export function resetCheck(store: CheckStore): void {
  store.setState(nothing);
}
