import { compareFeature } from '../compare/compare-feature.ts';
import { duplicatesFeature } from '../duplicates/duplicates-feature.ts';
import { guardFeature } from '../guard/guard-feature.ts';
import { hashFeature } from '../hash/hash-feature.ts';
import { verifyFeature } from '../verify/verify-feature.ts';
import type { AnyFeature } from './kind.ts';

/** The kinds of jobs that the window shows, in the order in which they are offered. */
export const features: readonly AnyFeature[] = [
  verifyFeature,
  compareFeature,
  duplicatesFeature,
  guardFeature,
  hashFeature,
];
