import { CircleCheck, FolderOpen, ShieldCheck } from 'lucide-react';
import { useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExportFormat, exportFormat } from '#shared/contract/models.ts';
import { limits } from '#shared/jobs/limits.ts';
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';
import { formatCount } from '#shared/text/quantities.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { Button } from '../parts/Button.tsx';
import { useApp, useResults } from '../parts/context.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Choice, Field, LeftOutLine } from './SheetParts.tsx';
import { computedAlgorithms, filesOf, planOf, type SavedFile, type SaveRequest, save } from './save-actions.ts';
import { fixedAlgorithm, type SavePlan } from './save-plan.ts';
import { useVerifySaved } from './useVerifySaved.ts';

type Scope = 'all' | 'shown' | 'selected';

/** Where what a digest is worth decides, the strongest usual one is proposed. */
const proposed: readonly AlgorithmName[] = ['sha256', 'sha512', 'blake3', 'sha1', 'md5'];

/** Everything about a file before it is written: how, of what, relative to what, and what will not be in it. */
export function SaveSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { session } = useApp();
  const { results, grid } = session;
  const total = useResults((state) => state.total);
  const shown = useResults((state) => state.shown);
  const computed = useMemo(() => computedAlgorithms(session), [session]);
  const selected = useMemo(() => (grid.store.getState().selection.count > 1 ? grid.rowsToActOn() : null), [grid]);
  const [format, setFormat] = useState<ExportFormat>('gnu');
  const [algorithms, setAlgorithms] = useState<readonly AlgorithmName[]>(() => [
    proposed.find((name) => computed.includes(name)) ?? computed[0]!,
  ]);
  const [scope, setScope] = useState<Scope>('all');
  const [base, setBase] = useState('');
  const [plan, setPlan] = useState<SavePlan | null>(null);
  const [saved, setSaved] = useState<readonly SavedFile[] | null>(null);
  const [busy, setBusy] = useState(false);
  const baseId = useId();

  const request = useMemo((): SaveRequest => {
    const rows = scope === 'selected' ? selected : scope === 'shown' ? shownRows(results.view) : null;
    return { format, algorithms, rows, base: base.trim() === '' ? null : base.trim() };
  }, [format, algorithms, scope, base, selected, results]);
  const files = filesOf(request);
  useEffect(() => {
    let isWanted = true;
    void planOf(session, request, filesOf(request)[0] ?? [], () => isWanted).then(
      (made) => made !== undefined && isWanted && setPlan(made),
    );
    return () => {
      isWanted = false;
    };
  }, [session, request]);

  const toggle = (name: AlgorithmName): void => {
    const chosen = algorithms.includes(name) ? algorithms.filter((one) => one !== name) : [...algorithms, name];
    if (chosen.length > 0) setAlgorithms(computed.filter((one) => chosen.includes(one)));
  };
  const onSave = async (): Promise<void> => {
    setBusy(true);
    setSaved(await save(session, request));
    setBusy(false);
  };

  if (saved !== null) return <SavedView saved={saved} plan={plan} onClose={onClose} />;
  const fixed = fixedAlgorithm(format);
  const lacks = fixed !== undefined && !computed.includes(fixed) ? fixed : undefined;
  return (
    <Dialog
      title={t('save.title')}
      width="w-[40rem]"
      onClose={onClose}
      footer={
        <>
          <Button label={t('save.cancel')} onClick={onClose} />
          <Button
            label={t('save.save', { count: files.length, shown: formatCount(files.length) })}
            look="primary"
            disabled={busy || lacks !== undefined || plan === null || plan.written === 0}
            onClick={() => void onSave()}
          />
        </>
      }
    >
      <div className="space-y-4">
        <Field label={t('save.format')}>
          {(id) => (
            <select
              id={id}
              value={format}
              onChange={(event) => setFormat(exportFormat.parse(event.target.value))}
              className="h-8 w-full rounded-md border border-line-strong bg-canvas px-2"
            >
              {exportFormat.options.map((option) => (
                <option key={option} value={option}>
                  {`${t(`export.format.${option}`)} · ${t(`export.hint.${option}`)}`}
                </option>
              ))}
            </select>
          )}
        </Field>
        {fixed === undefined && computed.length > 1 && (
          <Choice legend={t('save.digests')}>
            {computed.map((name) => (
              <label key={name} className="flex items-center gap-2">
                <input type="checkbox" checked={algorithms.includes(name)} onChange={() => toggle(name)} />
                {algorithm(name).label}
              </label>
            ))}
          </Choice>
        )}
        {lacks !== undefined && (
          <p role="alert" className="text-bad">
            {t('save.lacks', { algorithm: algorithm(lacks).label })}
          </p>
        )}
        {files.length > 1 && (
          <p className="text-ink-2">
            {t('save.severalFiles', { count: files.length, shown: formatCount(files.length) })}
          </p>
        )}
        <Choice legend={t('save.scope')}>
          <ScopeOption of="all" scope={scope} count={total} onChange={setScope} />
          {shown !== total && shown > 0 && <ScopeOption of="shown" scope={scope} count={shown} onChange={setScope} />}
          {selected !== null && <ScopeOption of="selected" scope={scope} count={selected.length} onChange={setScope} />}
        </Choice>
        <Field label={t('save.base')} hint={t('save.baseHint')}>
          {(id, hintId) => (
            <input
              id={id}
              aria-describedby={hintId}
              type="text"
              value={base}
              maxLength={limits.pathLength}
              spellCheck={false}
              placeholder={t('save.baseSaved')}
              onChange={(event) => setBase(event.target.value)}
              className="h-8 w-full rounded-md border border-line-strong bg-canvas px-2.5 font-mono text-sm placeholder:font-sans"
            />
          )}
        </Field>
        <section aria-labelledby={baseId}>
          <h3 id={baseId} className="mb-1 text-sm font-medium text-ink-2">
            {t('save.preview')}
          </h3>
          <textarea
            readOnly
            aria-labelledby={baseId}
            rows={3}
            wrap="off"
            value={plan?.preview.join('\n') ?? ''}
            className="block w-full resize-none overflow-x-auto rounded-md border border-line bg-chrome px-3 py-2 font-mono text-sm"
          />
        </section>
        <div role="status">{plan !== null && <LeftOutLine plan={plan} />}</div>
      </div>
    </Dialog>
  );
}

