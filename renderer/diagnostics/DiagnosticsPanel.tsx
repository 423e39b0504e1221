import { ClipboardCopy, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../parts/Button.tsx';
import { useApp } from '../parts/context.tsx';
import { Batches, ProcessFigures } from './Figures.tsx';
import { Kernels } from './Kernels.tsx';
import { PanelHandle, startHeight } from './PanelHandle.tsx';
import { Pools } from './Pools.tsx';
import { Threads } from './Threads.tsx';
import { ThroughputChart } from './ThroughputChart.tsx';

/** What the engine is doing, ten times a second while the panel is open and not at all otherwise. */
export function DiagnosticsPanel() {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  const [height, setHeight] = useState(startHeight);
  return (
    <section
      aria-label={t('diagnostics.name')}
      className="relative flex shrink-0 flex-col border-t border-line-strong bg-canvas"
      style={{ height }}
    >
      <PanelHandle height={height} onResize={setHeight} />
      <div className="flex h-9 shrink-0 items-center gap-1 border-b border-line bg-chrome px-3">
        <h2 className="flex-1 font-semibold">{t('diagnostics.name')}</h2>
        <Button
          label={t('diagnostics.copyReport')}
          icon={ClipboardCopy}
          look="quiet"
          onClick={actions.copyDiagnostics}
        />
        <Button
          label={t('diagnostics.close')}
          icon={X}
          look="quiet"
          showLabel="never"
          onClick={() => session.openDiagnostics(false)}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
        <div className="grid grid-cols-[repeat(auto-fit,minmax(22rem,1fr))] gap-x-8 px-3 pb-4 max-sm:grid-cols-1">
          <Part title={t('diagnostics.throughput')}>
            <ThroughputChart />
          </Part>
          <Part title={t('diagnostics.threads')}>
            <Threads />
          </Part>
          <Part title={t('diagnostics.pools')}>
            <Pools />
          </Part>
          <Part title={t('diagnostics.batches')}>
            <Batches />
          </Part>
          <Part title={t('diagnostics.process')}>
            <ProcessFigures />
          </Part>
          <Part title={t('diagnostics.kernels')}>
            <Kernels />
          </Part>
        </div>
      </div>
    </section>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0 pt-3">
      <h3 className="mb-1 text-sm font-semibold text-ink-2">{title}</h3>
      {children}
    </div>
  );
}
