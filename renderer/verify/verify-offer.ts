import type { ManifestInspection, Source } from '#shared/contract/models.ts';
import { algorithm } from '#shared/tables/algorithms.ts';
import { formatCount } from '#shared/text/quantities.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { isListName } from '#shared/verify/list-name.ts';
import type { Offer, OfferFact, Waiting } from '../offers/offer.ts';
import { words } from '../text/words.ts';

/** Verifies the checksum files among what waits; one folder beside them is where their names are looked for. */
export function verifyOffer({ sources, manifests }: Waiting): Offer | null {
  const lists = sources.filter(({ id }) => manifests.has(id));
  if (lists.length === 0) return uploadOffer(sources);
  const folders = sources.filter(({ kind }) => kind === 'folder');
  const root = folders.length === 1 ? folders[0]! : null;
  const inspected = lists.map(({ id }) => manifests.get(id)!);
  return {
    kind: 'verify',
    label: words.t('offer.verify.button'),
    title: words.t('offer.verify.title', { count: lists.length, name: makeVisible(lists[0]!.name) }),
    facts: factsOf(inspected, root),
    spec: {
      kind: 'verify',
      manifests: lists.map(({ id }) => id),
      root: root?.id ?? null,
      require: [],
      // Beside the checksum file of one download lie others that have nothing to do with it.
      unlisted:
        inspected.every(({ entries, isWhole }) => isWhole && entries <= 1) && root === null ? 'ignore' : 'report',
      moved: true,
    },
    isLikely: lists.length + (root === null ? 0 : 1) === sources.length,
    ...(inspected.every(({ isWhole }) => isWhole) && {
      expected: sum(inspected, 'entries') + sum(inspected, 'malformed'),
    }),
  };
}

/** The names of a list that a browser sent lead nowhere. */
function uploadOffer(sources: readonly Source[]): Offer | null {
  const [list] = sources;
  if (sources.length !== 1 || list!.kind !== 'upload' || !isListName(list!.name)) return null;
  return {
    kind: 'verify',
    label: words.t('offer.verify.button'),
    title: words.t('offer.verify.title', { count: 1, name: makeVisible(list!.name) }),
    facts: [],
    spec: null,
    obstacle: words.t('offer.verify.upload'),
    isLikely: false,
  };
}

function factsOf(inspected: readonly ManifestInspection[], root: Source | null): OfferFact[] {
  const t = words.t;
  const entries = sum(inspected, 'entries');
  const malformed = sum(inspected, 'malformed');
  const shown = formatCount(entries);
  const isWhole = inspected.every((one) => one.isWhole);
  const formats = [...new Set(inspected.map(({ explanation }) => explanation))];
  const roots = root === null ? [...new Set(inspected.map((one) => one.root))] : [root.path];
  const weak = [...new Set(inspected.flatMap(({ algorithms }) => algorithms))].filter(
    (name) => algorithm(name).fit !== 'secure',
  );
  const isAllWeak = inspected.every(({ algorithms }) => algorithms.every((name) => weak.includes(name)));
  const facts: OfferFact[] = [
    { label: t('offer.verify.format'), text: formats.join('; ') },
    {
      label: t('offer.verify.entries'),
      text: isWhole ? t('offer.verify.entryCount', { count: entries, shown }) : t('offer.verify.atLeast', { shown }),
    },
    { label: t('offer.verify.root'), text: roots.map(makeVisible).join('; ') },
    {
      label: t('offer.verify.signature'),
      text: [...new Set(inspected.map(({ signature }) => t(`offer.verify.signatures.${signature}`)))].join('; '),
    },
  ];
  if (malformed > 0) {
    const text = t('offer.verify.malformed', { count: malformed, shown: formatCount(malformed) });
    facts.splice(2, 0, { label: '', text, isWarning: true });
  }
  if (isAllWeak && weak.length > 0) {
    const names = weak.map((name) => algorithm(name).label).join(', ');
    facts.push({ label: '', text: t('offer.verify.weak', { algorithm: names }), isWarning: true });
  }
  return facts;
}

function sum(inspected: readonly ManifestInspection[], what: 'entries' | 'malformed'): number {
  return inspected.reduce((total, one) => total + one[what], 0);
}