function shownRows(view: { readonly length: number; rowAt(place: number): number }): Uint32Array {
  return Uint32Array.from({ length: view.length }, (_, place) => view.rowAt(place));
}

interface ScopeOptionProps {
  readonly of: Scope;
  readonly scope: Scope;
  readonly count: number;
  readonly onChange: (scope: Scope) => void;
}

function ScopeOption({ of, scope, count, onChange }: ScopeOptionProps) {
  const { t } = useTranslation();
  return (
    <label className="flex items-center gap-2">
      <input type="radio" name="scope" checked={scope === of} onChange={() => onChange(of)} />
      {t(`save.scopes.${of}`, { count, shown: formatCount(count) })}
    </label>
  );
}

interface SavedViewProps {
  readonly saved: readonly SavedFile[];
  readonly plan: SavePlan | null;
  readonly onClose: () => void;
}

function SavedView({ saved, plan, onClose }: SavedViewProps) {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  const verify = useVerifySaved();
  return (
    <Dialog
      title={t('save.done')}
      width="w-[40rem]"
      onClose={onClose}
      footer={<Button label={t('dialog.close')} look="primary" onClick={onClose} />}
    >
      <div role="status">
        <ul className="space-y-3">
          {saved.map(({ path, name, records }) => (
            <li key={name} className="flex items-start gap-3">
              <CircleCheck aria-hidden size={20} className="mt-0.5 shrink-0 text-ok" />
              <div className="min-w-0 flex-1 space-y-2">
                <p data-selectable className="[overflow-wrap:anywhere]">
                  {t(path === null ? 'save.downloaded' : 'save.saved', {
                    count: records,
                    records: formatCount(records),
                    path: makeVisible(path ?? name),
                  })}
                </p>
                {path !== null && (
                  <div className="flex gap-2">
                    <Button
                      label={t('save.check')}
                      icon={ShieldCheck}
                      onClick={() => void verify(path).then((started) => started && onClose())}
                    />
                    {session.client.capabilities.canReveal && (
                      <Button label={t('save.show')} icon={FolderOpen} onClick={() => void actions.reveal(path)} />
                    )}
                  </div>
                )}
              </div>
            </li>
          ))}
        </ul>
      </div>
      {plan !== null && <LeftOutLine plan={plan} />}
    </Dialog>
  );
}
