import { ClipboardCopy, Copy, ExternalLink, Info, RefreshCw } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { algorithm } from '#shared/tables/algorithms.ts';
import { digestText } from '#shared/text/digest-text.ts';
import { formatCount } from '#shared/text/quantities.ts';
import { useApp, useResults } from '../parts/context.tsx';
import { menuItem, menuSurface } from '../parts/menu.ts';
import { useCopyRows } from './row-actions.ts';

/** What can be done with the focused row, or with all selected ones that are shown. */
export function RowMenu() {
  return (
    <ContextMenu.Content className={menuSurface}>
      <Items />
    </ContextMenu.Content>
  );
}

/** Drawn only while the menu is open, so that counting rows costs nothing otherwise. */
function Items() {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  const { results, grid } = session;
  const copyRows = useCopyRows();
  const focused = useStore(grid.store, (state) => state.focused);
  const selection = useStore(grid.store, (state) => state.selection);
  const shownRows = useResults((state) => state.shown);
  // The rows that the grid gives depend on the selection and on what is shown.
  const count = useMemo(() => countOf(grid.selectedRows()), [grid, selection, shownRows]);
  const shown = formatCount(count);
  const busy = useStore(session.again, (state) => state.run !== null);
  if (focused === null) return null;
  const { table } = results;
  const batch = table.batch(focused);
  const path = batch.name(table.record(focused));
  const digests = batch.algorithms.flatMap((name) => {
    const digest = table.digest(focused, name);
    return digest === null
      ? []
      : [{ label: algorithm(name).label, text: digestText(digest, algorithm(name).encoding) }];
  });
  return (
    <>
      <ContextMenu.Item className={menuItem} onSelect={() => session.app.setState({ detailsOpen: true })}>
        <Info aria-hidden size={15} strokeWidth={1.75} /> {t('menu.details')}
      </ContextMenu.Item>
      <ContextMenu.Separator className="my-1 h-px bg-line" />
      {digests.map(({ label, text }) => (
        <ContextMenu.Item
          key={label}
          className={menuItem}
          onSelect={() => void actions.copy(text, t('copy.digest', { algorithm: label }))}
        >
          <Copy aria-hidden size={15} strokeWidth={1.75} /> {t('menu.copyDigest', { algorithm: label })}
        </ContextMenu.Item>
      ))}
      <ContextMenu.Item className={menuItem} onSelect={() => void copyRows('lines')}>
        <ClipboardCopy aria-hidden size={15} strokeWidth={1.75} /> {t('menu.copyLine', { count, shown })}
      </ContextMenu.Item>
      <ContextMenu.Item className={menuItem} onSelect={() => void actions.copy(path, t('copy.path'))}>
        <Copy aria-hidden size={15} strokeWidth={1.75} /> {t('menu.copyPath')}
      </ContextMenu.Item>
      <ContextMenu.Separator className="my-1 h-px bg-line" />
      <ContextMenu.Item
        className={menuItem}
        disabled={busy}
        onSelect={() => void actions.hashAgain([...grid.selectedRows()])}
      >
        <RefreshCw aria-hidden size={15} strokeWidth={1.75} /> {t('menu.hashAgain', { count, shown })}
      </ContextMenu.Item>
      {session.client.capabilities.canReveal && (
        <>
          <ContextMenu.Separator className="my-1 h-px bg-line" />
          <ContextMenu.Item className={menuItem} onSelect={() => void actions.reveal(path)}>
            <ExternalLink aria-hidden size={15} strokeWidth={1.75} /> {t('menu.reveal')}
          </ContextMenu.Item>
        </>
      )}
    </>
  );
}

function countOf(rows: Iterable<number>): number {
  let count = 0;
  for (const _ of rows) count++;
  return count;
}
