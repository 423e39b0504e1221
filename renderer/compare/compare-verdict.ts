import { formatCount } from '#shared/text/quantities.ts';
import { words } from '../text/words.ts';
import type { Standing, Verdict } from '../verdict/verdict.ts';
import { compareShown } from './compare-report.ts';

export function compareVerdict({ outcome }: Standing): Verdict {
  const counts = outcome?.counts ?? {};
  const { same = 0, malformed = 0 } = counts;
  if (outcome?.verdict === 'ok') {
    return { tone: 'good', text: words.t('verdict.compare.same', { count: same, shown: formatCount(same) }) };
  }
  const parts = compareShown
    .filter((status) => status !== 'same' && (counts[status] ?? 0) > 0)
    .map((status) => words.t(`compare.count.${status}`, { shown: formatCount(counts[status]!) }));
  if (malformed > 0)
    parts.push(words.t('compare.count.malformed', { count: malformed, shown: formatCount(malformed) }));
  if (parts.length === 0) return { tone: 'bad', text: words.t('verdict.compare.nothing') };
  return { tone: 'bad', text: words.t('verdict.compare.different', { parts: parts.join(', ') }) };
}
