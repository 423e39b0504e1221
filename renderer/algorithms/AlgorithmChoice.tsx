import { clsx } from 'clsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Algorithm, AlgorithmName } from '#shared/tables/algorithms.ts';
import { useApp } from '../parts/context.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { findAlgorithms, onlyOne } from './find.ts';
import { presetNames, presets } from './presets.ts';

export function AlgorithmChoice({ chosen }: { readonly chosen: readonly AlgorithmName[] }) {
  const { t } = useTranslation();
  const { actions } = useApp();
  const [text, setText] = useState('');
  const set = new Set<AlgorithmName>(chosen);
  const isPreset = (names: readonly AlgorithmName[]): boolean =>
    names.length === set.size && names.every((name) => set.has(name));
  const found = findAlgorithms(text, (family) => t(`algorithms.family.${family}`));
  const toggleOnlyOne = (): void => {
    const name = onlyOne(found);
    if (name !== undefined && !(set.size === 1 && set.has(name))) void actions.toggleAlgorithm(name);
  };
  return (
    <div>
      <div className="sticky top-0 z-10 flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-raised px-4 py-2.5">
        <SearchField
          label={t('algorithms.find')}
          clearLabel={t('algorithms.clearFind')}
          text={text}
          onChange={setText}
          onKeyDown={(event) => {
            if (event.key === 'Enter') toggleOnlyOne();
          }}
          className="w-56 max-sm:w-full"
        />
        <fieldset className="flex flex-wrap items-center gap-1.5">
          <legend className="sr-only">{t('algorithms.presets')}</legend>
          {presetNames.map((preset) => (
            <button
              key={preset}
              type="button"
              aria-pressed={isPreset(presets[preset])}
              onClick={() => void actions.chooseAlgorithms(new Set(presets[preset]))}
              className="h-6 rounded-full border border-line-strong px-2.5 text-sm text-ink-2 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
            >
              {t(`algorithms.preset.${preset}`)}
            </button>
          ))}
        </fieldset>
      </div>
      <div className="columns-3 gap-6 px-4 pt-3 pb-1 max-md:columns-2 max-sm:columns-1">
        {[...found].map(([family, rows]) => (
          <fieldset key={family} className="mb-3 break-inside-avoid">
            <legend className="mb-0.5 text-xs font-semibold text-ink-3">{t(`algorithms.family.${family}`)}</legend>
            {rows.map((one) => (
              <Choice
                key={one.name}
                algorithm={one}
                isOn={set.has(one.name)}
                isLast={set.size === 1}
                onToggle={() => void actions.toggleAlgorithm(one.name)}
              />
            ))}
          </fieldset>
        ))}
      </div>
      <p role="status" className={clsx(found.size > 0 ? 'sr-only' : 'px-4 pb-4 text-ink-2')}>
        {found.size === 0 && t('algorithms.noneFound')}
      </p>
      <p className="border-t border-line bg-chrome px-4 py-2 text-sm text-ink-3">{t('algorithms.note')}</p>
    </div>
  );
}

const fitColour: Record<Algorithm['fit'], string> = { secure: 'text-ok', broken: 'text-bad', checksum: 'text-ink-3' };

interface ChoiceProps {
  readonly algorithm: Algorithm;
  readonly isOn: boolean;
  /** The only one left cannot be taken away. */
  readonly isLast: boolean;
  readonly onToggle: () => void;
}

function Choice({ algorithm: { label, fit, name }, isOn, isLast, onToggle }: ChoiceProps) {
  const { t } = useTranslation();
  const fitId = `fit-${name}`;
  return (
    <label className="flex h-[26px] items-center gap-2 rounded px-1 hover:bg-hover">
      <input
        type="checkbox"
        checked={isOn}
        disabled={isOn && isLast}
        onChange={onToggle}
        aria-label={label}
        aria-describedby={fitId}
      />
      <span className="flex-1">{label}</span>
      <span id={fitId} className={clsx('text-xs', fitColour[fit])}>
        {t(`algorithms.fit.${fit}`)}
      </span>
    </label>
  );
}
