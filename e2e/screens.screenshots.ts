/**
 * The README's pictures: every screen in both themes, of the real product at work on real files.
 * `npm run screenshots` writes them to docs/screenshots.
 */
import { execFileSync } from 'node:child_process';
import { statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
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

const verdict = (hashlane: Hashlane) => hashlane.page.getByRole('region', { name: 'Verdict' }).getByRole('heading');

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the other tasks in the ${colorScheme} theme`, async ({ hashlane, files }) => {
    const { page } = hashlane;
    const shoot = (name: string) => page.screenshot({ path: path.join(folder, `${name}-${colorScheme}.png`) });
    await page.setViewportSize({ width: 1200, height: 760 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });

    const names = Array.from({ length: 40 }, (_, n) => `MASTER-${String(n + 1).padStart(3, '0')}.tif`);
    for (const name of names) files.write(`masters/${name}`);
    const lines = names.map((name) => `${files.digest(`masters/${name}`)}  ${name}\n`);
    const list = files.write('masters/SHA256SUMS', `${lines.join('')}${'5e'.repeat(32)}  MASTER-041.tif\n`);
    writeFileSync(files.path('masters/MASTER-007.tif'), 'not what it was');
    if (hashlane.host.kind === 'electron') await hashlane.drop([list]);
    else await hashlane.host.addFolder(list);
    await hashlane.button('Verify').click();
    await expect(verdict(hashlane)).toContainText('Does not match');
    await hashlane.hasRows(41);
    await shoot('verify');

    for (const side of ['working copy', 'backup']) {
      for (const name of names.slice(0, 12)) files.write(`${side}/films/${name}`, name);
      files.write(`${side}/notes/list.txt`, side.padEnd(20));
    }
    files.write('working copy/notes/new.txt');
    await hashlane.host.addFolder(files.path('working copy'));
    await hashlane.host.addFolder(files.path('backup'));
    await hashlane.button('Compare').click();
    await expect(verdict(hashlane)).toContainText('Different');
    await expect(page.getByRole('treegrid', { name: 'Results' })).toContainText('notes');
    await shoot('compare');

    await hashlane.host.addFolder(files.path('masters'));
    await hashlane.button('Guard this folder').click();
    await expect(verdict(hashlane)).toContainText('no damage');
    const { atime, mtime } = statSync(files.path('masters/MASTER-012.tif'));
    writeFileSync(files.path('masters/MASTER-012.tif'), 'rotten');
    utimesSync(files.path('masters/MASTER-012.tif'), atime, mtime);
    await hashlane.button('Guard').click();
    await page.getByRole('list', { name: 'Folders on record' }).getByRole('button', { name: 'Check now' }).click();
    await expect(verdict(hashlane)).toContainText('Not as on record');
    await expect(hashlane.grid).toContainText('MASTER-012.tif');
    await shoot('guard');
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
