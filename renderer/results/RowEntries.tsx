import { ChevronRight, ClipboardCopy, Copy, ExternalLink, Info, ListX, RefreshCw } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { algorithm } from '#shared/tables/algorithms.ts';
import { formatCount } from '#shared/text/quantities.ts';
import { useApp, useResults } from '../parts/context.tsx';
import { menuItem, menuSurface } from '../parts/menu.ts';
import { viewOptions } from '../table/view-options.ts';
import { type CopyForm, shownDigest } from './copied-text.ts';
import { MenuEntry, MenuGap } from './MenuEntry.tsx';
import { useCopyRows, useRemoveRows } from './row-actions.ts';

/** What can be done with the focused row, or with all selected ones that are shown. */
export function RowEntries() {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  const { results, grid } = session;
  const copyRows = useCopyRows();
  const removeRows = useRemoveRows();
  const focused = useStore(grid.store, (state) => state.focused);
  const selection = useStore(grid.store, (state) => state.selection);
  const shownRows = useResults((state) => state.shown);
  // The rows that the grid gives depend on the selection and on what is shown.
  const rows = useMemo(() => grid.rowsToActOn(), [grid, selection, shownRows, focused]);
  const busy = useStore(session.again, (state) => state.run !== null);
  const { isUpper } = useStore(viewOptions);
  if (focused === null) return null;
  const count = rows.length;
  const shown = formatCount(count);
  const { table } = results;
  const batch = table.batch(focused);
  const path = batch.name(table.record(focused));
  const digests = batch.algorithms.flatMap((name) => {
    const digest = table.digest(focused, name);
    return digest === null ? [] : [{ label: algorithm(name).label, text: shownDigest(digest, name, isUpper) }];
  });
  const copy = (form: CopyForm) => () => void copyRows(form);
  return (
    <>
      <MenuEntry
        label={t('menu.details')}
        icon={Info}
        keys="Enter"
        onSelect={() => session.app.setState({ detailsOpen: true })}
      />
      <MenuGap />
      {digests.map(({ label, text }) => (
        <MenuEntry
          key={label}
          label={t('menu.copyDigest', { algorithm: label })}
          icon={Copy}
          onSelect={() => void actions.copy(text, t('copy.digest', { algorithm: label }))}
        />
      ))}
      <MenuEntry
        label={t('menu.copyLine', { count, shown })}
        icon={ClipboardCopy}
        keys="Ctrl+C"
        onSelect={copy('lines')}
      />
      {count > 1 ? (
        <MenuEntry label={t('menu.copyPaths', { count, shown })} icon={Copy} onSelect={copy('paths')} />
      ) : (
        <MenuEntry label={t('menu.copyPath')} icon={Copy} onSelect={() => void actions.copy(path, t('copy.path'))} />
      )}
      <ContextMenu.Sub>
        <ContextMenu.SubTrigger className={`${menuItem} data-[state=open]:bg-hover`}>
          <span className="w-[15px]" />
          <span className="flex-1">{t('menu.copyAs')}</span>
          <ChevronRight aria-hidden size={14} />
        </ContextMenu.SubTrigger>
        <ContextMenu.SubContent className={menuSurface}>
          <MenuEntry label={t('menu.asDigests')} keys="Ctrl+Shift+C" onSelect={copy('digests')} />
          <MenuEntry label={t('menu.asTable')} onSelect={copy('table')} />
          <MenuEntry label={t('menu.asMarkdown')} onSelect={copy('markdown')} />
          <MenuEntry
            label={t('menu.asEd2k')}
            keys="Ctrl+Shift+E"
            disabled={!results.store.getState().algorithms.includes('ed2k')}
            onSelect={copy('ed2k')}
          />
        </ContextMenu.SubContent>
      </ContextMenu.Sub>
      <MenuGap />
      <MenuEntry
        label={t('menu.hashAgain', { count, shown })}
        icon={RefreshCw}
        disabled={busy}
        onSelect={() => void actions.hashAgain([...rows])}
      />
      <MenuEntry label={t('menu.remove', { count, shown })} icon={ListX} keys="Del" onSelect={removeRows} />
      {session.client.capabilities.canReveal && (
        <>
          <MenuGap />
          <MenuEntry label={t('menu.reveal')} icon={ExternalLink} onSelect={() => void actions.reveal(path)} />
        </>
      )}
    </>
  );
}
