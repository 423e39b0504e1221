import { expect, test } from './world/test.ts';

test('Diagnostics shows the engine at work, live', async ({ hashlane, files }) => {
  await hashlane.button('Diagnostics').click();
  const panel = hashlane.page.getByRole('region', { name: 'Diagnostics' });
  const pools = panel.getByRole('table', { name: 'Buffer pools' });
  await expect(pools.getByRole('row')).not.toHaveCount(0);
  const idle = await pools.textContent();

  files.sparse('huge/image.raw', 2 ** 42);
  await hashlane.host.addFolder(files.path('huge'));
  await hashlane.start();
  await expect(panel.getByText('image.raw').first()).toBeVisible();
  await expect.poll(() => pools.textContent()).not.toBe(idle);

  await hashlane.button('Cancel').click();
  await hashlane.finished(5_000);
  await expect(panel.getByText('image.raw')).toHaveCount(0);
});

test('Diagnostics names the kernels and the threads', async ({ hashlane }) => {
  await hashlane.button('Diagnostics').click();
  const panel = hashlane.page.getByRole('region', { name: 'Diagnostics' });
  await expect(panel.getByText(/OpenSSL/).first()).toBeVisible();
  await expect(panel.getByText(/idle/i).first()).toBeVisible();
});
