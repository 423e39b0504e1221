import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { formatCount } from '#shared/text/quantities.ts';
import { useApp, useResults } from '../parts/context.tsx';
import { sizeText, viewOptions } from '../table/view-options.ts';
import { runSliced, type Sliced } from './sliced.ts';

/** How many of several selected rows are shown and how large they are together; nothing for a single one. */
export function SelectionSummary() {
  const { t } = useTranslation();
  const { session } = useApp();
  const { grid, results } = session;
  const selection = useStore(grid.store, (state) => state.selection);
  const version = useResults((state) => state.version);
  const { isBinary } = useStore(viewOptions);
  const [sum, setSum] = useState({ count: 0, bytes: 0 });
  useEffect(() => {
    if (selection.count < 2) {
      setSum({ count: 0, bytes: 0 });
      return;
    }
    let isWanted = true;
    const add = function* (): Sliced<{ count: number; bytes: number }> {
      let count = 0;
      let bytes = 0;
      for (const row of grid.selectedRows()) {
        bytes += results.table.size(row);
        if (++count % 0x2000 === 0) yield;
      }
      return { count, bytes };
    };
    void runSliced(add(), () => isWanted).then((made) => made !== undefined && isWanted && setSum(made));
    return () => {
      isWanted = false;
    };
  }, [grid, results, selection, version]);
  if (sum.count < 2) return null;
  return (
    <span className="text-ink-2 nums">
      {t('results.selected', { count: sum.count, shown: formatCount(sum.count), size: sizeText(sum.bytes, isBinary) })}
    </span>
  );
}
