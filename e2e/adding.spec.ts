import { expect, test } from './world/test.ts';

test('Add files hashes the chosen files', async ({ hashlane, files }) => {
  await hashlane.host.addFiles([files.write('x.iso'), files.write('y.iso')]);
  await hashlane.hash();
  expect(await hashlane.digestOf('x.iso')).toBe(files.digest('x.iso'));
  expect(await hashlane.digestOf('y.iso')).toBe(files.digest('y.iso'));
});

test('Add folder scans the folder', async ({ hashlane, files }) => {
  files.write('folder/a.txt');
  files.write('folder/.hidden/b.txt');
  await hashlane.host.addFolder(files.path('folder'));
  await hashlane.hash();
  await hashlane.hasRows(2);
  await expect(hashlane.page.getByText(/2 files/).first()).toBeVisible();
});

test('20,000 files in a folder are right, every one', async ({ hashlane, files }) => {
  test.setTimeout(180_000);
  const count = 20_000;
  for (let index = 0; index < count; index++) {
    files.write(`many/${index % 100}/file-${index}.txt`, index % 50 === 0 ? '' : `number ${index}`);
  }
  await hashlane.host.addFolder(files.path('many'));
  await hashlane.start();
  await hashlane.finished(90_000);
  await hashlane.hasRows(count);
  const lines = (await hashlane.export(/gnu/i)).toString('utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(count);
  const wrong = lines.filter((line) => {
    const [, digest, name] = /^([0-9a-f]{64}) [ *](.*)$/.exec(line) ?? [];
    return digest !== files.digest(name!.slice(name!.indexOf('many/')));
  });
  expect(wrong).toEqual([]);
});

test('what was added can be taken back before Start', async ({ hashlane, files }) => {
  await hashlane.drop([files.write('keep.txt'), files.write('drop.txt')]);
  await hashlane.page.getByRole('button', { name: /Remove.*drop\.txt/ }).click();
  await hashlane.hash();
  await expect.poll(() => hashlane.visibleNames()).toEqual(['keep.txt']);
});

test('Start has nothing to do until something was added', async ({ hashlane, files }) => {
  await expect(hashlane.button('Start')).toBeDisabled();
  await hashlane.drop([files.write('a.txt')]);
  await expect(hashlane.button('Start')).toBeEnabled();
});
