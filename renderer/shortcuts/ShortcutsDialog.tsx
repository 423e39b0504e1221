import { useTranslation } from 'react-i18next';
import { Button } from '../parts/Button.tsx';
import { useApp } from '../parts/context.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { keyLabel, shortcuts } from './keys.ts';

const gridKeys = [
  'move',
  'cells',
  'find',
  'extend',
  'details',
  'copy',
  'copyDigests',
  'remove',
  'undo',
  'paste',
  'menu',
] as const;

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { session } = useApp();
  const guide = <Button label={t('commands.guide')} onClick={() => session.app.setState({ dialog: 'guide' })} />;
  return (
    <Dialog title={t('shortcuts.title')} width="w-[30rem]" onClose={onClose} footer={guide}>
      <Keys rows={shortcuts.map(([name, shortcut]) => [t(`commands.${name}`), keyLabel(shortcut)])} />
      <h3 className="mt-4 mb-1 text-xs font-semibold text-ink-3">{t('shortcuts.inResults')}</h3>
      <Keys rows={gridKeys.map((name) => [t(`shortcuts.grid.${name}.does`), t(`shortcuts.grid.${name}.keys`)])} />
    </Dialog>
  );
}

function Keys({ rows }: { readonly rows: readonly (readonly [does: string, keys: string])[] }) {
  return (
    <dl>
      {rows.map(([does, keys]) => (
        <div key={does} className="flex h-8 items-center justify-between border-b border-line last:border-0">
          <dt>{does}</dt>
          <dd>
            <kbd className="rounded border border-line-strong bg-chrome px-1.5 py-0.5 font-sans text-sm text-ink-2">
              {keys}
            </kbd>
          </dd>
        </div>
      ))}
    </dl>
  );
}
