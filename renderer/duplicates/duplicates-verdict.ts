import { formatCount, formatSize } from '#shared/text/quantities.ts';
import { words } from '../text/words.ts';
import type { Standing, Verdict } from '../verdict/verdict.ts';

/** Judges nothing but what could not be read. */
export function duplicatesVerdict({ outcome }: Standing): Verdict {
  const { groups = 0, reclaimable = 0, unreadable = 0 } = outcome?.counts ?? {};
  const found =
    groups === 0
      ? words.t('verdict.duplicates.none')
      : words.t('verdict.duplicates.found', { size: formatSize(reclaimable) });
  if (unreadable === 0) return { tone: 'plain', text: found };
  const rest = words.t('verdict.duplicates.unreadable', { count: unreadable, shown: formatCount(unreadable) });
  return { tone: 'unsure', text: `${found} · ${rest}` };
}
