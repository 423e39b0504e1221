import { Copy, FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { recordError } from '#shared/formats/record-text.ts';
import { algorithm } from '#shared/tables/algorithms.ts';
import { digestText } from '#shared/text/digest-text.ts';
import { formatCount, formatSize } from '#shared/text/quantities.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { useAgain } from '../again/AgainPart.tsx';
import { Button } from '../parts/Button.tsx';
import { useApp } from '../parts/context.tsx';
import { RowStatus } from '../results/ResultRow.tsx';
import { CheckField } from './CheckField.tsx';
import { checkOf, knownOf } from './check-text.ts';
import { GroupedDigest } from './GroupedDigest.tsx';
import { NameCrc } from './NameCrc.tsx';

/** All about the one file of the table: its digests, large enough to be read, and whether it is what it should be. */
export function FileCard({ row }: { readonly row: number }) {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  const { table } = session.results;
  const batch = table.batch(row);
  const record = table.record(row);
  const path = batch.name(record);
  const error = recordError(batch, record);
  const again = useAgain(row);
  const verdict = useStore(checkOf(session), (state) => state.verdict);
  // What was computed for comparing is shown when it matched; of what did not, there may be many.
  const matched = verdict?.kind === 'match' ? verdict.digests.map((digest) => digest.algorithm) : [];
  const size = batch.size(record);
  const leaf = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const digests = [...knownOf(session, row)]
    .filter(([name]) => batch.algorithms.includes(name) || matched.includes(name))
    .sort(([a], [b]) => algorithm(a).id - algorithm(b).id);
  return (
    <article aria-label={t('card.name')} className="min-h-0 flex-1 overflow-y-auto border-t border-line bg-chrome/60">
      <div className="mx-auto w-full max-w-4xl space-y-5 px-6 py-6 max-sm:px-3">
        <header className="flex items-start gap-3.5">
          <FileText aria-hidden size={32} strokeWidth={1.25} className="mt-0.5 shrink-0 text-accent-ink" />
          <div className="min-w-0 flex-1">
            <h2 className="text-lg font-semibold [overflow-wrap:anywhere]">
              <bdi data-selectable>{makeVisible(leaf)}</bdi>
            </h2>
            <p className="flex flex-wrap items-center gap-x-2 text-ink-2 nums">
              {error === null && (
                <span>{t('details.bytes', { count: size, size: formatSize(size), bytes: formatCount(size) })}</span>
              )}
              <RowStatus status={batch.status(record)} answer={again} />
              {error !== null && <span data-selectable>{makeVisible(error.message)}</span>}
            </p>
          </div>
        </header>
        <CheckField isOne />
        <NameCrc row={row} />
        {digests.length > 0 && (
          <section
            aria-label={t('card.digests')}
            className="divide-y divide-line rounded-lg border border-line bg-canvas"
          >
            {digests.map(([name, bytes]) => {
              const { label, encoding } = algorithm(name);
              const text = digestText(bytes, encoding);
              return (
                <div key={name} className="flex items-start gap-3 py-2 pr-2 pl-4 max-sm:flex-wrap">
                  <h3 className="w-24 shrink-0 pt-1 text-sm font-medium text-ink-2">{label}</h3>
                  <p className="min-w-0 flex-1 pt-0.5 text-[15px] leading-6">
                    <GroupedDigest digest={text} />
                  </p>
                  <Button
                    label={t('card.copy', { algorithm: label })}
                    icon={Copy}
                    look="quiet"
                    showLabel="never"
                    onClick={() => void actions.copy(text, t('copy.digest', { algorithm: label }))}
                  />
                </div>
              );
            })}
          </section>
        )}
      </div>
    </article>
  );
}
