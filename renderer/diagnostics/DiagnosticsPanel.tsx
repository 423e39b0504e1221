import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../parts/Button.tsx';
import { useApp } from '../parts/context.tsx';
import { CopyReport } from './parts/CopyReport.tsx';
import { PanelHandle, startHeight } from './parts/PanelHandle.tsx';
import { PanelIndex } from './parts/PanelIndex.tsx';
import { Section } from './parts/Section.tsx';
import { SnapshotsProvider, useMadeSnapshots } from './parts/snapshots.tsx';
import { Batches } from './sections/Batches.tsx';
import { Devices } from './sections/Devices.tsx';
import { Events } from './sections/Events.tsx';
import { Kernels } from './sections/Kernels.tsx';
import { Lanes } from './sections/Lanes.tsx';
import { Memory } from './sections/Memory.tsx';
import { Pools } from './sections/Pools.tsx';
import { ProcessFigures } from './sections/ProcessFigures.tsx';
import { Reasons } from './sections/Reasons.tsx';
import { Threads } from './sections/Threads.tsx';
import { Throughput } from './sections/Throughput.tsx';

/** What the engine is doing, while the panel is open and not at all otherwise. */
export function DiagnosticsPanel() {
  const { t } = useTranslation();
  const { session } = useApp();
  const [height, setHeight] = useState(startHeight);
  const snapshots = useMadeSnapshots();
  return (
    <section
      aria-label={t('diagnostics.name')}
      className="relative flex shrink-0 flex-col border-t border-line-strong bg-canvas"
      style={{ height }}
    >
      <PanelHandle height={height} onResize={setHeight} />
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line bg-chrome px-3">
        <h2 className="font-semibold max-md:sr-only">{t('diagnostics.name')}</h2>
        <PanelIndex />
        <CopyReport />
        <Button
          label={t('diagnostics.close')}
          icon={X}
          look="quiet"
          showLabel="never"
          onClick={() => session.openDiagnostics(false)}
        />
      </div>
      <SnapshotsProvider value={snapshots}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <div tabIndex={0} className="@container min-h-0 flex-1 overflow-y-auto px-3 pb-4 -outline-offset-2">
          {/* Columns of their own: a section that grows moves none but those below it. */}
          <div className="grid grid-cols-1 gap-x-8 @3xl:grid-cols-2 @6xl:grid-cols-3">
            <Column>
              <Section name="throughput">
                <Throughput />
              </Section>
              <Section name="threads">
                <Threads />
              </Section>
              <Section name="lanes">
                <Lanes />
              </Section>
            </Column>
            <Column>
              <Section name="memory">
                <Memory />
              </Section>
              <Section name="pools">
                <Pools />
              </Section>
              <Section name="events">
                <Events />
              </Section>
              <Section name="process">
                <ProcessFigures />
              </Section>
            </Column>
            <Column>
              <Section name="batches">
                <Batches />
              </Section>
              <Section name="devices">
                <Devices />
              </Section>
              <Section name="reasons">
                <Reasons />
              </Section>
            </Column>
          </div>
          <Section name="kernels">
            <Kernels />
          </Section>
        </div>
      </SnapshotsProvider>
    </section>
  );
}

function Column({ children }: { readonly children: ReactNode }) {
  // Between two columns and three, the last one lies below the others, side by side.
  return (
    <div className="min-w-0 @max-6xl:last:col-span-full @3xl:@max-6xl:last:grid @3xl:@max-6xl:last:grid-cols-2 @max-6xl:last:gap-x-8">
      {children}
    </div>
  );
}
