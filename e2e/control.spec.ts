import { expect, test } from './world/test.ts';

/** Hours of work for any engine, and no room on the disk. */
const hugeBytes = 4 * 2 ** 40;

test.beforeEach(async ({ hashlane, files }) => {
  files.sparse('huge/image.raw', hugeBytes);
  await hashlane.host.addFolder(files.path('huge'));
  await hashlane.start();
  await expect(hashlane.button('Pause')).toBeVisible();
});

test('Pause inside a huge file answers at once, and Resume goes on', async ({ hashlane }) => {
  const clicked = performance.now();
  await hashlane.button('Pause').click();
  await expect(hashlane.button('Resume')).toBeVisible({ timeout: 2_000 });
  expect(performance.now() - clicked).toBeLessThan(2_000);
  await hashlane.button('Resume').click();
  await expect(hashlane.button('Pause')).toBeVisible({ timeout: 2_000 });
  await hashlane.button('Cancel').click();
  await hashlane.finished(5_000);
});

test('Cancel inside a huge file answers at once and says so in the row', async ({ hashlane }) => {
  await hashlane.button('Cancel').click();
  await hashlane.finished(3_000);
  expect(await hashlane.statusOf('image.raw')).toContain('Cancelled');
});

test('a paused job can be cancelled', async ({ hashlane }) => {
  await hashlane.button('Pause').click();
  await hashlane.button('Resume').waitFor();
  await hashlane.button('Cancel').click();
  await hashlane.finished(3_000);
  expect(await hashlane.statusOf('image.raw')).toContain('Cancelled');
});

test('progress is told while it runs', async ({ hashlane }) => {
  await expect(hashlane.progress).toBeVisible();
  await expect(hashlane.page.getByText(/[\d.]+ [MG]B\/s/).first()).toBeVisible();
  await expect(hashlane.page.getByText('image.raw').first()).toBeVisible();
  await hashlane.button('Cancel').click();
  await hashlane.finished(5_000);
});

test('leaving in the middle of a job does not hang', async ({ hashlane }) => {
  const started = performance.now();
  await hashlane.host.close();
  expect(performance.now() - started).toBeLessThan(10_000);
});
