import { formatCount } from '#shared/text/quantities.ts';
import { words } from '../text/words.ts';
import type { Standing, Verdict } from '../verdict/verdict.ts';

/** Hashing judges nothing: it only says what could be read. */
export function hashVerdict({ totals }: Standing): Verdict {
  const { failed = 0, ok = 0, files = 0 } = totals ?? {};
  if (failed > 0) {
    return { tone: 'unsure', text: words.t('verdict.hash.failed', { count: failed, shown: formatCount(failed) }) };
  }
  if (files === 0) return { tone: 'plain', text: words.t('verdict.hash.nothing') };
  return { tone: 'plain', text: words.t('verdict.hash.done', { count: ok, shown: formatCount(ok) }) };
}
