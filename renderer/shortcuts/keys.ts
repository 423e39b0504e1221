/** Which keys the commands have, as they are pressed and as they are shown. */
import { type CommandName, commandNames, type Shortcut, shortcutOf } from '#shared/commands/commands.ts';

const isMac = /mac/i.test(navigator.platform);

/** Commands that have a key, with it. */
export const shortcuts: readonly (readonly [CommandName, Shortcut])[] = commandNames.flatMap((name) => {
  const shortcut = shortcutOf(name);
  return shortcut === null ? [] : [[name, shortcut] as const];
});

/** Such as `Ctrl+Shift+O`, or `⇧⌘O` on a Mac. */
export function keyLabel({ key, shift = false }: Shortcut): string {
  const shown = key.length === 1 ? key.toUpperCase() : key;
  if (isMac) return `${shift ? '⇧' : ''}⌘${key === 'Enter' ? '↩' : shown}`;
  return `Ctrl+${shift ? 'Shift+' : ''}${shown}`;
}

/** The command whose key was pressed, if any. */
export function commandOf(event: KeyboardEvent): CommandName | undefined {
  if (event.altKey || !(isMac ? event.metaKey : event.ctrlKey)) return undefined;
  return shortcuts.find(
    ([, { key, shift = false }]) => key.toLowerCase() === event.key.toLowerCase() && shift === event.shiftKey,
  )?.[0];
}
