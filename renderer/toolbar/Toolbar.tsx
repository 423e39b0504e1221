import { Activity, FilePlus, FolderPlus, PanelLeft, Play, Settings, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AlgorithmsButton } from '../algorithms/AlgorithmsButton.tsx';
import { useOffers } from '../offers/OfferCards.tsx';
import { likelyOffer } from '../offers/offer.ts';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState } from '../parts/context.tsx';
import { ExportMenu } from './ExportMenu.tsx';

export function Toolbar() {
  const { t } = useTranslation();
  const { session, actions, jobs } = useApp();
  const sidebarOpen = useStore(jobs.store, (state) => state.isOpen);
  const isConnected = useAppState((state) => state.connection === 'connected' && state.settings !== null);
  const hasSources = useAppState((state) => state.sources.length > 0);
  /** Other kinds have reports, which their own header saves. */
  const isHash = useAppState((state) => (state.jobs[0]?.kind ?? 'hash') === 'hash');
  const isStarting = useAppState((state) => state.starting);
  const hasLikely = likelyOffer(useOffers()) !== undefined;
  const diagnosticsOpen = useAppState((state) => state.diagnosticsOpen);
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-1.5 py-1 border-b border-line bg-chrome px-3">
      <h1 className="sr-only">Hashlane</h1>
      <Button
        label={t('jobs.name')}
        icon={PanelLeft}
        look="quiet"
        showLabel="never"
        aria-expanded={sidebarOpen}
        onClick={() => jobs.toggle()}
      />
      <Button
        label={t('toolbar.addFiles')}
        icon={FilePlus}
        data-landing="sources"
        showLabel="wide"
        disabled={!isConnected}
        onClick={actions.addFiles}
      />
      <Button
        label={t('toolbar.addFolder')}
        icon={FolderPlus}
        showLabel="wide"
        disabled={!isConnected}
        onClick={actions.addFolder}
      />
      <AlgorithmsButton />
      <Button
        label={t('toolbar.start')}
        icon={Play}
        look={hasLikely ? 'plain' : 'primary'}
        disabled={!isConnected || !hasSources || isStarting}
        onClick={actions.start}
        className="min-w-20 max-sm:min-w-0"
      />
      <div className="min-w-0 flex-1" />
      {isHash && <ExportMenu />}
      <Button
        label={t('toolbar.guard')}
        icon={ShieldCheck}
        look="quiet"
        showLabel="wide"
        disabled={!isConnected}
        onClick={() => session.app.setState({ dialog: 'guard' })}
      />
      <Button
        label={t('toolbar.diagnostics')}
        icon={Activity}
        look="quiet"
        showLabel="wide"
        aria-pressed={diagnosticsOpen}
        onClick={() => session.openDiagnostics(!diagnosticsOpen)}
      />
      <Button
        label={t('toolbar.settings')}
        icon={Settings}
        look="quiet"
        showLabel="wide"
        disabled={!isConnected}
        onClick={() => session.app.setState({ dialog: 'settings' })}
      />
    </header>
  );
}
