/** What can be done with what was added: the likely thing as a card, others as buttons. */
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState } from '../parts/context.tsx';
import type { Offer } from './offer.ts';

/** The offers for what waits now. */
export function useOffers(): readonly Offer[] {
  const { offers } = useApp();
  const sources = useAppState((state) => state.sources);
  const manifests = useStore(offers.store, (state) => state.manifests);
  return offers.of({ sources, manifests });
}

export function OfferCards({ offers }: { readonly offers: readonly Offer[] }) {
  const { t } = useTranslation();
  if (offers.length === 0) return null;
  // Something that has more to say than its name.
  const cards = offers.filter(({ facts, obstacle }) => facts.length > 0 || obstacle !== undefined);
  const rest = offers.filter((offer) => !cards.includes(offer));
  return (
    <section aria-label={t('offer.region')} className="shrink-0 border-b border-line">
      {cards.map((offer) => (
        <OfferCard key={offer.kind} offer={offer} />
      ))}
      {rest.length > 0 && (
        <p className="flex flex-wrap items-center gap-2 px-3 py-2">
          {rest.map((offer) => (
            <OfferButton key={offer.kind} offer={offer} />
          ))}
        </p>
      )}
    </section>
  );
}

function OfferCard({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation();
  const { title, facts, obstacle, isLikely } = offer;
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-3 border-b border-line px-4 py-3.5 last:border-b-0">
      <div className="min-w-0 flex-1 basis-72">
        <h3 className="truncate text-lg font-semibold" title={title}>
          <bdi>{title}</bdi>
        </h3>
        {facts.length > 0 && (
          <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5">
            {facts.map(({ label, text, isWarning }) => (
              <div key={text} className="col-span-2 grid grid-cols-subgrid">
                <dt className="text-ink-3">{label}</dt>
                <dd className={`truncate ${isWarning ? 'text-warn' : ''}`} title={text}>
                  <bdi>{text}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        )}
        {obstacle !== undefined && <p className="mt-1 max-w-prose text-ink-2">{obstacle}</p>}
        {isLikely && <p className="mt-1.5 text-sm text-ink-3">{t('offer.instead')}</p>}
      </div>
      <OfferButton offer={offer} />
    </div>
  );
}

function OfferButton({ offer }: { readonly offer: Offer }) {
  const { session, actions } = useApp();
  const { kind, label, spec, isLikely } = offer;
  const isStarting = useAppState((state) => state.starting);
  const isConnected = useAppState((state) => state.connection === 'connected');
  return (
    <Button
      label={label}
      icon={session.kinds.feature(kind).icon}
      look={isLikely ? 'primary' : 'plain'}
      disabled={spec === null || isStarting || !isConnected}
      className={isLikely ? 'h-8 min-w-24' : ''}
      onClick={() => spec !== null && void actions.startJob(spec, offer.expected)}
    />
  );
}
