import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Hashlane } from './world/hashlane.ts';
import { expect, test } from './world/test.ts';

/** Pastes anywhere in the window, as the keyboard does. */
async function paste({ page }: Hashlane, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('ControlOrMeta+v');
}

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

test('a pasted digest is compared with the one file, by whatever algorithm it is', async ({ hashlane, files }) => {
  const { page } = hashlane;
  files.write('set/image.iso', 'an image');
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.hash();
  const compared = page.getByRole('status', { name: 'Comparison' });
  await expect(compared).toBeEmpty();

  await hashlane.grid.focus();
  await paste(hashlane, files.digest('set/image.iso').toUpperCase());
  await expect(compared).toContainText('Match: SHA-256');

  await paste(
    hashlane,
    files.digest('set/image.iso').replace(/^./, (first) => (first === '0' ? '1' : '0')),
  );
  await expect(compared).toContainText('Does not match: SHA-256');
  await expect(compared.locator('mark')).toHaveCount(2);

  await paste(hashlane, `${sha1('an image')}  image.iso`);
  await expect(compared, 'it was computed for the comparison').toContainText('Match: SHA-1');
  await expect(compared).toContainText('detects accidents, not attackers');
  await expect(page.getByRole('region', { name: 'Digests' })).toContainText('SHA-1');

  await paste(hashlane, sha1('another image'));
  await expect(compared).toContainText('Does not match: SHA-1');

  await paste(hashlane, 'not a digest');
  await expect(compared).toContainText('no digest');
  await page.getByRole('button', { name: 'Compare with nothing' }).click();
  await expect(compared).toBeEmpty();
});

test('a digest that was pasted before there were results is compared when they come', async ({ hashlane, files }) => {
  files.write('set/image.iso', 'an image');
  // A window that was just opened has the focus only after this.
  await hashlane.page.getByRole('region', { name: 'Drop files or folders here' }).click();
  await paste(hashlane, files.digest('set/image.iso'));
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.hash();
  await expect(hashlane.page.getByRole('status', { name: 'Comparison' })).toContainText('Match: SHA-256');
});

test('a pasted digest finds its file among many', async ({ hashlane, files }) => {
  const { page } = hashlane;
  for (let number = 1; number <= 60; number++) files.write(`set/file ${number}.bin`, `content ${number}`);
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.hash();
  await hashlane.grid.focus();
  await paste(hashlane, files.digest('set/file 57.bin'));
  const compared = page.getByRole('status', { name: 'Comparison' });
  await expect(compared).toContainText('Match: SHA-256');
  await expect(compared).toContainText('file 57.bin');
  await expect(hashlane.row('file 57.bin'), 'it is scrolled to').toHaveAttribute('aria-selected', 'true');

  await hashlane.grid.focus();
  await paste(hashlane, sha1('content 33'));
  await expect(compared).toContainText('No file here has this digest.');
  await compared.getByRole('button', { name: /^Compute .* for 60 files$/ }).click();
  await expect(compared).toContainText('Match: SHA-1');
  await expect(compared).toContainText('file 33.bin');
});

async function dropOnField(page: Page, file: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Paste a digest or drop a checksum file' });
  const box = (await field.boundingBox())!;
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: box.x + 40, y: box.y + 10, data });
  }
  await session.detach();
}

test('any other file dropped on the field is added', async ({ hashlane, files }) => {
  const { page } = hashlane;
  files.write('set/image.iso', 'an image');
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.hash();
  await dropOnField(page, files.write('notes.txt', 'odd'));
  await expect(page.getByRole('region', { name: 'Ready to hash' })).toContainText('notes.txt');
});

test('a checksum file dropped on the field is compared with, not added', async ({ hashlane, files }) => {
  const { page } = hashlane;
  files.write('set/image.iso', 'an image');
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.hash();
  const list = files.write('SHA256SUMS', `${'0'.repeat(64)}  other.iso\n${files.digest('set/image.iso')}  image.iso\n`);
  await dropOnField(page, list);
  await expect(page.getByRole('status', { name: 'Comparison' })).toContainText('Match: SHA-256');
  await expect(page.getByRole('region', { name: 'Ready to hash' })).toBeHidden();
});

test('the checksum that a name carries is compared with the file', async ({ hashlane, files }) => {
  const { page } = hashlane;
  files.write('set/Show - 01 [E8B7BE43].mkv', 'a');
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.hash();
  await expect(page.getByText('The name says CRC-32 E8B7BE43.')).toBeVisible();
  await hashlane.button('Compare with it').click();
  const compared = page.getByRole('status', { name: 'Comparison' });
  await expect(compared).toContainText('Match: CRC-32');
  await expect(compared).toContainText('detects accidents, not attackers');
});

test('a pasted checksum list is compared with all files', async ({ hashlane, files }) => {
  for (const name of ['a', 'b', 'c']) files.write(`set/${name}.txt`);
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.hash();
  const line = (name: string, digest = files.digest(`set/${name}.txt`)): string => `${digest}  ${name}.txt\n`;
  await hashlane.grid.focus();
  await paste(hashlane, line('a') + line('b') + line('c'));
  const compared = hashlane.page.getByRole('status', { name: 'Comparison' });
  await expect(compared).toContainText('3 of 3 entries of the list match');
  await hashlane.grid.focus();
  await paste(hashlane, line('a') + line('b', '0'.repeat(64)) + line('d', '1'.repeat(64)));
  await expect(compared).toContainText('1 of 3 entries of the list match');
  await expect(compared).toContainText('1 file differs · 1 is not here');
  await hashlane.button('Select what differs').click();
  await expect(hashlane.row('b.txt')).toHaveAttribute('aria-selected', 'true');
});
