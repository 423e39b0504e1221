import { useTranslation } from 'react-i18next';
import { commands, type Shortcut } from '#shared/commands/commands.ts';
import { algorithm } from '#shared/tables/algorithms.ts';
import mark from '../../assets/icon.svg';
import { useAppState } from '../parts/context.tsx';
import { keyLabel } from '../shortcuts/keys.ts';
import { chosenAlgorithms } from '../state/app-state.ts';

/** What a new window says: what to do, and what will be computed. */
export function EmptyState() {
  const { t } = useTranslation();
  const chosen = useAppState(chosenAlgorithms);
  return (
    <div className="m-3 flex flex-1 flex-col items-center justify-center gap-5 rounded-xl border border-dashed border-line-strong px-6 text-center">
      <img src={mark} alt="" width={56} height={56} />
      <div>
        <h2 className="text-[17px] leading-7 font-semibold">{t('empty.title')}</h2>
        <p className="mt-0.5 text-ink-2">{t('empty.hint')}</p>
      </div>
      <dl className="grid grid-cols-[auto_auto] items-center gap-x-3 gap-y-1.5 text-left text-ink-3">
        <Key shortcut={commands.addFiles} label={t('empty.keyFiles')} />
        <Key shortcut={commands.addFolder} label={t('empty.keyFolder')} />
        <Key shortcut={commands.shortcuts} label={t('empty.keyHelp')} />
      </dl>
      {chosen && (
        <p className="max-w-xl text-ink-3">
          {t('empty.computes')}{' '}
          <span className="text-ink-2">{chosen.map((name) => algorithm(name).label).join(', ')}</span>
        </p>
      )}
    </div>
  );
}

function Key({ shortcut, label }: { readonly shortcut: Shortcut; readonly label: string }) {
  return (
    <>
      <dt className="justify-self-end">
        <kbd className="rounded border border-line-strong bg-chrome px-1.5 py-0.5 font-sans text-sm text-ink-2">
          {keyLabel(shortcut)}
        </kbd>
      </dt>
      <dd>{label}</dd>
    </>
  );
}
