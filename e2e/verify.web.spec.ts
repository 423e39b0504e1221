import { expect, test } from './world/test.ts';

test('a checksum file from the browser says why it cannot be verified there', async ({ hashlane, files }) => {
  files.write('a.iso');
  await hashlane.drop([files.write('SHA256SUMS', `${files.digest('a.iso')}  a.iso\n`)]);
  await expect(hashlane.button('Verify')).toBeDisabled();
  await expect(hashlane.page.getByText(/not within reach/)).toBeVisible();
  // It is a file like any other.
  await hashlane.hash();
  expect(await hashlane.digestOf('SHA256SUMS')).toBe(files.digest('SHA256SUMS'));
});
