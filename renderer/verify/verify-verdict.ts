import { formatCount } from '#shared/text/quantities.ts';
import { words } from '../text/words.ts';
import type { Standing, Verdict } from '../verdict/verdict.ts';
import { type VerifySummary, verifyStatuses } from './verify-report.ts';

/**
 * What is not as listed, in the order in which people have to look at it. `summary`: the record that sums up, where it
 * is at hand; a signature that is bad comes before everything else.
 */
export function verifyVerdict(standing: Standing, summary: VerifySummary | null = null): Verdict {
  const found = ofEntries(standing);
  if (summary?.signature.status !== 'bad') return found;
  const signature = words.t('verdict.verify.signature');
  return { tone: 'bad', text: found.isOther ? signature : `${signature} · ${found.text}` };
}

/** `isOther`: it fails for something else than its entries. */
function ofEntries({ outcome }: Standing): Verdict & { readonly isOther?: true } {
  const counts = outcome?.counts ?? {};
  const { ok = 0, unlisted = 0 } = counts;
  if (outcome?.verdict === 'ok') {
    const text = words.t('verdict.verify.ok', { count: ok, shown: formatCount(ok) });
    if (unlisted === 0) return { tone: 'good', text };
    const rest = words.t('verdict.verify.unlisted', { count: unlisted, shown: formatCount(unlisted) });
    return { tone: 'good', text: `${text} · ${rest}` };
  }
  const parts = verifyStatuses
    .filter((status) => status !== 'ok' && status !== 'unlisted' && (counts[status] ?? 0) > 0)
    .map((status) => words.t(`verify.count.${status}`, { shown: formatCount(counts[status]!) }));
  if (parts.length > 0) return { tone: 'bad', text: words.t('verdict.verify.failed', { parts: parts.join(', ') }) };
  if (ok === 0) return { tone: 'bad', text: words.t('verdict.verify.nothing') };
  return { tone: 'bad', text: words.t('verdict.verify.other'), isOther: true };
}
