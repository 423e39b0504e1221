import type { Offer, Waiting } from '../offers/offer.ts';
import { words } from '../text/words.ts';

/** Looks for duplicates in folders, or among several files. */
export function duplicatesOffer({ sources, manifests }: Waiting): Offer | null {
  if (sources.some(({ id, kind }) => kind === 'upload' || manifests.has(id))) return null;
  if (sources.length < 2 && sources[0]?.kind !== 'folder') return null;
  return {
    kind: 'duplicates',
    label: words.t('offer.duplicates.button'),
    title: words.t('offer.duplicates.title'),
    facts: [],
    // Empty files are no waste.
    spec: { kind: 'duplicates', sources: sources.map(({ id }) => id), minSize: 1 },
    isLikely: false,
  };
}
