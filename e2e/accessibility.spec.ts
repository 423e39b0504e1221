import { AxeBuilder } from '@axe-core/playwright';
import type { Hashlane } from './world/hashlane.ts';
import { expect, test } from './world/test.ts';

async function complaints(hashlane: Hashlane): Promise<string[]> {
  // Legacy mode: the usual one opens a page of its own for frames, which Electron cannot.
  const { violations } = await new AxeBuilder({ page: hashlane.page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing to complain about in the ${colorScheme} theme`, async ({ hashlane, files }) => {
    await hashlane.page.emulateMedia({ colorScheme });
    expect(await complaints(hashlane)).toEqual([]);

    files.write('set/fine.txt');
    files.sparse('set/huge.raw', 2 ** 41);
    await hashlane.host.addFolder(files.path('set'));
    expect(await complaints(hashlane)).toEqual([]);

    await hashlane.start();
    await hashlane.button('Diagnostics').click();
    await hashlane.row('fine.txt').waitFor();
    expect(await complaints(hashlane)).toEqual([]);

    await hashlane.button('Cancel').click();
    await hashlane.finished(5_000);
    expect(await complaints(hashlane)).toEqual([]);
  });
}
