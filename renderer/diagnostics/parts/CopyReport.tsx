import { ClipboardCopy } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/Button.tsx';
import { useApp } from '../../parts/context.tsx';
import { menuItem, menuSurface } from '../../parts/menu.ts';

export function CopyReport() {
  const { t } = useTranslation();
  const { actions } = useApp();
  const [withNames, setWithNames] = useState(false);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button label={t('diagnostics.copyReport')} icon={ClipboardCopy} look="quiet" showLabel="wide" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content align="end" sideOffset={6} className={menuSurface}>
        {(['text', 'json'] as const).map((form) => (
          <DropdownMenu.Item
            key={form}
            className={menuItem}
            onSelect={() => void actions.copyDiagnostics(form, withNames)}
          >
            {t(`diagnostics.copy.${form}`)}
          </DropdownMenu.Item>
        ))}
        <DropdownMenu.Separator className="my-1 h-px bg-line" />
        <DropdownMenu.CheckboxItem
          className={menuItem}
          checked={withNames}
          onCheckedChange={setWithNames}
          // The choice is made before the report is.
          onSelect={(event) => event.preventDefault()}
        >
          <span
            aria-hidden
            className="grid size-3.5 place-content-center rounded border border-ink-3 text-[10px] leading-none"
          >
            <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
          </span>
          {t('diagnostics.copy.withNames')}
        </DropdownMenu.CheckboxItem>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
