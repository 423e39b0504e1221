import { useTranslation } from 'react-i18next';
import { formatCount, formatDuration, formatSize } from '#shared/text/quantities.ts';
import { useAppState, useLive } from '../parts/context.tsx';

function List({ figures }: { readonly figures: readonly (readonly [label: string, value: string])[] }) {
  return (
    <dl className="text-sm nums">
      {figures.map(([label, value]) => (
        <div key={label} className="flex h-6 items-center justify-between gap-3 border-t border-line">
          <dt className="truncate text-ink-2">{label}</dt>
          <dd className="shrink-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return <p className="h-6 border-t border-line text-sm text-ink-3">{t('diagnostics.noReading')}</p>;
}

export function Batches() {
  const { t } = useTranslation();
  const engine = useLive((state) => state.reading?.engine);
  if (engine === undefined) return <Waiting />;
  return (
    <List
      figures={[
        [
          t('diagnostics.batch.sealed'),
          t('diagnostics.withBytes', {
            count: engine.batchesSealed,
            shown: formatCount(engine.batchesSealed),
            size: formatSize(engine.batchBytes),
          }),
        ],
        [t('diagnostics.batch.records'), formatCount(engine.recordsDelivered)],
        [
          t('diagnostics.batch.slabs'),
          t('diagnostics.of', { part: formatCount(engine.slabsUnreleased), whole: formatCount(engine.slabCount) }),
        ],
        [t('diagnostics.batch.slabWaits'), formatCount(engine.slabWaits)],
        [
          t('diagnostics.batch.queue'),
          t('diagnostics.of', { part: formatCount(engine.queueDepth), whole: formatCount(engine.queueCapacity) }),
        ],
        [t('diagnostics.batch.listQueue'), formatCount(engine.listQueueDepth)],
        [
          t('diagnostics.batch.memoryWaits'),
          t('diagnostics.withTime', {
            shown: formatCount(engine.memoryWaits),
            time: formatDuration(engine.memoryWaitNs / 1e9),
          }),
        ],
        [
          t('diagnostics.batch.trims'),
          t('diagnostics.withBytes', {
            count: engine.trims,
            shown: formatCount(engine.trims),
            size: formatSize(engine.trimmedBytes),
          }),
        ],
      ]}
    />
  );
}

export function ProcessFigures() {
  const { t } = useTranslation();
  const process = useLive((state) => state.process);
  const system = useAppState((state) => state.system);
  if (process === null || system === null) return <Waiting />;
  const { loopDelayMs: delay } = process;
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  return (
    <List
      figures={[
        [t('diagnostics.host.memory'), formatSize(process.residentBytes)],
        [t('diagnostics.host.heap'), formatSize(process.heapUsedBytes)],
        [t('diagnostics.host.delayMean'), ms(delay.mean)],
        [t('diagnostics.host.delayP99'), ms(delay.p99)],
        [t('diagnostics.host.delayMax'), ms(delay.max)],
        [t('diagnostics.host.unacknowledged'), formatCount(process.unacknowledgedBatches)],
        [t('diagnostics.host.uptime'), formatDuration(process.uptimeMs / 1e3)],
        [t('diagnostics.host.runtime'), system.runtime],
      ]}
    />
  );
}
