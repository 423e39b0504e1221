import { ContextMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useApp } from '../parts/context.tsx';
import { menuSurface } from '../parts/menu.ts';
import { withHidden, withMoved } from '../table/column-layout.ts';
import { changeLayout } from '../table/view-options.ts';
import type { Column } from './columns.ts';
import { fitColumn } from './fit-column.ts';
import { useColumnLabel } from './HeadCell.tsx';
import { MenuEntry, MenuGap } from './MenuEntry.tsx';
import { RowEntries } from './RowEntries.tsx';
import type { SortColumn } from './row-order.ts';

/** What was clicked: the selected rows, a column's header, or the table where it has no rows. */
export type MenuAbout = 'rows' | 'table' | { readonly column: SortColumn };

/** Drawn only while the menu is open, so that counting rows costs nothing otherwise. */
export function GridMenu({ about, columns }: { readonly about: MenuAbout; readonly columns: readonly Column[] }) {
  return (
    <ContextMenu.Content className={menuSurface}>
      {about === 'rows' && <RowEntries />}
      {about === 'table' && <TableEntries />}
      {typeof about === 'object' && <ColumnEntries column={about.column} columns={columns} />}
    </ContextMenu.Content>
  );
}

function TableEntries() {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  return (
    <>
      <MenuEntry label={t('toolbar.addFiles')} onSelect={() => void actions.addFiles()} />
      <MenuEntry label={t('toolbar.addFolder')} onSelect={() => void actions.addFolder()} />
      <MenuGap />
      <MenuEntry label={t('menu.selectAll')} keys="Ctrl+A" onSelect={() => session.grid.selectAll()} />
    </>
  );
}

function ColumnEntries({ column, columns }: { readonly column: SortColumn; readonly columns: readonly Column[] }) {
  const { t } = useTranslation();
  const { session } = useApp();
  const labelOf = useColumnLabel();
  const shown = columns.map(({ key }) => key);
  const at = shown.indexOf(column);
  const move = (by: number): void => changeLayout('hash', (layout) => withMoved(layout, shown, column, by));
  const sort = (direction: 'ascending' | 'descending'): void => session.results.sortBy({ column, direction });
  return (
    <>
      <MenuEntry label={t('columns.ascending')} onSelect={() => sort('ascending')} />
      <MenuEntry label={t('columns.descending')} onSelect={() => sort('descending')} />
      <MenuEntry label={t('columns.byPath')} onSelect={() => session.results.sortBy(null)} />
      <MenuGap />
      <MenuEntry label={t('columns.fit')} onSelect={() => fitColumn(column)} />
      <MenuEntry label={t('columns.left')} disabled={at < 2} onSelect={() => move(-1)} />
      <MenuEntry label={t('columns.right')} disabled={at < 1 || at === shown.length - 1} onSelect={() => move(1)} />
      <MenuEntry
        label={t('columns.hide', { column: labelOf(column) })}
        disabled={at < 1}
        onSelect={() => changeLayout('hash', (layout) => withHidden(layout, column, true))}
      />
    </>
  );
}
