import { GuardDialog } from '../guard/GuardDialog.tsx';
import { GuideDialog } from '../guide/GuideDialog.tsx';
import { useApp, useAppState } from '../parts/context.tsx';
import { SaveSheet } from '../save/SaveSheet.tsx';
import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import { ShortcutsDialog } from '../shortcuts/ShortcutsDialog.tsx';
import { FolderDialog } from '../sources/FolderDialog.tsx';
import { assertNever } from '../state/assert-never.ts';

/** The open dialog, if any. */
export function Dialogs() {
  const { session } = useApp();
  const dialog = useAppState((state) => state.dialog);
  const close = (): void => session.app.setState({ dialog: null });
  switch (dialog) {
    case null:
      return null;
    case 'save':
      return <SaveSheet onClose={close} />;
    case 'settings':
      return <SettingsDialog onClose={close} />;
    case 'folder':
      return <FolderDialog onClose={close} />;
    case 'guard':
      return <GuardDialog onClose={close} />;
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />;
    case 'guide':
      return <GuideDialog onClose={close} />;
    default:
      return assertNever(dialog);
  }
}
