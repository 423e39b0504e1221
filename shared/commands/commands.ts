/**
 * What a person can ask the window to do by a key or by the menu: one table for the page, which does
 * it on every host, and for Electron's menu, which only passes it on.
 */

export interface Shortcut {
  /** As `KeyboardEvent.key` names it. With Ctrl, or Cmd on a Mac. */
  readonly key: string;
  readonly shift?: boolean;
}

/** null: in the menu only. */
export const commands = {
  addFiles: { key: 'o' },
  addFolder: { key: 'o', shift: true },
  export: { key: 'e' },
  start: { key: 'Enter' },
  pause: { key: 'p' },
  resume: { key: 'p', shift: true },
  cancel: { key: '.' },
  filter: { key: 'f' },
  settings: { key: ',' },
  jobs: { key: 'b' },
  diagnostics: { key: 'd', shift: true },
  copyDiagnostics: null,
  guide: null,
  shortcuts: { key: '/' },
} as const satisfies Record<string, Shortcut | null>;

export type CommandName = keyof typeof commands;

export const commandNames = Object.keys(commands) as CommandName[];

export function shortcutOf(name: CommandName): Shortcut | null {
  return commands[name];
}
