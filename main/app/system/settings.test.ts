import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { defaultSettings } from '#shared/contract/models.ts';
import { temporaryFolder, World } from '../testing/world.ts';
import { readSettings, SettingsStore } from './settings.ts';

const inFolder = (text?: string): string => {
  const folder = temporaryFolder();
  if (text !== undefined) writeFileSync(path.join(folder, 'settings.json'), text);
  return folder;
};

test('without a file the defaults hold', () => {
  expect(readSettings(inFolder())).toEqual(defaultSettings);
  expect(readSettings('/nowhere/at/all')).toEqual(defaultSettings);
});

test('what is set is on the disk, private, whole, and there again at the next start', async () => {
  const world = new World();
  const set = await world.client().settings.set({ algorithms: ['ed2k', 'md5'], threads: 3 });
  expect(set).toEqual({ ...defaultSettings, algorithms: ['ed2k', 'md5'], threads: 3 });
  expect(await world.client().settings.get()).toEqual(set);
  const file = path.join(world.dataFolder, 'settings.json');
  expect(readSettings(world.dataFolder)).toEqual(set);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(world.dataFolder).sort()).toEqual(['jobs', 'settings.json']);
});

test('changes made at the same time all hold', async () => {
  const folder = inFolder();
  const store = new SettingsStore(folder, () => undefined);
  await Promise.all([store.set({ theme: 'dark' }), store.set({ threads: 2 }), store.set({ startOnAdd: true })]);
  expect(readSettings(folder)).toMatchObject({ theme: 'dark', threads: 2, startOnAdd: true });
});

test.each(['', '{"theme":', '[]', 'null', '{"theme":"purple"}', '{"memoryLimitMiB":1}', '\0\0\0\0'])(
  'a damaged file (%j) is kept aside and the defaults hold',
  (text) => {
    const folder = inFolder(text);
    expect(readSettings(folder)).toEqual(defaultSettings);
    expect(readFileSync(path.join(folder, 'settings.damaged.json'), 'utf8')).toBe(text);
    expect(readdirSync(folder)).toEqual(['settings.damaged.json']);
  },
);

test('a file of an older version, which knows fewer settings, is no damage', () => {
  expect(readSettings(inFolder('{"theme":"dark"}'))).toEqual({ ...defaultSettings, theme: 'dark' });
});

test('settings that cannot be saved are told and stay as they were', async () => {
  const world = new World();
  const set = await world.client().settings.set({ theme: 'dark' });
  renameSync(world.dataFolder, `${world.dataFolder}-moved`);
  await expect(world.client().settings.set({ theme: 'light' })).rejects.toMatchObject({
    code: 'UNWRITABLE',
    data: { detail: 'ENOENT' },
  });
  expect(await world.client().settings.get()).toEqual(set);
});

test('values out of range are refused by the contract', async () => {
  const { settings } = new World().client();
  await expect(settings.set({ threads: 0 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(settings.set({ threads: 65 })).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' });
  expect(await settings.get()).toEqual(defaultSettings);
});

test('a walk option that an older version did not know is the default, and the others stay', () => {
  const folder = temporaryFolder();
  const { maxDepth: _, ...older } = { ...defaultSettings.walk, hidden: false };
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ ...defaultSettings, walk: older }));
  expect(readSettings(folder)).toEqual({ ...defaultSettings, walk: { ...defaultSettings.walk, hidden: false } });
});
