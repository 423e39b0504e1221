import { clsx } from 'clsx';
import { Copy, ExternalLink, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { recordFlags } from '#shared/batch/layout.ts';
import type { Rehashed } from '#shared/contract/models.ts';
import { recordError } from '#shared/formats/record-text.ts';
import { algorithm } from '#shared/tables/algorithms.ts';
import { digestText } from '#shared/text/digest-text.ts';
import { formatCount, formatDuration, formatRate, formatSize } from '#shared/text/quantities.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { AgainPart, useAgain } from '../again/AgainPart.tsx';
import { Button } from '../parts/Button.tsx';
import { useApp } from '../parts/context.tsx';
import { RowStatus } from '../results/ResultRow.tsx';

/** Everything about the focused row, beside the grid; over it where the window is narrow. */
export function DetailsPane() {
  const { t } = useTranslation();
  const { session } = useApp();
  const row = useStore(session.grid.store, (state) => state.focused);
  const close = (): void => session.app.setState({ detailsOpen: false });
  return (
    <aside
      aria-label={t('details.name')}
      className="flex w-88 shrink-0 flex-col border-l border-line bg-canvas max-lg:fixed max-lg:top-11 max-lg:right-0 max-lg:bottom-8 max-lg:z-20 max-lg:shadow-raised"
    >
      <div className="flex h-10 shrink-0 items-center justify-between border-b border-line pr-2 pl-4">
        <h2 className="font-semibold">{t('details.name')}</h2>
        <Button label={t('details.close')} icon={X} look="quiet" showLabel="never" onClick={close} />
      </div>
      {row === null ? <p className="p-4 text-ink-3">{t('details.none')}</p> : <Row row={row} />}
    </aside>
  );
}

function Row({ row }: { readonly row: number }) {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  const { table } = session.results;
  const batch = table.batch(row);
  const record = table.record(row);
  const path = batch.name(record);
  const status = batch.status(record);
  const error = recordError(batch, record);
  const size = batch.size(record);
  const modified = batch.modifiedMs(record);
  const seconds = batch.hashTimeNs(record) / 1e9;
  const again = useAgain(row);
  const isLinked = (batch.flags(record) & recordFlags.hardLink) !== 0;
  return (
    <div className="min-h-0 flex-1 space-y-4 overflow-y-auto p-4">
      <div>
        <bdi data-selectable className="block font-medium [overflow-wrap:anywhere]">
          {makeVisible(path.slice(path.lastIndexOf('/') + 1))}
        </bdi>
        <bdi data-selectable className="mt-0.5 block text-sm text-ink-3 [overflow-wrap:anywhere]">
          {makeVisible(path)}
        </bdi>
        <div className="mt-2 flex gap-1.5">
          <Button label={t('menu.copyPath')} icon={Copy} onClick={() => void actions.copy(path, t('copy.path'))} />
          {session.client.capabilities.canReveal && (
            <Button label={t('details.reveal')} icon={ExternalLink} onClick={() => void actions.reveal(path)} />
          )}
        </div>
      </div>
      <div className={clsx('rounded-md border px-3 py-2', error ? 'border-line bg-chrome' : 'border-line')}>
        <div className="font-medium">
          <RowStatus status={status} answer={again} />
        </div>
        <p className="mt-0.5 text-ink-2">{t(`status.${status}.means`)}</p>
        {error && (
          <p data-selectable className="mt-1 text-ink-2">
            {t('details.reason', { message: makeVisible(error.message), code: error.code })}
          </p>
        )}
      </div>
      {status !== 'skipped' && <AgainPart row={row} />}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 nums">
        {(status === 'ok' || size > 0) && (
          <Fact label={t('details.size')}>
            {t('details.bytes', { count: size, size: formatSize(size), bytes: formatCount(size) })}
          </Fact>
        )}
        {modified !== 0 && <Fact label={t('details.modified')}>{new Date(modified).toLocaleString()}</Fact>}
        {seconds > 0 && (
          <Fact label={t('details.time')}>
            {seconds < 1e-6 ? t('details.timeTooShort') : formatDuration(seconds)}
            {status === 'ok' && size > 0 && seconds >= 1e-6 && ` · ${formatRate(size / seconds)}`}
          </Fact>
        )}
        {isLinked && <Fact label={t('details.links')}>{t('details.hardLink')}</Fact>}
      </dl>
      {again?.outcome === 'first' && <NewDigests answer={again} />}
      {batch.algorithms.map((name) => {
        const digest = batch.digest(record, name);
        if (digest === null) return null;
        const { label, encoding } = algorithm(name);
        const text = digestText(digest, encoding);
        return (
          <div key={name}>
            <div className="flex h-7 items-center justify-between">
              <h3 className="text-sm font-medium text-ink-2">{label}</h3>
              <Button
                label={t('menu.copyDigest', { algorithm: label })}
                icon={Copy}
                look="quiet"
                showLabel="never"
                onClick={() => void actions.copy(text, t('copy.digest', { algorithm: label }))}
              />
            </div>
            <p data-selectable className="rounded-md bg-chrome px-2.5 py-1.5 font-mono text-sm break-all">
              {text}
            </p>
            {again?.digests
              .filter((now) => now.algorithm === name)
              .map((now) => (
                <p key={name} data-selectable className="mt-1 px-2.5 font-mono text-sm break-all text-bad">
                  {t('again.now', { digest: now.digest })}
                </p>
              ))}
          </div>
        );
      })}
    </div>
  );
}

/** The digests of a file that had none and can be read now. */
function NewDigests({ answer }: { readonly answer: Rehashed }) {
  return answer.digests.map((now) => (
    <div key={now.algorithm}>
      <h3 className="text-sm font-medium text-ink-2">{algorithm(now.algorithm).label}</h3>
      <p data-selectable className="rounded-md bg-chrome px-2.5 py-1.5 font-mono text-sm break-all">
        {now.digest}
      </p>
    </div>
  ));
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{label}</dt>
      <dd data-selectable>{children}</dd>
    </>
  );
}
