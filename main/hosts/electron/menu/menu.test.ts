import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { commandNames } from '#shared/commands/commands.ts';
import { RecentItems, type SystemRecents } from './recent-items.ts';
import { commandItemId, type MenuActions, menuTemplate } from './template.ts';

const actions = (): MenuActions => ({
  command: vi.fn(),
  openRecent: vi.fn(),
  clearRecent: vi.fn(),
  reload: vi.fn(),
  revealLogs: vi.fn(),
  checkForUpdates: vi.fn(),
});

type Items = readonly MenuItemConstructorOptions[];
const within = (item: MenuItemConstructorOptions): Items => (Array.isArray(item.submenu) ? item.submenu : []);
const all = (items: Items): Items => items.flatMap((item) => [item, ...all(within(item))]);

describe.each(['linux', 'win32', 'darwin'] as const)('the menu on %s', (platform) => {
  const template = menuTemplate({ platform, isPackaged: true, recent: [], actions: actions() });
  const items = all(template);

  test('has every command once, none to choose until the page has told', () => {
    for (const name of commandNames) {
      const found = items.filter(({ id }) => id === commandItemId(name));
      expect(found, name).toHaveLength(1);
      expect(found[0]?.enabled, name).toBe(false);
    }
  });

  test('has the roles that keyboards need, a way out and a word about itself', () => {
    const roles = items.map(({ role }) => role).filter(Boolean);
    expect(roles).toEqual(expect.arrayContaining(['editMenu', 'windowMenu', 'help', 'close', 'quit', 'about']));
    expect(roles.filter((role) => role === 'quit')).toHaveLength(1);
    expect(roles.filter((role) => role === 'about')).toHaveLength(1);
    expect(roles[0] === 'appMenu').toBe(platform === 'darwin');
  });

  test('gives no key to two items', () => {
    const keys = items.flatMap(({ accelerator }) => (accelerator ? [String(accelerator)] : []));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(
      expect.arrayContaining(['CmdOrCtrl+O', 'CmdOrCtrl+Shift+O', 'CmdOrCtrl+Enter', 'CmdOrCtrl+P']),
    );
  });

  test('offers developer tools in a checkout alone', () => {
    expect(items.some(({ role }) => role === 'toggleDevTools')).toBe(false);
    const checkout = all(menuTemplate({ platform, isPackaged: false, recent: [], actions: actions() }));
    expect(checkout.some(({ role }) => role === 'toggleDevTools')).toBe(true);
  });
});

test('recent items stand in the menu as they are called, however odd', () => {
  const given = actions();
  const recent = ['/a/Tom & Jerry', '/b/two\nlines\u202e', `/${'long/'.repeat(40)}end`];
  const items = all(menuTemplate({ platform: 'linux', isPackaged: true, recent, actions: given }));
  const file = items.find(({ label }) => label === 'Open &Recent')!;
  const [first, second, third] = within(file) as [
    MenuItemConstructorOptions,
    MenuItemConstructorOptions,
    MenuItemConstructorOptions,
  ];
  expect(first.label).toBe('/a/Tom && Jerry');
  expect(second.label).toBe('/b/two\ufffdlines\ufffd');
  expect(third.label).toMatch(/^….{75,}end$/);
  expect(third.label!.length).toBeLessThanOrEqual(80);
  (second.click as () => void)();
  expect(given.openRecent).toHaveBeenCalledWith(recent[1]);
});

describe('recent items', () => {
  function recents(system: SystemRecents = {}, file?: string) {
    const folder = mkdtempSync(path.join(tmpdir(), 'hashlane-recent-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const at = file ?? path.join(folder, 'recent.json');
    const options = { file: at, system, changed: vi.fn(), failed: vi.fn() };
    return { at, options, items: new RecentItems(options) };
  }

  test('are the newest ten, each once, and are there at the next start', () => {
    const { at, items, options } = recents();
    items.add(['/a', '/b']);
    items.add(['/c', '/a']);
    expect(items.paths).toEqual(['/c', '/a', '/b']);
    items.add(Array.from({ length: 50 }, (_, number) => `/many/${number}`));
    expect(items.paths).toEqual(Array.from({ length: 10 }, (_, number) => `/many/${number}`));
    expect(recents({}, at).items.paths).toEqual(items.paths);
    expect(options.changed).toHaveBeenCalledTimes(3);
    if (process.platform !== 'win32') expect(statSync(at).mode & 0o077, 'names are private').toBe(0);
  });

  test('are told to a system that keeps such a list, and cleared there too', () => {
    const system = { addRecentDocument: vi.fn(), clearRecentDocuments: vi.fn() };
    const { at, items } = recents(system);
    items.add(['/a', '/b']);
    expect(system.addRecentDocument.mock.calls).toEqual([['/a'], ['/b']]);
    items.clear();
    expect(system.clearRecentDocuments).toHaveBeenCalledOnce();
    expect(() => readFileSync(at)).toThrow('ENOENT');
    expect(items.paths).toEqual([]);
  });

  test('begin anew when their file is damaged, and survive a disk that takes nothing', () => {
    const { at } = recents();
    for (const damage of ['{', '{"a":1}', '[1]', '[""]']) {
      writeFileSync(at, damage);
      expect(recents({}, at).items.paths).toEqual([]);
    }
    const { items, options } = recents({}, '/nowhere/at/all.json');
    items.add(['/a']);
    expect(items.paths).toEqual(['/a']);
    expect(options.failed).toHaveBeenCalledOnce();
  });
});
