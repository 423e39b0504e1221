import { useTranslation } from 'react-i18next';
import { formatCount } from '#shared/text/quantities.ts';
import { useApp } from '../parts/context.tsx';
import { gnuLines } from './clipboard-lines.ts';

/** Copies the selected rows as lines of a checksum file. */
export function useCopyLines(): () => Promise<void> {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  return async () => {
    const { grid, results } = session;
    const text = gnuLines(results.table, grid.selectedRows());
    if (text === '') {
      session.notify('problem', t('copy.nothing'));
      return;
    }
    const count = text.split('\n').length - 1;
    await actions.copy(text, t('copy.lines', { count, shown: formatCount(count) }));
  };
}
