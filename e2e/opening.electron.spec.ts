/** Checksum files opened from the system's file manager, which starts Hashlane once more for each. */
import type { ElectronHost } from './world/electron-host.ts';
import { expect, test } from './world/test.ts';

const offerOf = (page: ElectronHost['page']) => page.getByRole('region', { name: 'What can be done' });

test('a checksum file that is opened is offered for verification, also where files start by themselves', async ({
  hashlane,
  host,
  files,
}) => {
  await hashlane.button('Settings').click();
  await hashlane.page.getByRole('checkbox', { name: /Start as soon as/ }).click();
  await hashlane.page.keyboard.press('Escape');
  files.write('a.iso');
  const list = files.write('a.iso.sha256', `${files.digest('a.iso')}\n`);
  await (host as ElectronHost).startAgain([list]);
  await expect(offerOf(hashlane.page)).toContainText('a.iso.sha256 is a checksum file');
  await hashlane.button('Verify').click();
  await expect(hashlane.page.getByRole('heading', { name: 'The file matches' })).toBeVisible();

  // A plain file that is opened is hashed, in a list of its own.
  await (host as ElectronHost).startAgain([files.write('b.iso')]);
  await hashlane.hasRows(1);
  expect(await hashlane.digestOf('b.iso')).toBe(files.digest('b.iso'));
});

test('two checksum files that are opened together are verified together', async ({ hashlane, host, files }) => {
  for (const name of ['a.iso', 'b.iso']) {
    files.write(name);
    files.write(`${name}.md5`, `${files.digest(name, 'md5')}  ${name}\n`);
  }
  const lists = ['a.iso.md5', 'b.iso.md5'].map((name) => files.path(name));
  await Promise.all(lists.map((list) => (host as ElectronHost).startAgain([list])));
  await expect(offerOf(hashlane.page)).toContainText('2 checksum files');
  await expect(offerOf(hashlane.page)).toContainText('MD5 detects accidents, not attackers.');
  await hashlane.button('Verify').click();
  await expect(hashlane.page.getByRole('heading', { name: 'All 2 files match' })).toBeVisible();
});
