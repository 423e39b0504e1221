import { useTranslation } from 'react-i18next';
import { formatCount, formatSize } from '#shared/text/quantities.ts';
import { useLive } from '../parts/context.tsx';
import { Table } from './Table.tsx';

/** Block sizes are powers of two and are written so. */
function blockSize(bytes: number): string {
  if (bytes >= 1 << 20) return `${bytes / (1 << 20)} MiB`;
  return bytes >= 1024 ? `${bytes / 1024} KiB` : `${bytes} B`;
}

export function Pools() {
  const { t } = useTranslation();
  const pools = useLive((state) => state.reading?.pools) ?? [];
  const engine = useLive((state) => state.reading?.engine);
  const filled = engine && engine.memoryCeiling > 0 ? engine.memoryHeld / engine.memoryCeiling : 0;
  return (
    <>
      <Table
        name={t('diagnostics.pools')}
        head={[
          t('diagnostics.pool.block'),
          t('diagnostics.pool.held'),
          t('diagnostics.pool.inUse'),
          t('diagnostics.pool.peak'),
          t('diagnostics.pool.hits'),
          t('diagnostics.pool.misses'),
          t('diagnostics.pool.trimmed'),
        ]}
        numbersFrom={1}
        rows={pools.map((pool) => [
          blockSize(pool.blockBytes),
          formatCount(pool.held),
          formatCount(pool.inUse),
          formatCount(pool.peak),
          formatCount(pool.hits),
          formatCount(pool.misses),
          formatCount(pool.trimmed),
        ])}
        empty={t('diagnostics.noReading')}
      />
      {engine && (
        <div className="mt-2">
          <div aria-hidden className="h-1 overflow-hidden rounded-full bg-line">
            <div className="h-full bg-accent" style={{ width: `${Math.min(100, filled * 100)}%` }} />
          </div>
          <p className="mt-1 text-sm text-ink-3 nums">
            {t('diagnostics.ceiling', {
              held: formatSize(engine.memoryHeld),
              ceiling: formatSize(engine.memoryCeiling),
              peak: formatSize(engine.memoryPeak),
            })}
          </p>
        </div>
      )}
    </>
  );
}
