import { words } from '../text/words.ts';

export interface DropWords {
  readonly title: string;
  readonly hint: string;
}

/**
 * What a drop would do, as far as the platform says before it: how many things there are, not what they are.
 * `algorithms`: what would be computed; `starts`: hashing starts by itself.
 */
export function dropWords(count: number, algorithms: readonly string[], starts: boolean): DropWords {
  const named = algorithms.length <= 3 ? algorithms.join(', ') : `${algorithms.slice(0, 3).join(', ')}, …`;
  const title =
    count === 0
      ? words.t('empty.release')
      : starts
        ? words.t('empty.releaseHash', { count, algorithms: named })
        : words.t('empty.releaseCount', { count });
  return {
    title,
    hint: words.t(count === 2 ? 'empty.releaseTwo' : count > 2 ? 'empty.releaseMany' : 'empty.releaseHint'),
  };
}
