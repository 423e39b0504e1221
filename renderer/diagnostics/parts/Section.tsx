import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type SectionName, sectionId } from './section-names.ts';

interface SectionProps {
  readonly name: SectionName;
  readonly children: ReactNode;
}

/** A part of the panel under its heading, which the index leads to. */
export function Section({ name, children }: SectionProps) {
  const { t } = useTranslation();
  return (
    <div id={sectionId(name)} className="min-w-0 pt-3">
      <h3 tabIndex={-1} className="mb-1 text-sm font-semibold text-ink-2">
        {t(`diagnostics.section.${name}`)}
      </h3>
      {children}
    </div>
  );
}
