/** One large file: what one algorithm's speed and threads within a file are worth. */

import { formatSize } from '#shared/text/quantities.ts';
import { largeFile } from '../../corpora/corpora.ts';
import type { Corpus } from '../../corpora/corpus.ts';
import { bareFile, type Contender, hashdeepOf, hashlane, rhash, type Setting } from '../contenders.ts';
import { hashersOf, known } from '../hashers.ts';
import { type Rule, timesFaster } from '../thresholds.ts';
import { five, fiveText, type Sizes, type Suite, three } from './suite.ts';

const largeAlgorithms = [
  ...['md5', 'sha1', 'sha256', 'sha512', 'sha3-256', 'blake2b', 'blake2s', 'blake3', 'ed2k', 'tth', 'aich'],
  ...['crc32', 'crc32c', 'crc64-xz', 'xxh64', 'xxh3-64', 'xxh3-128'],
  ...['tiger', 'whirlpool', 'ripemd160', 'sm3', 'gost12-256'],
];

const largeThresholds: Readonly<Record<string, readonly Rule[]>> = {
  md5: [timesFaster(1, 'rhash', 'openssl')],
  sha1: [timesFaster(1, 'rhash', 'openssl')],
  sha256: [timesFaster(1, 'rhash', 'openssl')],
  blake3: [timesFaster(0.95, 'b3sum')],
  'xxh3-64': [timesFaster(0.95, 'xxhsum')],
  ed2k: [timesFaster(5, 'rhash')],
  tth: [timesFaster(2.5, 'rhash')],
};

const fileOf = (corpus: Corpus): string => `${corpus.folder}/large.bin`;

export function largeFileSuites({ largeMebibytes }: Sizes): Suite[] {
  const corpus = (): Corpus => largeFile(largeMebibytes);
  const size = formatSize(largeMebibytes * 2 ** 20);
  const baselines = (made: Corpus, setting: Setting): Contender[] =>
    [1, 2].map((threads) => bareFile(setting, fileOf(made), threads));
  const one = known(largeAlgorithms).map(
    (algorithm): Suite => ({
      name: `large/${algorithm}`,
      work: `one file of ${size}, ${algorithm}`,
      corpus,
      contenders: (made, setting) => [
        hashlane(setting, [algorithm], fileOf(made)),
        ...hashersOf(algorithm, fileOf(made)),
        ...baselines(made, setting),
      ],
      thresholds: largeThresholds[algorithm] ?? [],
    }),
  );
  const all: Suite = {
    name: 'large/five',
    work: `one file of ${size}, ${fiveText}`,
    corpus,
    contenders: (made, setting) => [
      hashlane(setting, five, fileOf(made)),
      rhash(five, fileOf(made)),
      hashdeepOf(three, fileOf(made)),
      ...baselines(made, setting),
    ],
    thresholds: [timesFaster(2.5, 'rhash')],
  };
  return [...one, all];
}
