/**
 * The README's pictures: every screen in both themes, of the real product at work on real files.
 * `npm run screenshots` writes them to docs/screenshots.
 */
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from './world/files.ts';
import type { Hashlane } from './world/hashlane.ts';
import { expect, test } from './world/test.ts';

const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));

/** An archive such as people have, and a few things that go wrong in one. */
function archive(files: Files): string {
  const kinds = [
    ['Photographs/1998 Porto', 'tif', 180_000],
    ['Photographs/2004 Winter', 'tif', 240_000],
    ['Letters', 'pdf', 60_000],
    ['Field recordings', 'flac', 900_000],
  ] as const;
  for (const [where, ending, size] of kinds) {
    for (let number = 1; number <= 60; number++) {
      const name = `archive/${where}/${where.slice(0, 3).toUpperCase()}-${String(number).padStart(4, '0')}.${ending}`;
      files.write(name, Buffer.alloc(size + ((number * 7919) % size), `${name}${number}`));
    }
  }
  files.write('archive/Letters/Ünterlagen für Éva.txt', 'x'.repeat(4321));
  files.write('archive/Letters/line\nbreak.txt', 'x');
  symlinkSync('../../elsewhere', files.path('archive/Letters/shared'));
  execFileSync('mkfifo', [files.path('archive/Field recordings/recorder.fifo')]);
  return files.path('archive');
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`screens in the ${colorScheme} theme`, async ({ hashlane, files }) => {
    const { page } = hashlane;
    const shoot = (name: string) => page.screenshot({ path: path.join(folder, `${name}-${colorScheme}.png`) });
    await page.setViewportSize({ width: 1200, height: 760 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await shoot('empty');

    await hashlane.chooseAlgorithms(['SHA-256', 'MD5']);
    await hashlane.host.addFolder(archive(files));
    await shoot('ready');

    await hashlane.hash();
    await shoot('finished');

    await page
      .getByRole('radio', { name: /Skipped/ })
      .or(page.getByRole('button', { name: /^Skipped/ }))
      .first()
      .click();
    await hashlane.row('recorder.fifo').click();
    await page.keyboard.press('Enter');
    await shoot('details');
    await page.keyboard.press('Escape');

    await hashlane.button('Algorithms').click();
    await expect(page.getByRole('checkbox', { name: 'BLAKE3', exact: true })).toBeVisible();
    await shoot('algorithms');
    await page.keyboard.press('Escape');

    await hashlane.button('Settings').click();
    await shoot('settings');
    await page.keyboard.press('Escape');

    await busy(hashlane, files);
    await shoot('diagnostics');
    await hashlane.button('Cancel').click();
  });
}

/** A job that is in the middle of something, watched in Diagnostics. */
async function busy(hashlane: Hashlane, files: Files): Promise<void> {
  files.sparse('disk.img', 2 ** 38);
  files.sparse('tape.img', 2 ** 37);
  await hashlane.host.addFolder(files.path(''));
  await hashlane.start();
  await hashlane.button('Diagnostics').click();
  await expect(hashlane.page.getByRole('region', { name: 'Diagnostics' })).toContainText('hashing');
  // Long enough for the chart to have something to show.
  await hashlane.page.waitForTimeout(8_000);
}
