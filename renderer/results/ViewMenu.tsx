import { Check, SlidersHorizontal } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../parts/Button.tsx';
import { menuItem, menuSurface } from '../parts/menu.ts';
import { plainLayout, withHidden } from '../table/column-layout.ts';
import { changeLayout, layoutFor, viewOptions } from '../table/view-options.ts';
import { columnsFor } from './columns.ts';
import { useColumnLabel } from './HeadCell.tsx';
import { useAlgorithms } from './ResultsGrid.tsx';

/** Which columns are shown, and how digests and sizes are written. */
export function ViewMenu() {
  const { t } = useTranslation();
  const labelOf = useColumnLabel();
  const options = useStore(viewOptions);
  const algorithms = useAlgorithms();
  const layout = layoutFor(options, 'hash');
  const [, ...columns] = columnsFor(algorithms);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button label={t('columns.view')} icon={SlidersHorizontal} look="quiet" showLabel="never" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content align="end" sideOffset={6} className={`${menuSurface} max-h-[70vh] overflow-y-auto`}>
        <DropdownMenu.Label className="px-2 pt-1 pb-0.5 text-sm text-ink-3">{t('columns.title')}</DropdownMenu.Label>
        {columns.map(({ key }) => (
          <CheckItem
            key={key}
            label={labelOf(key)}
            isOn={!layout.hidden.includes(key)}
            onChange={(isOn) => changeLayout('hash', (before) => withHidden(before, key, !isOn))}
          />
        ))}
        <DropdownMenu.Separator className="my-1 h-px bg-line" />
        <CheckItem
          label={t('columns.upper')}
          isOn={options.isUpper}
          onChange={(isUpper) => viewOptions.setState({ isUpper })}
        />
        <CheckItem
          label={t('columns.binary')}
          isOn={options.isBinary}
          onChange={(isBinary) => viewOptions.setState({ isBinary })}
        />
        <DropdownMenu.Separator className="my-1 h-px bg-line" />
        <DropdownMenu.Item className={menuItem} onSelect={() => changeLayout('hash', () => plainLayout)}>
          <span className="w-[15px]" />
          {t('columns.reset')}
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

interface CheckItemProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function CheckItem({ label, isOn, onChange }: CheckItemProps) {
  return (
    <DropdownMenu.CheckboxItem
      className={menuItem}
      checked={isOn}
      onCheckedChange={onChange}
      // Several are chosen one after the other.
      onSelect={(event) => event.preventDefault()}
    >
      <span className="w-[15px]">
        <DropdownMenu.ItemIndicator>
          <Check aria-hidden size={15} />
        </DropdownMenu.ItemIndicator>
      </span>
      {label}
    </DropdownMenu.CheckboxItem>
  );
}
