import { useEffect } from 'react';
import { type AppContext, useApp } from '../parts/context.tsx';
import { type ShortcutName, shortcutOf } from './shortcuts.ts';

/** Presses what a person would press, so that a key never does what its button would refuse. */
function press(selector: string): void {
  const button = document.querySelector<HTMLButtonElement>(selector);
  button?.focus();
  // Menus open on pointer or key, not on click.
  button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
}

function commands({ session, actions }: AppContext): Record<ShortcutName, () => void> {
  const isReady = (): boolean => session.app.getState().connection === 'connected';
  return {
    addFiles: () => isReady() && void actions.addFiles(),
    addFolder: () => isReady() && void actions.addFolder(),
    start: () => isReady() && void actions.start(),
    filter: () => document.querySelector<HTMLInputElement>('input[type=search]')?.focus(),
    export: () => press('[data-command=export]:not(:disabled)'),
    settings: () => isReady() && session.app.setState({ dialog: 'settings' }),
    diagnostics: () => session.openDiagnostics(!session.app.getState().diagnosticsOpen),
    help: () => session.app.setState({ dialog: 'shortcuts' }),
  };
}

export function useShortcuts(): void {
  const app = useApp();
  useEffect(() => {
    const byName = commands(app);
    const pressed = (event: KeyboardEvent): void => {
      const name = shortcutOf(event);
      if (name === undefined || event.repeat || app.session.app.getState().dialog !== null) return;
      event.preventDefault();
      byName[name]();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [app]);
}
