/** Files that are hashed side by side without being small. */

import { formatSize } from '#shared/text/quantities.ts';
import { mediumFiles } from '../../corpora/corpora.ts';
import type { Corpus } from '../../corpora/corpus.ts';
import { bareReading, byXargs, hashdeepOf, hashlane, rhash } from '../contenders.ts';
import { timesFaster } from '../thresholds.ts';
import { five, fiveText, type Sizes, type Suite, three } from './suite.ts';

export function mediumFilesSuites({ medium: { count, mebibytes } }: Sizes): Suite[] {
  const corpus = (): Corpus => mediumFiles(count, mebibytes);
  const files = `${count} files of ${formatSize(mebibytes * 2 ** 20)}`;
  return [
    {
      name: 'medium/md5',
      work: `${files}, md5`,
      corpus,
      contenders: (made, setting) => [
        hashlane(setting, ['md5'], made.folder),
        rhash(['md5'], made.folder),
        byXargs('md5sum', 'md5', made, 2),
        bareReading(setting, made, 2),
      ],
      thresholds: [timesFaster(6, 'rhash'), timesFaster(3.5, 'md5sum × 2')],
    },
    {
      name: 'medium/five',
      work: `${files}, ${fiveText}`,
      corpus,
      contenders: (made, setting) => [
        hashlane(setting, five, made.folder),
        rhash(five, made.folder),
        hashdeepOf(three, made.folder),
        bareReading(setting, made, 2),
      ],
      thresholds: [timesFaster(5, 'rhash')],
    },
  ];
}
