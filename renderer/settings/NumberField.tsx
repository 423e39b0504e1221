import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommitWhenGone } from './useCommitWhenGone.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly placeholder: string;
  readonly value: number | null;
  readonly least: number;
  readonly most: number;
  /** Empty means null. */
  readonly mayBeEmpty: boolean;
  readonly onChange: (value: number | null) => void;
}

/** Takes effect when it is left or Enter is pressed; what is out of range is said and not taken. */
export function NumberField(props: NumberFieldProps) {
  const { label, unit, placeholder, value, least, most, mayBeEmpty, onChange } = props;
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState(value?.toString() ?? '');
  useEffect(() => setText(value?.toString() ?? ''), [value]);
  const isEmpty = text.trim() === '';
  const number = Number(text);
  const isRight = isEmpty ? mayBeEmpty : Number.isInteger(number) && number >= least && number <= most;
  const commit = (): void => {
    const next = isEmpty ? null : number;
    if (isRight && next !== value) onChange(next);
  };
  useCommitWhenGone(commit);
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 py-0.5">
      <label htmlFor={id} className="w-32">
        {label}
      </label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        value={text}
        placeholder={placeholder}
        aria-invalid={!isRight}
        aria-describedby={isRight ? undefined : `${id}-problem`}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
        className="h-7 w-28 rounded-md border border-line-strong bg-canvas px-2 nums aria-invalid:border-bad"
      />
      <span className="text-ink-3">{unit}</span>
      {!isRight && (
        <p id={`${id}-problem`} role="alert" className="w-full text-sm text-bad">
          {t('settings.numberRange', { least, most })}
        </p>
      )}
    </div>
  );
}
