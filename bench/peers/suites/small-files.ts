/** Very many files: what a file costs beyond its bytes, and what memory does. */

import { formatCount } from '#shared/text/quantities.ts';
import { smallFiles, tinyFiles } from '../../corpora/corpora.ts';
import type { Corpus } from '../../corpora/corpus.ts';
import {
  bareReading,
  bareWalk,
  byXargs,
  type Contender,
  hashdeepOf,
  hashlane,
  rhash,
  type Setting,
} from '../contenders.ts';
import { memoryBelow, memoryNotAbove, timesBaseline, timesFaster } from '../thresholds.ts';
import type { Sizes, Suite } from './suite.ts';

export function smallFilesSuites({ small }: Sizes): Suite[] {
  const corpus = (): Corpus => smallFiles(small);
  const files = `${formatCount(small)} small files`;
  const baselines = (made: Corpus, setting: Setting): Contender[] => [
    bareReading(setting, made, 1),
    bareReading(setting, made, 2),
    bareWalk(setting, made, 2),
  ];
  return [
    {
      name: 'small/md5',
      work: `${files}, md5`,
      corpus,
      contenders: (made, setting) => [
        hashlane(setting, ['md5'], made.folder),
        rhash(['md5'], made.folder),
        byXargs('md5sum', 'md5', made, 2),
        hashdeepOf(['md5'], made.folder),
        { ...byXargs('b3sum', 'blake3', made, 1), name: 'b3sum (blake3)' },
        ...baselines(made, setting),
      ],
      thresholds: [timesFaster(4, 'rhash'), timesBaseline(1.8, 'open, read, close × 2')],
    },
    {
      name: 'small/blake3',
      work: `${files}, blake3`,
      corpus,
      contenders: (made, setting) => [
        hashlane(setting, ['blake3'], made.folder),
        byXargs('b3sum', 'blake3', made, 1),
        byXargs('b3sum', 'blake3', made, 2),
        ...baselines(made, setting),
      ],
      thresholds: [],
    },
  ];
}

export function millionFilesSuites({ tiny: [fewer, more] }: Sizes): Suite[] {
  return [fewer, more].map((count) => ({
    name: `million/${count}`,
    work: `${formatCount(count)} files of 1 KiB, md5`,
    optIn: true,
    corpus: () => tinyFiles(count),
    contenders: (made, setting) => [
      hashlane(setting, ['md5'], made.folder),
      rhash(['md5'], made.folder),
      bareReading(setting, made, 2),
    ],
    thresholds: count === more ? [memoryBelow(300), memoryNotAbove(`million/${fewer}`)] : [memoryBelow(300)],
  }));
}
