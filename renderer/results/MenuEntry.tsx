import type { LucideIcon } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { menuItem } from '../parts/menu.ts';

interface MenuEntryProps {
  readonly label: string;
  readonly icon?: LucideIcon;
  /** What does the same, for who reads the menu. */
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

export function MenuEntry({ label, icon: Icon, keys, disabled = false, onSelect }: MenuEntryProps) {
  return (
    <ContextMenu.Item className={menuItem} disabled={disabled} onSelect={onSelect}>
      {Icon ? <Icon aria-hidden size={15} strokeWidth={1.75} /> : <span className="w-[15px]" />}
      <span className="flex-1">{label}</span>
      {keys !== undefined && (
        <span aria-hidden className="pl-6 text-sm text-ink-3">
          {keys}
        </span>
      )}
    </ContextMenu.Item>
  );
}

export function MenuGap() {
  return <ContextMenu.Separator className="my-1 h-px bg-line" />;
}
