/** What a disk holds. */

import { formatCount, formatSize } from '#shared/text/quantities.ts';
import { mixedTree } from '../../corpora/corpora.ts';
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
import { five, fiveText, type Sizes, type Suite, three } from './suite.ts';

export function mixedTreeSuites({ mixed: { largeMebibytes, small } }: Sizes): Suite[] {
  const corpus = (): Corpus => mixedTree(largeMebibytes, small);
  const work = `3 files of ${formatSize(largeMebibytes * 2 ** 20)}, 48 of some MB, ${formatCount(small)} small, deep folders`;
  const baselines = (made: Corpus, setting: Setting): Contender[] => [
    bareReading(setting, made, 2),
    bareWalk(setting, made, 2),
  ];
  return [
    {
      name: 'mixed/sha256',
      work: `${work}, sha256`,
      corpus,
      contenders: (made, setting) => [
        hashlane(setting, ['sha256'], made.folder),
        rhash(['sha256'], made.folder),
        byXargs('sha256sum', 'sha256', made, 2),
        hashdeepOf(['sha256'], made.folder),
        ...baselines(made, setting),
      ],
      thresholds: [],
    },
    {
      name: 'mixed/five',
      work: `${work}, ${fiveText}`,
      corpus,
      contenders: (made, setting) => [
        hashlane(setting, five, made.folder),
        rhash(five, made.folder),
        hashdeepOf(three, made.folder),
        ...baselines(made, setting),
      ],
      thresholds: [],
    },
  ];
}
