import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Announcer } from '../announcements/Announcer.tsx';
import { usePaste } from '../card/usePaste.ts';
import { useCommands } from '../commands/useCommands.ts';
import { DetailsPane } from '../details/DetailsPane.tsx';
import { DiagnosticsPanel } from '../diagnostics/DiagnosticsPanel.tsx';
import { JobsSidebar } from '../jobs/JobsSidebar.tsx';
import { UnfinishedJobs } from '../jobs/UnfinishedJobs.tsx';
import { Notices } from '../notices/Notices.tsx';
import { useApp, useAppState, useResults } from '../parts/context.tsx';
import { ProgressStrip } from '../progress/ProgressStrip.tsx';
import { useUndo } from '../results/useUndo.ts';
import { DropOverlay } from '../sources/DropOverlay.tsx';
import { EmptyState } from '../sources/EmptyState.tsx';
import { ReadyList } from '../sources/ReadyList.tsx';
import { useDrop } from '../sources/useDrop.ts';
import { Toolbar } from '../toolbar/Toolbar.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { Dialogs } from './Dialogs.tsx';
import { ShownJob } from './ShownJob.tsx';
import { useKeptFocus } from './useKeptFocus.ts';

export function App() {
  const { t } = useTranslation();
  const dragged = useDrop();
  useCommands();
  usePaste();
  useUndo();
  useKeptFocus();
  const { jobs } = useApp();
  const sidebarOpen = useStore(jobs.store, (state) => state.isOpen);
  const hasSources = useAppState((state) => state.sources.length > 0);
  const hasJobs = useAppState((state) => state.jobs.length > 0);
  const hasRows = useResults((results) => results.total > 0);
  const detailsOpen = useAppState((state) => state.detailsOpen);
  const diagnosticsOpen = useAppState((state) => state.diagnosticsOpen);
  const hasResults = hasJobs || hasRows;
  return (
    <div className="flex h-full min-w-80 flex-col">
      <Toolbar />
      <ConnectionBanner />
      <UnfinishedJobs />
      <main className="relative flex min-h-0 flex-1">
        {sidebarOpen && <JobsSidebar />}
        <section aria-label={t('empty.region')} className="flex min-w-0 flex-1 flex-col">
          {hasSources && <ReadyList isAlone={!hasResults} />}
          {hasResults && <ShownJob />}
          {!hasSources && !hasResults && <EmptyState />}
        </section>
        {detailsOpen && <DetailsPane />}
      </main>
      {diagnosticsOpen && <DiagnosticsPanel />}
      <ProgressStrip />
      <Announcer />
      <Notices />
      <Dialogs />
      {dragged !== null && <DropOverlay count={dragged} />}
    </div>
  );
}
