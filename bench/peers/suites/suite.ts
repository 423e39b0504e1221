/** One piece of work that several contenders do in turn. */
import type { Corpus } from '../../corpora/corpus.ts';
import type { Contender, Setting } from '../contenders.ts';
import type { Rule } from '../thresholds.ts';

export interface Suite {
  /** `group/algorithm`. */
  readonly name: string;
  readonly work: string;
  /** Left out unless it is asked for. */
  readonly optIn?: true;
  readonly corpus: () => Corpus;
  readonly contenders: (corpus: Corpus, setting: Setting) => readonly Contender[];
  readonly thresholds: readonly Rule[];
}

export interface Sizes {
  readonly largeMebibytes: number;
  readonly medium: { readonly count: number; readonly mebibytes: number };
  readonly small: number;
  readonly mixed: { readonly largeMebibytes: number; readonly small: number };
  readonly tiny: readonly [number, number];
}

export const fullSizes: Sizes = {
  largeMebibytes: 2048,
  medium: { count: 32, mebibytes: 64 },
  small: 100_000,
  mixed: { largeMebibytes: 256, small: 20_000 },
  tiny: [100_000, 1_000_000],
};

/** Enough to see every part at work; too little to judge by. */
export const quickSizes: Sizes = {
  largeMebibytes: 64,
  medium: { count: 8, mebibytes: 8 },
  small: 4000,
  mixed: { largeMebibytes: 8, small: 1000 },
  tiny: [2000, 10_000],
};

export const five = ['crc32', 'md5', 'sha1', 'sha256', 'ed2k'] as const;
export const fiveText = 'CRC-32, MD5, SHA-1, SHA-256 and ED2K at once';
/** Those of the five that hashdeep has. */
export const three = ['md5', 'sha1', 'sha256'] as const;
