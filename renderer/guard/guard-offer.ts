import type { Offer, Waiting } from '../offers/offer.ts';
import { words } from '../text/words.ts';

/** Puts a folder on record. */
export function guardOffer({ sources }: Waiting): Offer | null {
  const [folder, ...others] = sources;
  if (folder?.kind !== 'folder' || others.length > 0) return null;
  return {
    kind: 'guard',
    label: words.t('guard.folder'),
    title: words.t('guard.title'),
    facts: [],
    spec: { kind: 'guard', action: 'add', source: folder.id },
    isLikely: false,
  };
}
