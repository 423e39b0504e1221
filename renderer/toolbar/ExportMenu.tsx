import { Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { type ExportFormat, exportFormat } from '#shared/contract/models.ts';
import { formats } from '#shared/formats/registry.ts';
import { algorithm } from '#shared/tables/algorithms.ts';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState, useResults } from '../parts/context.tsx';
import { menuItem, menuSurface } from '../parts/menu.ts';
import { computedAlgorithms, filesOf, save, tellSaved } from '../save/save-actions.ts';

export function ExportMenu() {
  const { t } = useTranslation();
  const { session } = useApp();
  const saveAs = async (format: ExportFormat): Promise<void> => {
    const request = { format, algorithms: computedAlgorithms(session), rows: null, base: null };
    // Which digest a line is of has to be chosen.
    if (filesOf(request).length > 1) {
      session.app.setState({ dialog: 'save' });
      return;
    }
    const saved = await save(session, request);
    if (saved !== null) await tellSaved(session, request, saved);
  };
  const computed = useResults((results) => results.algorithms);
  const hasResults = useResults((results) => results.total > 0);
  const isConnected = useAppState((state) => state.connection === 'connected');
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild disabled={!hasResults || !isConnected}>
        <Button label={t('toolbar.export')} icon={Download} look="quiet" showLabel="wide" data-command="export" />
      </DropdownMenu.Trigger>

      <DropdownMenu.Content align="end" sideOffset={6} className={menuSurface}>
        <DropdownMenu.Item
          className={`${menuItem} font-medium`}
          onSelect={() => session.app.setState({ dialog: 'save' })}
        >
          {t('save.open')}
        </DropdownMenu.Item>
        <DropdownMenu.Separator className="my-1 h-px bg-line" />
        {exportFormat.options.map((format) => {
          const { needs } = formats[format];
          const lacks = needs !== undefined && !computed.includes(needs) ? needs : undefined;
          return (
            <DropdownMenu.Item
              key={format}
              className={menuItem}
              disabled={lacks !== undefined}
              onSelect={() => void saveAs(format)}
            >
              <span className="flex-1">{t(`export.format.${format}`)}</span>
              <span className="pl-6 text-sm text-ink-3">
                {lacks ? t('export.needs', { algorithm: algorithm(lacks).label }) : t(`export.hint.${format}`)}
              </span>
            </DropdownMenu.Item>
          );
        })}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
