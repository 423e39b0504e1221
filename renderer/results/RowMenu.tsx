import { ClipboardCopy, Copy, ExternalLink, Info, RefreshCw } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { algorithm } from '#shared/tables/algorithms.ts';
import { digestText } from '#shared/text/digest-text.ts';
import { useApp } from '../parts/context.tsx';
import { menuItem, menuSurface } from '../parts/menu.ts';
import { useCopyLines } from './row-actions.ts';

/** What can be done with the focused row, or with all selected ones. */
export function RowMenu() {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  const { results, grid } = session;
  const copyLines = useCopyLines();
  const focused = useStore(grid.store, (state) => state.focused);
  const count = useStore(grid.store, (state) => state.selection.count);
  const busy = useStore(session.again, (state) => state.busy);
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
    <ContextMenu.Content className={menuSurface}>
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
      <ContextMenu.Item className={menuItem} onSelect={() => void copyLines()}>
        <ClipboardCopy aria-hidden size={15} strokeWidth={1.75} /> {t('menu.copyLine', { count })}
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
        <RefreshCw aria-hidden size={15} strokeWidth={1.75} /> {t('menu.hashAgain', { count })}
      </ContextMenu.Item>
      {session.client.capabilities.canReveal && (
        <>
          <ContextMenu.Separator className="my-1 h-px bg-line" />
          <ContextMenu.Item className={menuItem} onSelect={() => void actions.reveal(path)}>
            <ExternalLink aria-hidden size={15} strokeWidth={1.75} /> {t('menu.reveal')}
          </ContextMenu.Item>
        </>
      )}
    </ContextMenu.Content>
  );
}
