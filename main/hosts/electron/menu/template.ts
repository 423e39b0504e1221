/**
 * What stands in the menu, on which system. Roles wherever there is one: without an Edit menu copying
 * by keyboard fails on macOS. Commands go to the page, which knows what they mean and handles their
 * keys itself; a key that it took never reaches the menu.
 */
import type { MenuItemConstructorOptions } from 'electron';
import { type CommandName, shortcutOf } from '#shared/commands/commands.ts';

export interface MenuActions {
  command(name: CommandName): void;
  openRecent(path: string): void;
  clearRecent(): void;
  reload(): void;
  revealLogs(): void;
  checkForUpdates(): void;
}

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  /** Developer tools are for checkouts. */
  readonly isPackaged: boolean;
  readonly recent: readonly string[];
  readonly actions: MenuActions;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

export const commandItemId = (name: CommandName): string => `command:${name}`;

/** Such as `CmdOrCtrl+Shift+O`. */
function accelerator(name: CommandName): string | undefined {
  const shortcut = shortcutOf(name);
  if (shortcut === null) return undefined;
  const key = shortcut.key.length === 1 ? shortcut.key.toUpperCase() : shortcut.key;
  return `CmdOrCtrl+${shortcut.shift ? 'Shift+' : ''}${key}`;
}

export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { platform, isPackaged, actions } = options;
  const isMac = platform === 'darwin';
  const command = (name: CommandName, label: string): MenuItemConstructorOptions => {
    const key = accelerator(name);
    return {
      id: commandItemId(name),
      label,
      // Until the page has told what it can do.
      enabled: false,
      click: () => actions.command(name),
      ...(key === undefined ? {} : { accelerator: key }),
    };
  };
  const update = { label: 'Check for &Updates…', click: actions.checkForUpdates };
  const settings = command('settings', '&Settings…');
  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      update,
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  return [
    ...(isMac ? [appMenu] : []),
    {
      label: '&File',
      submenu: [
        command('addFiles', '&Add Files…'),
        command('addFolder', 'Add Fo&lder…'),
        { label: 'Open &Recent', submenu: recentItems(options) },
        separator,
        command('export', '&Export…'),
        separator,
        ...(isMac ? [] : [settings, separator]),
        { role: 'close' },
        ...(isMac ? [] : [{ role: 'quit' as const }]),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        command('filter', '&Filter Results'),
        command('jobs', '&Jobs'),
        command('diagnostics', '&Diagnostics'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        // The role would load the page of a crash again, not ours.
        { label: '&Reload Window', accelerator: 'CmdOrCtrl+R', click: actions.reload },
        ...(isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
      ],
    },
    {
      label: '&Job',
      submenu: [
        command('start', '&Start'),
        command('pause', '&Pause'),
        command('resume', '&Resume'),
        separator,
        command('cancel', '&Cancel'),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        command('guide', '&How Hashlane Works'),
        command('shortcuts', '&Keyboard Shortcuts'),
        separator,
        { label: 'Reveal &Logs', click: actions.revealLogs },
        command('copyDiagnostics', '&Copy Diagnostics'),
        ...(isMac ? [] : [separator, update, { role: 'about' as const }]),
      ],
    },
  ];
}

function recentItems({ recent, actions }: MenuOptions): MenuItemConstructorOptions[] {
  const items = recent.map((path) => ({ label: menuText(path), click: () => actions.openRecent(path) }));
  return [
    ...items,
    ...(items.length > 0 ? [separator] : []),
    { id: 'clear-recent', label: '&Clear Menu', enabled: items.length > 0, click: actions.clearRecent },
  ];
}

const longest = 80;

/** A path as the menu can show it: a lone ampersand would mark a key, and control characters break lines. */
function menuText(path: string): string {
  const visible = path.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd').replaceAll('&', '&&');
  return visible.length <= longest ? visible : `…${visible.slice(1 - longest)}`;
}
