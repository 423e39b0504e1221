import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { File, Folder, type LucideIcon, Upload, X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '#shared/contract/models.ts';
import { formatCount, formatSize } from '#shared/text/quantities.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { OfferCards, useOffers } from '../offers/OfferCards.tsx';
import { likelyOffer } from '../offers/offer.ts';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState } from '../parts/context.tsx';

const rowHeight = 30;

const icons: Record<Source['kind'], LucideIcon> = { file: File, folder: Folder, upload: Upload };

/** What was added and waits for Start. Alone it has the window; above results a few rows must do. */
export function ReadyList({ isAlone }: { readonly isAlone: boolean }) {
  const { t } = useTranslation();
  const { actions } = useApp();
  const sources = useAppState((state) => state.sources);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: sources.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const offers = useOffers();
  const likely = likelyOffer(offers);
  const title = t(`offer.readyTo.${likely?.kind ?? 'hash'}`);
  const known = sources.reduce((sum, source) => sum + (source.size ?? 0), 0);
  return (
    <section
      aria-label={title}
      className={clsx('flex min-h-0 flex-col', isAlone ? 'flex-1' : 'max-h-[45%] shrink-0 border-b border-line')}
    >
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line bg-canvas px-3">
        <h2 className="font-semibold">{title}</h2>
        <span className="text-ink-3 nums">
          {t('sources.count', { count: sources.length, shown: formatCount(sources.length) })}
          {known > 0 && ` · ${formatSize(known)}`}
        </span>
        <span className="flex-1" />
        <Button
          label={t('sources.removeAll')}
          look="quiet"
          onClick={() => actions.removeSources(sources.map((source) => source.id))}
        />
      </div>
      <OfferCards offers={offers} />
      <div ref={scroller} className={clsx('min-h-9 flex-1 overflow-y-auto', !isAlone && 'max-h-36')}>
        <ul className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((item) => (
            <li
              key={sources[item.index]!.id}
              className="absolute inset-x-0 top-0"
              style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
            >
              <ReadyRow source={sources[item.index]!} />
            </li>
          ))}
        </ul>
        {isAlone && likely === undefined && <p className="pt-10 text-center text-ink-3">{t('empty.more')}</p>}
      </div>
    </section>
  );
}

function ReadyRow({ source }: { readonly source: Source }) {
  const { t } = useTranslation();
  const { actions } = useApp();
  const Icon = icons[source.kind];
  const name = makeVisible(source.name);
  return (
    <div className="group flex h-full items-center gap-2.5 px-3 hover:bg-chrome">
      <Icon aria-hidden size={15} strokeWidth={1.75} className="shrink-0 text-ink-3" />
      <bdi className="max-w-[45%] shrink-0 truncate font-medium">{name}</bdi>
      <bdi className="min-w-0 flex-1 truncate text-ink-3" title={makeVisible(source.path)}>
        {source.kind === 'upload' ? t('sources.fromBrowser') : makeVisible(source.path)}
      </bdi>
      <span className="shrink-0 text-ink-2 nums">
        {source.kind === 'folder' ? t('sources.folder') : source.size === null ? '' : formatSize(source.size)}
      </span>
      <Button
        label={t('sources.remove', { name })}
        icon={X}
        look="quiet"
        showLabel="never"
        className="size-6"
        onClick={() => actions.removeSources([source.id])}
      />
    </div>
  );
}
