/** The window's keys: one table for what they do and for what the help shows. */

export interface Shortcut {
  readonly key: string;
  readonly shift?: boolean;
}

/** All with Ctrl, or Cmd on a Mac. */
export const shortcuts = {
  addFiles: { key: 'o' },
  addFolder: { key: 'o', shift: true },
  start: { key: 'Enter' },
  filter: { key: 'f' },
  export: { key: 'e' },
  settings: { key: ',' },
  diagnostics: { key: 'd', shift: true },
  help: { key: '/' },
} as const satisfies Record<string, Shortcut>;

export type ShortcutName = keyof typeof shortcuts;

export const shortcutNames = Object.keys(shortcuts) as ShortcutName[];

const isMac = /mac/i.test(navigator.platform);

/** Such as `Ctrl+Shift+O`, or `⇧⌘O` on a Mac. */
export function keyLabel(name: ShortcutName): string {
  const { key, shift }: Shortcut = shortcuts[name];
  const shown = key.length === 1 ? key.toUpperCase() : key;
  if (isMac) return `${shift ? '⇧' : ''}⌘${key === 'Enter' ? '↩' : shown}`;
  return `Ctrl+${shift ? 'Shift+' : ''}${shown}`;
}

/** The shortcut that was pressed, if any. */
export function shortcutOf(event: KeyboardEvent): ShortcutName | undefined {
  if (event.altKey || !(isMac ? event.metaKey : event.ctrlKey)) return undefined;
  return shortcutNames.find((name) => {
    const { key, shift = false }: Shortcut = shortcuts[name];
    return key.toLowerCase() === event.key.toLowerCase() && shift === event.shiftKey;
  });
}
