import { useApp, useAppState, useResults } from '../parts/context.tsx';

/** The results of what is shown, as its kind shows them. */
export function ShownJob() {
  const { session } = useApp();
  const kind = useAppState((state) => state.jobs[0]?.kind);
  const hasRows = useResults((results) => results.total > 0);
  // Rows can outlast their jobs by a moment while these are cleared elsewhere.
  const shown = kind ?? (hasRows ? 'hash' : undefined);
  if (shown === undefined) return null;
  const { Pane } = session.kinds.feature(shown);
  return <Pane model={session.kinds.of(shown)} />;
}
