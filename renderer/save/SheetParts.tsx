import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '#shared/text/quantities.ts';
import type { SavePlan } from './save-plan.ts';

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly children: (id: string, hintId: string | undefined) => ReactNode;
}

export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-ink-2">
        {label}
      </label>
      {children(id, hint === undefined ? undefined : `${id}-hint`)}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}

export function Choice({ legend, children }: { readonly legend: string; readonly children: ReactNode }) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-ink-2">{legend}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1.5">{children}</div>
    </fieldset>
  );
}

/** What will not be in the file, and why; how much will, when that is all. */
export function LeftOutLine({ plan }: { readonly plan: SavePlan }) {
  const { t } = useTranslation();
  const reasons = (['failed', 'noDigest', 'refused'] as const).filter((reason) => plan.leftOut[reason] > 0);
  return (
    <div className="mt-3 text-ink-2">
      <p>{t('save.written', { count: plan.written, shown: formatCount(plan.written) })}</p>
      {reasons.map((reason) => (
        <p key={reason} className="font-medium text-warn">
          {t(`save.leftOut.${reason}`, { count: plan.leftOut[reason], shown: formatCount(plan.leftOut[reason]) })}
        </p>
      ))}
    </div>
  );
}
