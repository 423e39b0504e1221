import type { Source } from '#shared/contract/models.ts';
import { makeVisible } from '#shared/text/visible.ts';
import type { Offer, Waiting } from '../offers/offer.ts';
import { words } from '../text/words.ts';

/** Compares two folders, two checksum files, or one of each. */
export function compareOffer({ sources, manifests }: Waiting): Offer | null {
  const [left, right] = sources;
  if (left === undefined || right === undefined || sources.length !== 2) return null;
  const isSide = ({ id, kind }: Source): boolean => kind === 'folder' || manifests.has(id);
  if (!isSide(left) || !isSide(right)) return null;
  const facts = ([side, { kind, path }]: readonly ['left' | 'right', Source]) => ({
    label: words.t(`offer.compare.${side}`),
    text: `${makeVisible(path)} (${words.t(kind === 'folder' ? 'offer.compare.folder' : 'offer.compare.list')})`,
  });
  return {
    kind: 'compare',
    label: words.t('offer.compare.button'),
    title: words.t('offer.compare.title'),
    facts: [facts(['left', left]), facts(['right', right])],
    spec: { kind: 'compare', left: left.id, right: right.id },
    // A list with a folder is verified there first of all.
    isLikely: left.kind === 'folder' && right.kind === 'folder',
  };
}
