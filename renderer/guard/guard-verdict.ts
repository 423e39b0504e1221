import { formatCount } from '#shared/text/quantities.ts';
import { words } from '../text/words.ts';
import type { Standing, Verdict } from '../verdict/verdict.ts';
import { failingStates, guardShown } from './guard-report.ts';

/** What is wrong; else what became of the files. */
export function guardVerdict({ outcome }: Standing): Verdict {
  const counts = outcome?.counts ?? {};
  const part = (state: (typeof guardShown)[number]): string =>
    words.t(`guard.count.${state}`, { shown: formatCount(counts[state]!) });
  const met = guardShown.filter((state) => (counts[state] ?? 0) > 0);
  if (outcome?.verdict === 'unavailable') return { tone: 'bad', text: words.t('verdict.guard.unavailable') };
  if (outcome?.verdict !== 'ok') {
    const parts = met.filter((state) => failingStates.has(state)).map(part);
    return { tone: 'bad', text: words.t('verdict.guard.failed', { parts: parts.join(', ') }) };
  }
  const read = guardShown.reduce((sum, state) => sum + (counts[state] ?? 0), counts.ok ?? 0);
  const text = words.t('verdict.guard.ok', { count: read, shown: formatCount(read) });
  if (met.length === 0) return { tone: 'good', text };
  // What came from a backup may be older than a person thinks.
  return { tone: (counts.older ?? 0) > 0 ? 'unsure' : 'good', text: `${text} · ${met.map(part).join(', ')}` };
}
