import { useTranslation } from 'react-i18next';
import { sectionId, sectionNames } from './section-names.ts';

/** Leads to the sections, for a panel that shows few of them at once. */
export function PanelIndex() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('diagnostics.index')} className="flex min-w-0 flex-1 overflow-x-auto [scrollbar-width:none]">
      {sectionNames.map((name) => (
        <button
          key={name}
          type="button"
          className="h-6 shrink-0 rounded-md px-2 text-sm whitespace-nowrap text-ink-3 -outline-offset-2 hover:bg-hover hover:text-ink"
          onClick={() => {
            const section = document.getElementById(sectionId(name));
            section?.scrollIntoView({ block: 'start' });
            section?.querySelector('h3')?.focus({ preventScroll: true });
          }}
        >
          {t(`diagnostics.section.${name}`)}
        </button>
      ))}
    </nav>
  );
}
