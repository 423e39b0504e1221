/** What desktops ask of an installed program, by its menu entry, by association, and in how it is packed. */
import { pathToFileURL } from 'node:url';
import type { ElectronHost } from './world/electron-host.ts';
import { expect, test } from './world/test.ts';

test('the entry "Hash files…" of a desktop\'s menu opens the dialog of "Add files"', async ({ hashlane, files }) => {
  const host = hashlane.host as ElectronHost;
  await host.answerOpenDialog([files.write('chosen.iso')]);
  await host.startAgain([], ['--add-files']);
  await expect(
    hashlane.page.getByRole('region', { name: 'Ready to hash' }).getByText('chosen.iso', { exact: true }),
  ).toBeVisible();
});

test('a file that a desktop names by its URL is hashed', async ({ hashlane, files }) => {
  const name = '100% ä b.iso';
  await (hashlane.host as ElectronHost).startAgain([pathToFileURL(files.write(name)).href]);
  await expect(
    hashlane.page.getByRole('region', { name: 'Ready to hash' }).getByText(name, { exact: true }),
  ).toBeVisible();
  await hashlane.hash();
  expect(await hashlane.digestOf(name)).toBe(files.digest(name));
});

test('the app is the packaged one exactly when it should be', async ({ hashlane }) => {
  const { app } = hashlane.host as ElectronHost;
  const found = await app.evaluate(({ app }) => ({ packaged: app.isPackaged, path: app.getAppPath() }));
  expect(found.packaged).toBe(process.env.HASHLANE_PACKAGED_APP !== undefined);
  expect(found.path.endsWith('app.asar')).toBe(found.packaged);
});
